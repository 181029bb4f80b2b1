using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>What vcpus did while records are missing is lost, whoever says so: bytes that are none, windows that do not follow each other, or the end of the file.</summary>
public sealed class MissingRecordsTests
{
    private const ulong Ms = 1_000_000;
    private const uint Guest = 1, Idle = TraceWriter.Idle;

    [Fact]
    public void A_whole_trace_has_lost_nothing()
    {
        (RowSink rows, InputContext context) = Read(Rounds(0, 40).ToArray());
        Assert.Empty(context.Findings.ToList());
        Assert.Equal((0.0, false), Loss(rows));
        Assert.Equal(1.0, GuestOf(rows).CpuFraction!.Value, 0.02);
    }

    [Fact]
    public void Where_no_pcpu_logs_for_long_windows_are_missing()
    {
        // Two recordings, the second ten seconds after the first.
        byte[] trace = [.. Rounds(0, 40).ToArray(), .. Rounds(1040, 40).ToArray()];
        (RowSink rows, InputContext context) = Read(trace);
        Finding gap = Assert.Single(context.Findings.ToList());
        Assert.Equal((DiagnosticCatalogue.TraceGap, trace.Length / 2 + 12L), (gap.Kind, gap.FirstOffset));
        Assert.Equal(9.61 / 11.2, Loss(rows).Fraction, 2);
        Assert.True(Loss(rows).IsLossy);
        Assert.Equal(1.0, GuestOf(rows).CpuFraction!.Value, 0.02);
        Assert.Equal(2.0 * 40 / 0.8, GuestOf(rows).ExecutionsPerS!.Value, 15.0);
    }

    [Fact]
    public void Windows_of_one_pcpu_that_are_missing_show_by_who_leaves_it()
    {
        // The guest is switched in in the last window before, and idle leaves in the first one after; 200 ms of pcpu 0 are not there.
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Switch(0, Guest, Idle, 1).Switch(10 * Ms, Idle, Guest, 1))
            .Window(1, w => w.Record(0x802001, 5 * Ms, 1, 2))
            .Window(0, w => w.Switch(210 * Ms, Idle, Guest, 1).Switch(220 * Ms, Guest, Idle, 2))
            .Window(1, w => w.Record(0x802001, 220 * Ms, 1, 2))
            .ToArray();
        (RowSink rows, InputContext context) = Read(trace);
        Finding gap = Assert.Single(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceGap);
        Assert.Equal((0, 1L), (gap.Pcpu!.Value, gap.Count));
        Assert.Equal(200 * (long)Ms, rows.Of<VcpuStateRow>().Single(v => v.Domid == Guest).LostCycles);
        Assert.Equal(200 * (long)Ms, rows.Of<PcpuStateRow>().Single(p => p.Pcpu == 0).LostCycles);
        Assert.True(rows.Of<HostMetricsRow>().Single().Lossy);
    }

    [Fact]
    public void A_vcpu_whose_records_contradict_each_other_has_lost_the_time_between_them()
    {
        // It blocks on pcpu 1, of which the window is missing, and is next seen being woken 300 ms later: it did not run all that time.
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Runstate(0, Idle, 0, 0, 1).Runstate(0, Guest, 0, 1, 0).Runstate(100 * Ms, Guest, 0, 0, 1).Runstate(100 * Ms, Idle, 0, 1, 0))
            .Window(0, w => w.Runstate(400 * Ms, Guest, 0, 2, 1).Runstate(400 * Ms, Idle, 0, 0, 1).Runstate(400 * Ms, Guest, 0, 1, 0).Runstate(500 * Ms, Guest, 0, 0, 2))
            .ToArray();
        (RowSink rows, InputContext context) = Read(trace);
        Assert.Equal(1, Assert.Single(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceStateMismatch).Count);
        VcpuStateRow guest = rows.Of<VcpuStateRow>().Single(v => v.Domid == Guest);
        Assert.Equal((200 * (long)Ms, 0L, 300 * (long)Ms), (guest.RunningCycles, guest.RunnableCycles, guest.LostCycles));
        Assert.Equal((1.0, true), (GuestOf(rows).CpuFraction!.Value, GuestOf(rows).Lossy));
    }

    [Theory]
    [InlineData("zeros within a window")]
    [InlineData("garbage between windows")]
    [InlineData("a bad record at the end of a window")]
    public void Bytes_that_are_none_hide_what_lies_between_the_records_around_them(string damage)
    {
        byte[] trace = new TraceWriter()
            .Window(0, w =>
            {
                w.Switch(0, Idle, Guest, 1).Switch(100 * Ms, Guest, Idle, 2);
                if (damage == "zeros within a window")
                    w.Words(new uint[100]);
                if (damage == "a bad record at the end of a window")
                    w.Words(0xb00f0001, 1, 2);
            })
            .Words(damage == "garbage between windows" ? [0xdeadbeef, 7, 7] : [])
            .Window(0, w => w.Switch(300 * Ms, Idle, Guest, 1).Switch(400 * Ms, Guest, Idle, 2))
            .ToArray();
        (RowSink rows, InputContext context) = Read(trace);
        Assert.Equal(trace.Length, context.Bytes.Parsed + context.Bytes.Skipped);
        Assert.True(context.Bytes.Skipped > 0);
        Assert.Equal((0.5, true), Loss(rows));
        Assert.Equal((0.5, true), (GuestOf(rows).LostFraction!.Value, GuestOf(rows).Lossy));
        Assert.Equal(1.0, GuestOf(rows).CpuFraction!.Value);
        Assert.Equal(1.0, rows.Of<HostMetricsRow>().Single().CpuFraction!.Value);
    }

    [Fact]
    public void A_file_that_ends_within_a_window_lacks_the_end_of_the_pcpus_that_come_after_it_in_the_round()
    {
        byte[] whole = Rounds(0, 40).ToArray(), cut = whole[..^(whole.Length / 160)];
        (RowSink rows, InputContext context) = Read(cut);
        Assert.Contains(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceTruncatedWindow);
        (double fraction, bool isLossy) = Loss(rows);
        Assert.InRange(fraction, 0.002, 0.03);
        Assert.True(isLossy);
        Assert.Equal(0, rows.Of<PcpuStateRow>().Single(p => p.Pcpu == 0).LostCycles);
    }

    [Fact]
    public void Pcpus_that_log_for_several_at_once_are_not_accused()
    {
        // As with sched-gran=core: two vcpus get the pcpu and leave it together, in windows with silence between them.
        var trace = new TraceWriter();
        for (ulong i = 0; i < 200; i++)
        {
            ulong t = i * 10 * Ms;
            trace.Window(0, w => w
                .Runstate(t, Idle, 0, 0, 1).Runstate(t, Idle, 1, 0, 1).Runstate(t, Guest, 0, 1, 0).Runstate(t, Guest, 1, 1, 0)
                .Runstate(t + Ms, Guest, 0, 0, 1).Runstate(t + Ms, Guest, 1, 0, 1).Runstate(t + Ms, Idle, 0, 1, 0).Runstate(t + Ms, Idle, 1, 1, 0));
        }

        (RowSink rows, _) = Read(trace.ToArray());
        Assert.InRange(GuestOf(rows).LostFraction!.Value, 0, 0.05);
        Assert.Equal(0.2, GuestOf(rows).CpuFraction!.Value, 2);
    }

    [Fact]
    public void Without_the_scheduler_class_what_is_counted_has_a_rate_and_only_who_ran_is_unknown()
    {
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Hypercall(0, 32).GrantCopy(500 * Ms, 3).Record(0x10f001, 1000 * Ms, Guest))
            .Window(0, w => w.Record(0x10f001, 2000 * Ms, Guest))
            .ToArray();
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(events: "all", tscHz: 1e9));
        Assert.Contains(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceNoScheduler);
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceGap);
        HostMetricsRow host = rows.Of<HostMetricsRow>().Single();
        Assert.Equal((2.0, 2.0, 0.5, 2.5, 1.0), (host.WindowS!.Value, host.EventsPerS!.Value, host.EventChannelPerS!.Value, host.PagesPerS!.Value, host.PagesMappedPerS!.Value));
        Assert.Equal((null, null, null, null), ((double?)host.CpuFraction, (double?)host.ExecutionsPerS, (double?)host.SwitchesPerS, host.Method));
        Assert.Contains("no run-state records", host.MethodReason, StringComparison.Ordinal);
        Assert.Equal([2.0, 2.0], rows.Of<HostIntervalRow>().Select(i => i.EventsPerS!.Value * i.WindowS));
        Assert.Empty(rows.Of<DomainIntervalRow>());
    }

    /// <summary>Two pcpus, a window of each every 20 ms; guest and idle take turns on both, 10 ms each.</summary>
    private static TraceWriter Rounds(ulong from, int rounds)
    {
        var trace = new TraceWriter();
        for (ulong round = 0; round < (ulong)rounds; round++)
        {
            ulong t = (from * 10 + round * 20) * Ms;
            for (uint pcpu = 0; pcpu < 2; pcpu++)
            {
                uint vcpu = pcpu;
                trace.Window(pcpu, w => w
                    .Runstate(t, Idle, vcpu, 0, 1).Runstate(t, Guest, vcpu, 1, 0).Runstate(t + 10 * Ms, Guest, vcpu, 0, 1).Runstate(t + 10 * Ms, Idle, vcpu, 1, 0));
            }
        }

        return trace;
    }

    private static (RowSink Rows, InputContext Context) Read(byte[] trace) => TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 1e9));

    private static DomainMetricsRow GuestOf(RowSink rows) => rows.Of<DomainMetricsRow>().Single(d => d.Domid == Guest);

    private static (double Fraction, bool IsLossy) Loss(RowSink rows) => rows.Of<HostMetricsRow>().Select(h => (h.LostFraction!.Value, h.Lossy)).Single();
}
