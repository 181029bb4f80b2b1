using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>
/// Values of a public trace (examples/xentrace.bin of giuseppe998e/xentrace-parser-rs), computed by an independent script. Its licence
/// keeps the file out of this repository: the test runs where the file is given.
/// </summary>
public sealed class GoldenTraceTests
{
    private const string FileVariable = "COLOCATE_GOLDEN_TRACE";

    [GivenFact(FileVariable)]
    public void Run_state_totals_come_out_to_the_cycle()
    {
        string file = GivenFactAttribute.Value(FileVariable);
        (RowSink rows, InputContext context) = TraceReading.Read(() => TraceReading.Open(file));

        Assert.Equal("calibrated", context.Trace!.TscHzSource);
        Assert.Equal(2.8e9, context.Trace.TscHz!.Value, 2.8e9 * 1e-4);
        Assert.Equal((new Version(4, 10), null), (context.Trace.XenMin, context.Trace.XenMax));
        AssertTotals(rows, 0, 871_742_540, 54_361_662, 66_168_672_958, 0, executions: 4545, preemptions: 49, vcpus: 8);
        AssertTotals(rows, 14, 2_946_883_675, 8_517_756, 30_578_093_268, 13_893_881, executions: 498, preemptions: 2, vcpus: 4);
        AssertTotals(rows, 32767, 63_270_892_608, 3_823_884_552, 0, 0, executions: 5039, preemptions: 5040, vcpus: 8);

        var byId = rows.Of<TraceEventRow>().ToDictionary(e => e.EventId, e => e.Records);
        Assert.Equal(180_493, byId.Values.Sum());
        Assert.Equal(27, byId[0x1f002]);
        Assert.Equal(10_082, byId[0x2800a]);
        Assert.Equal(5_873, byId.GetValueOrDefault(0x81002) + byId.GetValueOrDefault(0x81102));
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind.Severity >= Severity.Warning);
        Assert.Equal(new FileInfo(file).Length, context.Bytes.Parsed);

        DomainMetricsRow guest = rows.Of<DomainMetricsRow>().Single(r => r.Domid == 14);
        Assert.Equal(2.995302552, guest.WindowS!.Value, 2.995302552 * 1e-4);
        Assert.Equal(0.351370, guest.CpuFraction!.Value, 1e-6);
        Assert.Equal(0.000254, guest.WaitFraction!.Value, 1e-6);
        Assert.Equal(0.911490, guest.BlockFraction!.Value, 1e-6);
        DomainMetricsRow driver = rows.Of<DomainMetricsRow>().Single(r => r.Domid == 0);
        Assert.Equal((0.103942, 0.000810, 0.986197), (Math.Round(driver.CpuFraction!.Value, 6), Math.Round(driver.WaitFraction!.Value, 6), Math.Round(driver.BlockFraction!.Value, 6)));
        Assert.Equal(1517.38, driver.ExecutionsPerS!.Value, 0.2);
        Assert.Equal(166.26, guest.ExecutionsPerS!.Value, 0.05);
        Assert.Equal(3365.94, rows.Of<HostMetricsRow>().Single().SwitchesPerS!.Value, 0.5);

        // An HVM guest: its 1803 hypercalls are exits that say the number (24: 1697, 32: 106); the driver's are not traced.
        Assert.Equal([(24, 1697L), (32, 106L)], rows.Of<TraceCallRow>().Where(c => c.Kind == "hypercall").Select(c => (c.Number!.Value, c.Records)));
        Assert.Equal(106 / guest.WindowS.Value, guest.EventChannelPerS!.Value, 1e-9);
        Assert.Null(driver.EventChannelPerS);
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceUnknownEvent);
        Assert.Null(guest.PagesPerS);
        Assert.NotNull(guest.PagesReason);
        Assert.Null(guest.PagesPerExecution);
    }

    private static void AssertTotals(RowSink rows, int domid, long running, long runnable, long blocked, long offline, long executions, long preemptions, int vcpus)
    {
        VcpuStateRow[] states = [.. rows.Of<VcpuStateRow>().Where(r => r.Domid == domid)];
        Assert.Equal(
            (vcpus, running, runnable, blocked, offline, 0L, executions, preemptions),
            (states.Length, states.Sum(r => r.RunningCycles), states.Sum(r => r.RunnableCycles), states.Sum(r => r.BlockedCycles), states.Sum(r => r.OfflineCycles),
                states.Sum(r => r.LostCycles), states.Sum(r => r.Executions), states.Sum(r => r.Preemptions)));
    }
}
