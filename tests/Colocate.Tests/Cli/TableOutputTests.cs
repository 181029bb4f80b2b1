using Colocate.Cli;
using Colocate.Cli.Output;
using Record = Colocate.Cli.Output.Record;

namespace Colocate.Tests.Cli;

public sealed class TableOutputTests
{
    private static readonly Record[] s_rows =
    [
        new Record { { "run", "a-run-with-a-rather-long-name-that-nobody-needs-whole" }, { "cpu_fraction", 0.1234 }, { "events_per_s", 12345.678 }, { "reply_ms", null }, { "lossy", false } },
        new Record { { "run", "short" }, { "cpu_fraction", 1.0 }, { "events_per_s", 1.5 }, { "reply_ms", 2.25 }, { "lossy", true } },
    ];

    [Fact]
    public void Headers_name_units_and_fractions_are_per_cent()
    {
        (string[] lines, string talk) = Write(200);
        Assert.Equal(["run", "cpu", "[%]", "events", "[1/s]", "reply", "[ms]", "lossy"], Words(lines[0]));
        Assert.Equal(["short", "100.0", "1.5", "2.25", "true"], Words(lines[^1]));
        Assert.Equal("", talk);
    }

    [Theory]
    [InlineData(40, true, true)]
    [InlineData(61, true, true)]
    [InlineData(62, false, true)]
    [InlineData(101, false, true)]
    [InlineData(120, false, false)]
    public void A_table_fits_the_terminal_and_says_what_it_left_out(int width, bool leavesOut, bool cutsTexts)
    {
        (string[] lines, string talk) = Write(width);
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 1, width));
        Assert.Equal(cutsTexts, lines.Any(l => l.Contains('…', StringComparison.Ordinal)));
        bool isCut = !lines[0].Contains("lossy", StringComparison.Ordinal);
        Assert.Equal(isCut, talk.Contains("lossy", StringComparison.Ordinal));
        Assert.Equal(leavesOut, isCut);
        Assert.Contains(lines, l => l.Contains("12346", StringComparison.Ordinal) || !lines[0].Contains("events", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("net_kb_per_s", "net [KB/s]")]
    [InlineData("window_s", "window [s]")]
    [InlineData("cpu_us_per_execution", "cpu [us/execution]")]
    [InlineData("coverage", "coverage [%]")]
    [InlineData("runs", "runs")]
    [InlineData("status", "status")]
    public void Names_become_headers(string field, string header) => Assert.Equal(header, ColumnHeader.Of(field));

    private static (string[] Lines, string Talk) Write(int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        RecordWriter.Write(new Terminal { Out = output, Error = error, Width = width }, OutputFormat.Table, s_rows);
        return ([.. output.ToString().Split('\n').Where(l => l.Trim().Length > 0)], error.ToString());
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
