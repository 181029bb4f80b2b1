using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class TraceReplayTests
{
    private const double Hz = 1e9;

    [Fact]
    public void The_first_record_tells_what_a_vcpu_was_since_the_trace_began_and_the_last_state_holds_to_its_end()
    {
        // Trace from 0 to 10 s: d1 blocked until 2, runnable until 3, running until 7, blocked to the end.
        byte[] trace = new TraceWriter().Window(0, w => w
            .Record(0x801002, 0, 1)
            .Runstate(2_000_000_000, 1, 0, 2, 1).Runstate(3_000_000_000, 1, 0, 1, 0).Runstate(7_000_000_000, 1, 0, 0, 2)
            .Record(0x801002, 10_000_000_000, 1)).ToArray();
        (RowSink rows, _) = Read(trace);
        VcpuStateRow vcpu = rows.Of<VcpuStateRow>().Single();
        Assert.Equal((4_000_000_000, 1_000_000_000, 5_000_000_000, 0), (vcpu.RunningCycles, vcpu.RunnableCycles, vcpu.BlockedCycles, vcpu.OfflineCycles));
        DomainMetricsRow domain = rows.Of<DomainMetricsRow>().Single();
        Assert.Equal((10.0, 0.4, 0.1, 0.5, 0.1), (domain.WindowS, domain.CpuFraction, domain.WaitFraction, domain.BlockFraction, domain.ExecutionsPerS));

        // The last record lies exactly on an edge and belongs to the interval before it.
        double?[] blocked = [.. rows.Of<DomainIntervalRow>().Select(i => i.BlockFraction)];
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 1, 1, 1], blocked);
    }

    [Fact]
    public void Intervals_add_up_to_the_whole_and_states_to_the_window() => Gen.Select(Gen.Int[1, 300], Gen.Int[0, 3], Gen.Int[0, 1]).Array[1, 60].Sample(
        steps =>
        {
            uint[] state = [2, 2, 2, 2];
            ulong now = 0;
            byte[] trace = new TraceWriter().Window(0, w =>
            {
                foreach ((int ms, int vcpu, int choice) in steps)
                {
                    now += (ulong)ms * 1_000_000;
                    uint to = state[vcpu] switch { 0 => choice == 0 ? 1u : 2u, 1 => 0u, _ => 1u };
                    w.Runstate(now, (uint)vcpu / 2, (uint)vcpu % 2, state[vcpu], to);
                    state[vcpu] = to;
                }
            }).ToArray();
            (RowSink rows, InputContext context) = Read(trace);
            long span = (long)now - (steps[0].Item1 * 1_000_000L);
            Assert.All(rows.Of<VcpuStateRow>(), v => Assert.Equal(span, v.RunningCycles + v.RunnableCycles + v.BlockedCycles + v.OfflineCycles + v.LostCycles));
            foreach (DomainMetricsRow whole in rows.Of<DomainMetricsRow>())
            {
                DomainIntervalRow[] parts = [.. rows.Of<DomainIntervalRow>().Where(i => i.Domid == whole.Domid)];
                Assert.Equal(whole.WindowS!.Value, parts.Sum(p => p.WindowS), 1e-9);
                Assert.Equal((whole.CpuFraction ?? 0) * whole.WindowS.Value, parts.Sum(p => (p.CpuFraction ?? 0) * p.WindowS), 1e-9);
                Assert.Equal((whole.WaitFraction ?? 0) * whole.WindowS.Value, parts.Sum(p => (p.WaitFraction ?? 0) * p.WindowS), 1e-9);
                Assert.Equal((whole.DomainBlockFraction ?? 0) * whole.WindowS.Value, parts.Sum(p => (p.DomainBlockFraction ?? 0) * p.WindowS), 1e-9);
                Assert.Equal((whole.EventsPerS ?? 0) * whole.WindowS.Value, parts.Sum(p => (p.EventsPerS ?? 0) * p.WindowS), 1e-6);
            }

            Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceStateMismatch);
        },
        iter: 300, threads: 1);

    [Fact]
    public void Lost_records_hide_every_vcpu_that_does_not_run_elsewhere()
    {
        byte[] trace = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus/bad/xentrace/lost-records-on-one-of-two-pcpus.bin"));
        (RowSink rows, InputContext context) = Read(trace, hz: 2.4e9);
        const long ms = 2_400_000;
        var vcpus = rows.Of<VcpuStateRow>().ToDictionary(v => v.Domid);
        Assert.Equal((30 * ms, 0L), (vcpus[1].RunningCycles, vcpus[1].LostCycles));

        // d2 waited 1 ms and ran until the gap; after it, its next record says that it had been runnable.
        Assert.Equal((9 * ms + 5 * ms, 10 * ms, 1 * ms + 6 * ms), (vcpus[2].RunningCycles, vcpus[2].LostCycles, vcpus[2].RunnableCycles));

        // d3 runs when logging resumes; before the gap nothing is known of it.
        Assert.Equal(5 * ms, vcpus[3].RunningCycles);
        Assert.Equal(1337, context.Bytes.LostRecords);
        Assert.True(rows.Of<DomainMetricsRow>().Single(d => d.Domid == 2).Lossy);
        Assert.False(rows.Of<DomainMetricsRow>().Single(d => d.Domid == 1).Lossy);
        Assert.Equal(10 * ms / (2.0 * 31 * ms), rows.Of<HostMetricsRow>().Single().LostFraction!.Value, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_frequency_is_derived_from_run_lengths_in_both_switch_layouts(bool withVcpu)
    {
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            for (ulong i = 0; i < 40; i++)
            {
                ulong t = i * 10_000_000;
                w.Runstate(t, 1, 0, 1, 0);
                w.Record(0x2800f, t, withVcpu ? [1, 0, 0, 30_000_000] : [1, 0, 30_000_000]);
                w.Record(0x2800e, t + 6_000_000, withVcpu ? [1, 0, 2_000_000] : [1, 2_000_000]);
                w.Runstate(t + 6_000_000, 1, 0, 0, 1);
            }
        }).ToArray();
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace));
        Assert.Equal((3e9, "calibrated"), (context.Trace?.TscHz, context.Trace?.TscHzSource));
        Assert.Equal(0.6, rows.Of<DomainMetricsRow>().Single().CpuFraction!.Value, 0.02);
    }

    [Fact]
    public void Without_any_frequency_there_are_cycles_but_no_seconds()
    {
        byte[] trace = new TraceWriter().Window(0, w => w.Runstate(5, 1, 0, 1, 0).Runstate(10, 1, 0, 0, 2)).ToArray();
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace));
        Assert.Equal(5, rows.Of<VcpuStateRow>().Single().RunningCycles);
        Assert.Contains(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceNoFrequency);
        Assert.Empty(rows.Of<DomainIntervalRow>());
        HostMetricsRow host = rows.Of<HostMetricsRow>().Single();
        Assert.Null(host.CpuFraction);
        Assert.Contains("TSC frequency", host.MethodReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_frequency_that_the_trace_contradicts_is_reported()
    {
        byte[] trace = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus/good/xentrace/driver-domain-copies-for-a-guest-that-waits.bin"));
        Assert.DoesNotContain(Read(trace, hz: 2.4e9).Context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceFrequencyDiffers);
        Assert.Contains(Read(trace, hz: 2.8e9).Context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceFrequencyDiffers);
    }

    [Fact]
    public void Copies_count_for_the_backend_and_are_shared_out_to_guests_by_wakes()
    {
        // Domain-0 copies 12 pages; d1 is woken three times, d2 once; one page of d2 is mapped.
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            w.Runstate(0, 0, 0, 1, 0).GrantCopy(100, 8).GrantCopy(200, 4).Record(0x10f001, 300, 2);
            for (ulong i = 0; i < 3; i++)
                w.Runstate(1000 + i * 10, 1, 0, 2, 1).Runstate(1001 + i * 10, 1, 0, 1, 0).Runstate(1002 + i * 10, 1, 0, 0, 2);
            w.Runstate(2000, 2, 0, 2, 1).Runstate(1_000_000_000, 2, 0, 1, 0);
        }).ToArray();
        (RowSink rows, _) = Read(trace);
        var pages = rows.Of<DomainMetricsRow>().ToDictionary(d => d.Domid, d => (d.PagesPerS!.Value, d.PagesBasis));
        Assert.Equal((13.0, "counted"), pages[0]);
        Assert.Equal((9.0, "estimated"), pages[1]);
        Assert.Equal((4.0, "estimated"), pages[2]);
        Assert.Equal(13.0, rows.Of<HostMetricsRow>().Single().PagesPerS);
    }

    [Theory]
    [InlineData("a record without time")]
    [InlineData("a high bit of the time flipped")]
    [InlineData("most of the time lost")]
    public void A_bad_first_record_does_not_move_the_begin_of_the_trace(string harm)
    {
        const ulong up = 50_000_000_000_000;
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            if (harm == "a record without time")
                w.RecordWithoutTsc(0x82013, 0);
            else
                w.Record(0x21002, harm == "most of the time lost" ? 77UL : up | 1UL << 62, 1 << 16);
            w.Runstate(up + 1_000_000_000, 1, 0, 0, 2).Runstate(up + 3_000_000_000, 1, 0, 2, 1);
        }).ToArray();
        (RowSink rows, _) = Read(trace);
        Assert.Equal(2.0, rows.Of<HostMetricsRow>().Single().WindowS);
    }

    [Fact]
    public void One_damaged_time_at_the_begin_of_a_window_does_not_spoil_the_merge()
    {
        byte[] Trace(ulong damage)
        {
            var trace = new TraceWriter();
            for (ulong round = 0; round < 50; round++)
            {
                ulong t = 1_000_000_000_000 + round * 1_000_000;
                trace.Window(0, w => w.Record(0x21002, t + (round == 10 ? damage : 0), 0).Record(0x21002, t + 700_000, 0));
                trace.Window(1, w => w.Record(0x21002, t + 100_000, 1).Record(0x21002, t + 800_000, 1));
            }

            return trace.ToArray();
        }

        Assert.Empty(Read(Trace(0)).Context.Findings.ToList());
        Assert.Equal(["XT-JUMP"], Read(Trace(1UL << 45)).Context.Findings.ToList().Select(f => f.Kind.Code));
    }

    [Fact]
    public void Neither_many_domains_nor_long_silence_fill_the_memory()
    {
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            for (uint domain = 0; domain < 300; domain++)
                w.Runstate(1000, domain, 0, 2, 1);
            for (ulong i = 1; i <= 40; i++)
                w.Record(0x21002, i * 5_000_000_000_000, TraceWriter.Idle << 16);
            for (uint domain = 0; domain < 300; domain++)
                w.Runstate(200_000_000_001_000, domain, 0, 1, 0);
        }).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        (RowSink rows, InputContext context) = Read(trace);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 700_000_000);
        Assert.Contains(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceLong);
        Assert.All(rows.Of<VcpuStateRow>().Where(v => v.Domid < 300), v => Assert.Equal(200_000_000_000_000, v.RunnableCycles));
        Assert.All(rows.Of<DomainMetricsRow>(), d => Assert.Equal(1, d.WaitFraction!.Value, 1e-9));
    }

    [Fact]
    public void Page_flips_count_for_both_sides_where_hypercalls_hide_copies()
    {
        byte[] trace = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus/good/xentrace/xen-3.4-with-page-flips.bin"));
        (RowSink rows, _) = Read(trace);
        HostMetricsRow host = rows.Of<HostMetricsRow>().Single();
        Assert.Equal(2, host.PagesPerS!.Value * host.WindowS!.Value, 1e-9);
        Assert.Equal(2, host.PagesTransferredPerS!.Value * host.WindowS!.Value, 1e-9);
        Assert.Null(host.PagesCopiedPerS);
        Assert.All(rows.Of<DomainMetricsRow>().Where(d => d.Domid < 2), d => Assert.Equal(("counted_without_copies", 2.0), (d.PagesBasis, Math.Round(d.PagesPerS!.Value * d.WindowS!.Value, 6))));
        Assert.Equal(1, host.EventChannelPerS!.Value * host.WindowS!.Value, 1e-9);
    }

    private static (RowSink Rows, InputContext Context) Read(byte[] trace, double hz = Hz) => TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: hz));
}
