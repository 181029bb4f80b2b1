using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class UseTablesTests
{
    private const double Hz = 1e9;

    public static TheoryData<string> Traces => [.. CorpusFile.All.Where(f => f.Format.Id == "xentrace").Select(f => f.Name)];

    [Fact]
    public void Waits_and_runs_are_measured_from_the_change_that_began_them_to_the_one_that_ended_them()
    {
        // d1 is woken three times and waits 10, 20 and 40 us; it is preempted once, for 5 us; a continue record does not cut its run of 100 us in two.
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            w.Runstate(0, TraceWriter.Idle, 0, 1, 0);
            w.Runstate(100_000, 1, 0, 2, 1).Runstate(110_000, 1, 0, 1, 0).Record(0x21002, 150_000, 1 << 16).Runstate(210_000, 1, 0, 0, 2);
            w.Runstate(300_000, 1, 0, 2, 1).Runstate(320_000, 1, 0, 1, 0).Runstate(350_000, 1, 0, 0, 1).Runstate(355_000, 1, 0, 1, 0).Runstate(360_000, 1, 0, 0, 2);
            w.Runstate(400_000, 1, 0, 2, 1).Runstate(440_000, 1, 0, 1, 0);
        }).ToArray();
        var rows = Read(trace).Of<DomainDurationRow>().Where(d => d.Domid == 1).ToDictionary(d => d.Measure);
        Assert.Equal((3L, 40.0), (rows["wake_to_run"].Durations, rows["wake_to_run"].MaxUs));
        Assert.Equal(70 / 3.0, rows["wake_to_run"].MeanUs!.Value, 1e-9);
        Assert.InRange(rows["wake_to_run"].P50Us!.Value, 20 * 63 / 64.0, 20 * 65 / 64.0);
        Assert.Equal((1L, 5.0), (rows["preempted_to_run"].Durations, rows["preempted_to_run"].MaxUs));

        // The last run has no end in the trace.
        Assert.Equal((3L, 100.0), (rows["run"].Durations, rows["run"].MaxUs));
        Assert.Equal(135 / 3.0, rows["run"].MeanUs!.Value, 1e-9);
    }

    [Fact]
    public void A_pcpu_is_busy_with_domains_and_idle_with_the_idle_domain()
    {
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Runstate(0, TraceWriter.Idle, 0, 1, 0).Runstate(600, TraceWriter.Idle, 0, 0, 1).Runstate(650, 1, 0, 1, 0))
            .Window(1, w => w.Runstate(400, 2, 0, 0, 2).Runstate(1000, 2, 0, 2, 1))
            .ToArray();
        PcpuStateRow[] pcpus = [.. Read(trace).Of<PcpuStateRow>()];
        Assert.Equal([(0, 3L, 350L, 600L, 1L), (1, 2L, 400L, 0L, 0L)], pcpus.Select(p => (p.Pcpu, p.Records, p.BusyCycles!.Value, p.IdleCycles!.Value, p.Executions!.Value)));
        Assert.All(pcpus, p => Assert.Equal(1000, p.WindowCycles));
    }

    [Fact]
    public void A_vcpu_that_moved_while_records_were_lost_counts_for_the_pcpu_that_logs_it_next()
    {
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Runstate(0, 1, 0, 1, 0).Record(0x1f001, 500, 9, TraceWriter.Idle, 200, 0).Runstate(1000, TraceWriter.Idle, 0, 0, 1))
            .Window(1, w => w.Runstate(100, 2, 0, 0, 2).Runstate(700, 1, 0, 0, 2))
            .ToArray();
        Assert.Equal([(0, 200L, 500L), (1, 300L, 0L)], Read(trace).Of<PcpuStateRow>().Select(p => (p.Pcpu, p.BusyCycles!.Value, p.IdleCycles!.Value)));
    }

    [Fact]
    public void Sums_of_a_trace_that_runs_many_vcpus_on_one_pcpu_for_years_stay_at_the_largest_number()
    {
        // 40 vcpus, each at 2^59 cycles: a step further ahead than 2^55 is not believed, a smaller one is once a second record confirms it.
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            for (uint vcpu = 0; vcpu < 40; vcpu++)
                w.Runstate(1000, 1, vcpu, 1, 0);
            for (ulong i = 1; i <= 16; i++)
                w.Runstate(i << 55, 2, 0, 2, 1).Runstate((i << 55) + 1, 2, 0, 1, 2);
        }).ToArray();
        RowSink rows = Read(trace);
        Assert.Equal(long.MaxValue, rows.Of<PcpuStateRow>().Single().BusyCycles);
        Assert.All(rows.Of<VcpuStateRow>().Where(v => v.Domid == 1), v => Assert.Equal((16L << 55) + 1 - 1000, v.RunningCycles));
    }

    [Fact]
    public void Without_run_states_the_use_of_a_pcpu_is_unknown_for_a_reason()
    {
        PcpuStateRow pcpu = Read(new TraceWriter().Window(0, w => w.Record(0x10f001, 10, 1).Record(0x10f001, 20, 1)).ToArray()).Of<PcpuStateRow>().Single();
        Assert.Equal((2L, null, null), (pcpu.Records, pcpu.BusyCycles, pcpu.IdleCycles));
        Assert.Contains("run-state", pcpu.StatesReason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void Time_of_pcpus_is_the_running_time_of_vcpus_and_records_are_counted_once(string name)
    {
        RowSink rows = Read(CorpusFile.All.Single(f => f.Name == name).Bytes());
        PcpuStateRow[] pcpus = [.. rows.Of<PcpuStateRow>()];
        Assert.Equal(rows.Of<VcpuStateRow>().Sum(v => v.RunningCycles), pcpus.Sum(p => (p.BusyCycles ?? 0) + (p.IdleCycles ?? 0)));
        Assert.Equal(rows.Of<TraceEventRow>().Where(e => e.Event != "TRACE_WRAP_BUFFER").Sum(e => e.Records), pcpus.Sum(p => p.Records));
        Assert.Equal(rows.Of<VcpuStateRow>().Where(v => v.Domain != "idle").Sum(v => v.Executions), pcpus.Sum(p => p.Executions ?? 0));
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void Waiting_by_cause_is_the_waiting_of_the_vcpus_and_intervals_add_up_to_it(string name)
    {
        RowSink rows = Read(CorpusFile.All.Single(f => f.Name == name).Bytes());
        foreach (DomainMetricsRow domain in rows.Of<DomainMetricsRow>().Where(d => d.LostFraction == 0))
        {
            VcpuStateRow[] vcpus = [.. rows.Of<VcpuStateRow>().Where(v => v.Domid == domain.Domid)];
            double vcpuTicks = domain.WindowS!.Value * Hz * vcpus.Length;
            Assert.Equal(vcpus.Sum(v => v.WaitAfterWakeCycles) / vcpuTicks, domain.WaitAfterWakeFraction!.Value, 1e-12);
            Assert.Equal(vcpus.Sum(v => v.WaitAfterPreemptionCycles) / vcpuTicks, domain.WaitAfterPreemptionFraction!.Value, 1e-12);
            double ofIntervals = rows.Of<DomainIntervalRow>().Where(i => i.Domid == domain.Domid).Sum(i => i.WaitAfterWakeFraction!.Value * i.WindowS);
            Assert.Equal(domain.WaitAfterWakeFraction.Value * domain.WindowS.Value, ofIntervals, 1e-9);
        }
    }

    private static RowSink Read(byte[] trace) => TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: Hz)).Rows;
}
