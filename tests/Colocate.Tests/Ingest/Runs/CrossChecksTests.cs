using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Runs;

public sealed class CrossChecksTests
{
    [Theory]
    [InlineData(0.40, 0.45, "agree", "")]
    [InlineData(0.45, 0.40, "agree", "")]
    [InlineData(0.40, 0.451, "disagree", "RN-CPU vm1: trace 40.0 %, xentop 45.1 %, tolerance 5.0 %")]
    [InlineData(0.451, 0.40, "disagree", "RN-CPU vm1: trace 45.1 %, xentop 40.0 %, tolerance 5.0 %")]
    public void Cpu_of_trace_and_xentop_may_differ_by_five_points(double trace, double xentop, string verdict, string finding)
    {
        var rows = new RowSink();
        rows.Add(new DomainMetricsRow { Domain = "vm1", CpuSource = "trace", CpuFraction = trace });
        rows.Add(new XentopSampleRow { Domain = "vm1", InLoadWindow = true, CpuFraction = xentop });
        CrossCheckRow[] checks = Checks(Reading.Run(), rows, finding);
        Assert.Equal(["not_compared", verdict], checks.Select(c => c.Verdict));
        Assert.Equal(xentop - trace, checks[1].Difference!.Value, 12);
        Assert.NotNull(checks[0].Reason);
        Assert.Null(checks[1].Reason);
    }

    /// <summary>
    /// The client sees 100/s over 20 s; a second of shift is 5/s, one request with one end in the trace 0.05/s, ten given up 0.5/s: 5.55/s in all.
    /// </summary>
    [Theory]
    [InlineData(105.5, "agree", "")]
    [InlineData(94.5, "agree", "")]
    [InlineData(105.6, "disagree", "RN-THROUGHPUT vm1: client 100.0/s, guest_trace 105.6/s, tolerance 5.5/s")]
    [InlineData(94.4, "disagree", "RN-THROUGHPUT vm1: client 100.0/s, guest_trace 94.4/s, tolerance 5.5/s")]
    public void Throughput_of_client_and_guest_may_differ_by_what_the_windows_explain(double guest, string verdict, string finding)
    {
        var rows = new RowSink();
        rows.Add(new ClientResultRow { Domain = "vm1", DurationS = 20, ThroughputPerS = 100, Errors = 10 });
        rows.Add(new GuestResultRow { Domain = "vm1", WindowS = 25, RequestsPerS = guest, UnpairedRequests = 1 });
        RunManifest run = Reading.Run();
        run = run with { Trace = null, Xentop = null, Domains = [run.Domains[0], run.Domains[1] with { GuestTraceFile = "vm1.nettrace" }] };
        Assert.Equal(verdict, Assert.Single(Checks(run, rows, finding)).Verdict);
    }

    [Fact]
    public void One_source_is_no_comparison_and_no_agreement()
    {
        var rows = new RowSink();
        rows.Add(new XentopSampleRow { Domain = "vm1", InLoadWindow = true, CpuFraction = 0.4 });
        Assert.All(Checks(Reading.Run(), rows, ""), c => Assert.Equal(("not_compared", null, null), (c.Verdict, c.Difference, c.Tolerance)));
        Assert.Empty(Checks(Reading.Run() with { Trace = null, Xentop = null }, new RowSink(), ""));
    }

    private static CrossCheckRow[] Checks(RunManifest run, RowSink rows, string finding)
    {
        var findings = new FindingLog(null);
        CrossChecks.Add(run, rows, findings);
        Assert.Equal(finding, string.Join(' ', findings.ToList().Select(f => $"{f.Kind.Code} {f.Detail}")));
        return [.. rows.Of<CrossCheckRow>()];
    }
}
