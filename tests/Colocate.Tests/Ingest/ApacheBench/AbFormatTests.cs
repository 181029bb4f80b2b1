using Colocate.Ingest.ApacheBench;
using Colocate.Model.Tables;
using CsCheck;

namespace Colocate.Tests.Ingest.ApacheBench;

public sealed class AbFormatTests
{
    private const string Total = "This is ApacheBench, Version 2.3\nTime taken for tests:   4.000 seconds\nComplete requests:      400\n";

    [Theory]
    [InlineData("Failed requests: 0\n", 0L, 0L, 0L, 0L, 0L)]
    [InlineData("Failed requests: 9\n   (Connect: 1, Receive: 2, Length: 3, Exceptions: 3)\n", 9L, 1L, 2L, 3L, 3L)]
    [InlineData("Failed requests: 9\n   (Connect: 1, Length: 5, Exceptions: 3)\n", 9L, 1L, null, 5L, 3L)]
    [InlineData("Failed requests: 9\n", 9L, null, null, null, null)]
    public void Failures_are_split_up_where_ab_does_it(string failures, long? all, long? connect, long? receive, long? length, long? other)
    {
        ClientResultRow row = Row(Total + failures);
        Assert.Equal((all, connect, receive, length, other), (row.Errors, row.ErrorsConnect, row.ErrorsRead, row.ErrorsLength, row.ErrorsOther));
        Assert.Equal((400 - (receive ?? 0), (400 - (receive ?? 0)) / 4.0), (row.Replies, row.ThroughputPerS!.Value));
    }

    [Theory]
    [InlineData("Requests per second:    100.00 [#/sec] (mean)\n", "")]
    [InlineData("Requests per second:    101.00 [#/sec] (mean)\n", "AB-COUNTS")]
    [InlineData("Failed requests: 3\n   (Connect: 1, Receive: 0, Length: 2, Exceptions: 0)\n", "")]
    [InlineData("Failed requests: 4\n   (Connect: 1, Receive: 0, Length: 2, Exceptions: 0)\n", "AB-COUNTS")]
    public void Figures_that_contradict_each_other_are_reported(string lines, string codes) =>
        Assert.Equal(codes, string.Join(' ', Reading.Of(new AbFormat(), Total + lines).Codes.Where(c => c != "AB-PARTIAL")));

    /// <summary>ab leaves mean times out, or prints no number, where no request was complete; older versions do the latter.</summary>
    [Fact]
    public void Without_a_complete_request_nothing_is_missing_but_a_cut_report_is()
    {
        const string Failed = "Concurrency Level: 5\nTime taken for tests: 4.000 seconds\nComplete requests: 0\nFailed requests: 9\nTotal transferred: 0 bytes\nHTML transferred: 0 bytes\nRequests per second: 0.00 [#/sec] (mean)\n", Rate = "Transfer rate: 0.00 [Kbytes/sec] received\n";
        Assert.Empty(Reading.Of(new AbFormat(), Failed + Rate).Codes);
        Assert.Equal(["AB-NAN"], Reading.Of(new AbFormat(), Failed + "Time per request: nan [ms] (mean)\n" + Rate).Codes);
        Assert.Equal(["AB-PARTIAL"], Reading.Of(new AbFormat(), Failed).Codes);
        Assert.Equal(["AB-PARTIAL"], Reading.Of(new AbFormat(), Failed.Replace("requests: 0", "requests: 8", StringComparison.Ordinal) + Rate).Codes.Where(c => c != "AB-COUNTS"));
    }

    [Fact]
    public void Connections_have_a_lifetime_only_where_each_serves_one_request()
    {
        const string Times = "Total:          4   40  11.3     38     262\n";
        Assert.Equal((4, 40, 11.3, 38, 262), Lifetime(Row(Total + Times)));
        Assert.Equal((null, null, null, null, null), Lifetime(Row(Total + "Keep-Alive requests: 400\n" + Times)));

        static (double?, double?, double?, double?, double?) Lifetime(ClientResultRow row) =>
            (row.ConnectionMinMs, row.ConnectionMeanMs, row.ConnectionSdMs, row.ConnectionMedianMs, row.ConnectionMaxMs);
    }

    /// <summary>Of single requests, whatever their order, the seconds add up to all of them and percentiles are within 0.07 % of the nearest rank.</summary>
    [Fact]
    public void Single_requests_add_up() =>
        Gen.Select(Gen.Long[0, 30], Gen.Long[0, 50], Gen.Long[1, 90_000]).Array[1, 200].Sample(requests =>
        {
            string log = "starttime\tseconds\tctime\tdtime\tttime\twait\n" + string.Concat(requests.Select(r => $"Sun Nov 22 11:00:00 2026\t{1795345200 + r.Item1}\t{r.Item2}\t{r.Item3}\t{r.Item2 + r.Item3}\t{r.Item3}\n"));
            Reading reading = Reading.Of(new AbDataFormat(), log);
            ClientResultRow row = Assert.Single(reading.Rows.Of<ClientResultRow>());
            Assert.Equal(requests.Length, row.Replies);
            Assert.Equal(requests.Max(r => r.Item1 + ((r.Item2 + r.Item3) / 1000.0)) - requests.Min(r => r.Item1), row.DurationS, 9);
            Assert.Equal(requests.Length, reading.Rows.Of<ClientIntervalRow>().Sum(i => i.RepliesPerS!.Value * i.WindowS), 9);
            long[] sorted = [.. requests.Select(r => r.Item2 + r.Item3).Order()];
            foreach (ClientPercentileRow percentile in reading.Rows.Of<ClientPercentileRow>())
            {
                long nearest = sorted[(int)Math.Ceiling(percentile.Fraction * sorted.Length) - 1];
                Assert.InRange(percentile.ReplyMs / nearest, 0.9993, 1.0007);
            }
        });

    private static ClientResultRow Row(string log) => Assert.Single(Reading.Of(new AbFormat(), log).Rows.Of<ClientResultRow>());
}
