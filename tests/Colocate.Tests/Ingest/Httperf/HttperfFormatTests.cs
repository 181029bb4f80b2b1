using Colocate.Ingest.Httperf;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Httperf;

public sealed class HttperfFormatTests
{
    private const string Total = "Total: connections 10 requests 100 replies 90 test-duration 4.500 s\n";

    [Theory]
    [InlineData("--rate=10 --num-conns=100 --num-calls=1", 10.0)]
    [InlineData("--rate=10 --num-conns=100 --num-calls=30", 300.0)]
    [InlineData("--rate=10 --num-conns=100", 10.0)]
    [InlineData("--rate=1.5e+03 --num-calls=2", 3000.0)]
    [InlineData("--period=e0.02 --num-calls=1", 50.0)]
    [InlineData("--period=u0.1,0.3 --num-calls=1", 5.0)]
    [InlineData("--rate=2 --wsess=100,5,2.000", 10.0)]
    [InlineData("--rate=2 --wsesslog=100,2.000,log", null)]
    [InlineData("--period=v0.1,5,0.2,5 --num-calls=1", null)]
    [InlineData("--num-conns=100 --num-calls=1", null)]
    public void What_was_offered_follows_from_the_command(string options, double? offeredPerS) =>
        Assert.Equal(offeredPerS, Row($"httperf --client=0/1 --server=h {options}\n{Total}").OfferedPerS);

    [Fact]
    public void The_echo_counts_more_than_the_comment_above_it_and_the_log_more_than_the_manifest()
    {
        RunManifest run = Reading.Run();
        run = run with { Domains = [run.Domains[0], run.Domains[1] with { OfferedPerS = 99 }] };
        Assert.Equal(99, Row(Total, run).OfferedPerS);
        Assert.Equal(7, Row("# httperf --hog --rate 7 --num-calls 1\n" + Total, run).OfferedPerS);
        Assert.Equal(8, Row("# httperf --hog --rate 7 --num-calls 1\nhttperf --client=0/1 --rate=8 --num-calls=1\n" + Total, run).OfferedPerS);
    }

    [Fact]
    public void Throughput_is_replies_over_duration()
    {
        ClientResultRow row = Row(Total);
        Assert.Equal((10, 100, 90, 4.5, 20), (row.Connections, row.Requests, row.Replies, row.DurationS, row.ThroughputPerS));
        Assert.Equal(("vm1", "1KB", "httperf"), (row.Domain, row.Workload, row.Tool));
    }

    [Fact]
    public void No_time_means_no_throughput() =>
        Assert.Null(Row("Total: connections 1 requests 1 replies 1 test-duration 0.000 s\n").ThroughputPerS);

    [Theory]
    [InlineData("Total: connections 10 requests 100 replies nan test-duration 4.500 s\n")]
    [InlineData("Total: connections 10 requests 100 replies 90 test-duration inf s\n")]
    [InlineData("Total: connections 10 requests 100 replies 1e300 test-duration 4.5 s\n")]
    public void A_total_without_numbers_is_none(string total)
    {
        var reading = Reading.Of(new HttperfFormat(), total);
        Assert.Empty(reading.Rows.Of<ClientResultRow>());
        Assert.Equal(["HT-NOTOTAL"], reading.Codes);
        Assert.Equal(total.Length, reading.Context.Bytes.SetAside);
    }

    /// <summary>Reports are kept in YAML as quoted text, with the quote behind the last figure.</summary>
    [Fact]
    public void A_quote_behind_the_last_line_is_none_of_it()
    {
        string report = File.ReadAllText(Path.Combine(Repository.Root, "tests", "corpus", "good", "httperf", "overloaded-server-with-time-outs.txt")).TrimEnd();
        Reading quoted = Reading.Of(new HttperfFormat(), "- raw_output: ! 'httperf log\n\n" + report + "'\n");
        Assert.Equal(["HT-LINE"], quoted.Codes);
        Assert.Equal(Row(report + "\n"), Assert.Single(quoted.Rows.Of<ClientResultRow>()));
    }

    [Fact]
    public void Lines_are_found_in_any_order_and_indentation()
    {
        const string Status = "Reply status: 1xx=1 2xx=2 3xx=3 4xx=4 5xx=5\n";
        const string Size = "Reply size [B]: header 245.0 content 1024.0 footer 0.0 (total 1269.0)\n";
        ClientResultRow row = Row("  " + Size + Total + "\t" + Status);
        Assert.Equal(row, Row(Status + Total + Size));
        Assert.Equal((1, 2, 3, 4, 5, 245, 1024), (row.Status1xx, row.Status2xx, row.Status3xx, row.Status4xx, row.Status5xx, row.ReplyHeaderBytes, row.ReplyContentBytes));
    }

    [Theory]
    [InlineData("Errors: fd-unavail 1 addrunavail 2 ftab-full 3 other 4", 6L, 4L)]
    [InlineData("Errors: fd-unavail 1 addrunavail 2 ftab-full 3 other 40", null, null)]
    public void A_last_line_without_end_is_whole_when_the_errors_add_up(string last, long? clientBound, long? other)
    {
        ClientResultRow row = Row(Total + "Errors: total 20 client-timo 4 socket-timo 3 connrefused 2 connreset 1\n" + last);
        Assert.Equal((20, 4, 3, 2, 1), (row.Errors, row.ErrorsClientTimeout, row.ErrorsSocketTimeout, row.ErrorsRefused, row.ErrorsReset));
        Assert.Equal((clientBound, other), (row.ErrorsClientBound, row.ErrorsOther));
    }

    [Theory]
    [InlineData("--timeout=10 --rate=78 --num-calls=1", "connections 1716 requests 1566 replies 1549 test-duration 21.996", "")]
    [InlineData("--timeout=10 --rate=78 --num-calls=1", "connections 1716 requests 1566 replies 1549 test-duration 91.996", "HT-DURATION")]
    [InlineData("--timeout=60 --rate=78 --num-calls=1", "connections 1716 requests 1566 replies 1549 test-duration 91.996", "")]
    [InlineData("--rate=10 --num-calls=1", "connections 1000 requests 1000 replies 1000 test-duration 72.001", "")]
    [InlineData("--rate=10 --num-calls=1", "connections 1000 requests 1000 replies 1000 test-duration 71.999", "HT-DURATION")]
    [InlineData("--num-calls=1", "connections 1716 requests 1566 replies 1549 test-duration 91.996", "")]
    [InlineData("--rate=10 --wsess=100,5,2.000", "connections 100 requests 500 replies 500 test-duration 91.996", "")]
    [InlineData("--rate=10 --num-calls=3", "connections 100 requests 300 replies 300 test-duration 10.0", "")]
    [InlineData("--rate=10 --num-calls=3", "connections 100 requests 301 replies 300 test-duration 10.0", "HT-COUNTS")]
    [InlineData("--rate=10 --num-calls=3", "connections 100 requests 299 replies 300 test-duration 10.0", "HT-COUNTS")]
    [InlineData("--rate=10 --wsesslog=100,2.000,log", "connections 100 requests 9999 replies 9999 test-duration 10.0", "")]
    public void A_total_that_contradicts_itself_or_the_command_is_reported(string options, string total, string codes) =>
        Assert.Equal(codes, string.Join(' ', Reading.Of(new HttperfFormat(), $"httperf {options}\nTotal: {total} s\n").Codes.Where(c => c != "HT-PARTIAL")));

    private static ClientResultRow Row(string log, RunManifest? run = null) =>
        Assert.Single(Reading.Of(new HttperfFormat(), log, run).Rows.Of<ClientResultRow>());
}
