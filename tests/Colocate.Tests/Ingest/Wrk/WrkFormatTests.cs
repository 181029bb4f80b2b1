using System.Globalization;
using Colocate.Ingest.Wrk;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using CsCheck;

namespace Colocate.Tests.Ingest.Wrk;

public sealed class WrkFormatTests
{
    private const string First = "Running 30s test @ http://10.0.0.2/f1.bin\n  2 threads and 10 connections\n";

    [Theory]
    [InlineData("838.00us", 838e-6)]
    [InlineData("0.94ms", 0.94e-3)]
    [InlineData("1.20s", 1.2)]
    [InlineData("2.00m", 120)]
    [InlineData("1.50h", 5400)]
    [InlineData("5.00", double.NaN)]
    [InlineData("5.00min", double.NaN)]
    public void Times_have_units(string text, double seconds) => Assert.Equal(seconds, WrkFigure.Seconds(text), 12);

    [Theory]
    [InlineData("512.33", 512.33)]
    [InlineData("8.33k", 8330)]
    [InlineData("1.20M", 1.2e6)]
    [InlineData("1.20X", double.NaN)]
    public void Counts_go_in_thousands(string text, double count) => Assert.Equal(count, WrkFigure.Metric(text), 6);

    [Theory]
    [InlineData("49.00B", 49)]
    [InlineData("676.00KB", 676 * 1024)]
    [InlineData("1.50GB", 1.5 * 1024 * 1024 * 1024)]
    [InlineData("1.50G", double.NaN)]
    public void Sizes_go_in_steps_of_1024(string text, double bytes) => Assert.Equal(bytes, WrkFigure.Bytes(text), 6);

    /// <summary>What wrk prints with two decimals of the unit it chooses comes back within half of the last one, in every unit.</summary>
    [Fact]
    public void Printed_figures_come_back_within_their_rounding() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Double[0.01, 7200], Gen.Double[1e-6, 5000]).Sample((requests, durationS, latencyS) =>
        {
            string rate = (requests / durationS).ToString("F2", CultureInfo.InvariantCulture);
            ClientResultRow row = Row($"{First}  Latency {Printed(latencyS)} {Printed(latencyS / 3)} {Printed(latencyS * 2)} 88.20%\n  {requests} requests in {Printed(durationS)}, 1.00MB read\nRequests/sec: {rate}\nTransfer/sec: 1.00MB\n");
            Assert.Equal(requests, row.Replies);
            Assert.Equal(requests / durationS, row.ThroughputPerS!.Value, 0.00501);
            Assert.Equal(latencyS * 1000, row.ReplyMs!.Value, (WrkFigure.SecondsRounding(Printed(latencyS)) * 1000) + 1e-8);
            Assert.Equal(durationS, row.DurationS, WrkFigure.SecondsRounding(Printed(durationS)) + 1e-9);
        });

    [Fact]
    public void Times_of_no_reply_are_unknown_though_wrk_prints_zeros()
    {
        ClientResultRow row = Row(First + "  Latency 0.00us 0.00us 0.00us -nan%\n  0 requests in 10.01s, 0.00B read\n  Socket errors: connect 0, read 0, write 0, timeout 10\nRequests/sec: 0.00\nTransfer/sec: 0.00B\n");
        Assert.Equal((0.0, null, null, null), (row.ThroughputPerS, row.ReplyMs, row.ReplySdMs, row.ReplyMaxMs));
    }

    [Fact]
    public void Without_errors_printed_there_are_none_but_only_once_the_rate_is_there()
    {
        const string Total = First + "  100 requests in 10.00s, 1.00MB read\n";
        Assert.Equal((0, 0, 0), Errors(Row(Total + "Requests/sec: 10.00\n")));
        Assert.Equal((null, null, null), Errors(Row(Total)));
        Assert.Equal((10, 4, 9), Errors(Row(Total + "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 9\n")));

        static (long?, long?, long?) Errors(ClientResultRow row) => (row.Errors, row.ErrorsClientTimeout, row.BadReplies);
    }

    [Theory]
    [InlineData("wrk -t2 -c10 http://h/", "wrk", null)]
    [InlineData("wrk -R2000 http://h/", "wrk", 2000.0)]
    [InlineData("# wrk2 --rate=2k http://h/", "wrk", 2000.0)]
    [InlineData("$ ./wrk -R 150 http://h/\n  Thread calibration: mean lat.: 1 usec, rate sampling interval: 10 msec", "wrk2", 150.0)]
    [InlineData("Thread calibration: mean lat.: 1 usec, rate sampling interval: 10 msec", "wrk2", 99.0)]
    public void Only_wrk2_offers_a_rate_and_the_log_counts_more_than_the_manifest(string before, string tool, double? offeredPerS)
    {
        RunManifest run = Reading.Run();
        run = run with { Domains = [run.Domains[0], run.Domains[1] with { OfferedPerS = 99 }] };
        ClientResultRow row = Row(before + "\n" + First + "  100 requests in 10.00s, 1.00MB read\nRequests/sec: 10.00\n", run);
        Assert.Equal((tool, offeredPerS), (row.Tool, row.OfferedPerS));
    }

    private static string Printed(double seconds)
    {
        (double value, string unit) = seconds switch { < 1e-3 => (seconds * 1e6, "us"), < 1 => (seconds * 1e3, "ms"), < 60 => (seconds, "s"), < 3600 => (seconds / 60, "m"), _ => (seconds / 3600, "h") };
        return value.ToString("F2", CultureInfo.InvariantCulture) + unit;
    }

    private static ClientResultRow Row(string log, RunManifest? run = null) => Assert.Single(Reading.Of(new WrkFormat(), log, run).Rows.Of<ClientResultRow>());
}
