using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Metrics of traces without run states, counted as <c>tools/xenmon/xenbaked.c</c> does. A cycle is a nanosecond.</summary>
public sealed class MethodCTests
{
    private const uint Driver = 0, Guest = 5, Idle = TraceWriter.Idle;
    private const uint Ms = 1_000_000;

    [Theory]
    [InlineData(0x2f000)]
    [InlineData(0x28000)]
    public void Switches_wakes_and_sleeps_give_cpu_waiting_blocking_and_executions(uint @base)
    {
        // The guest runs 0-400 ms, sleeps at 400, is woken at 700, waits 100 ms, runs 800-2000; the driver runs 400-800 and sleeps then.
        (RowSink rows, InputContext context) = Read(w =>
        {
            In(w, @base, 0, Guest, 0);
            w.Record(@base + 6, 400 * Ms, Guest, 0);
            Out(w, @base, 400 * Ms, Guest, 400 * Ms);
            In(w, @base, 400 * Ms, Driver, 0);
            w.Record(@base + 4, 700 * Ms, Guest, 0).Record(0x10f003, 750 * Ms, Guest).Record(@base + 6, 800 * Ms, Driver, 0);
            Out(w, @base, 800 * Ms, Driver, 400 * Ms);
            In(w, @base, 800 * Ms, Guest, 100 * Ms);
            Out(w, @base, 2000u * Ms, Guest, 1200u * Ms);
        });
        var byDomain = rows.Of<DomainMetricsRow>().ToDictionary(d => d.Domid);
        AssertMeasures(byDomain[5], cpu: 0.8, wait: 0.05, block: 0.15, executionsPerS: 1);
        AssertMeasures(byDomain[0], cpu: 0.2, wait: 0, block: 0, executionsPerS: 0.5);
        Assert.Equal(0.5, byDomain[5].PagesPerS!.Value, 1e-12);
        Assert.Null(byDomain[5].OfflineFraction);
        Assert.NotNull(byDomain[5].MethodReason);

        HostMetricsRow host = rows.Of<HostMetricsRow>().Single();
        Assert.Equal(("C", 1.0), (host.Method, Math.Round(host.CpuFraction!.Value, 12)));
        Assert.Contains(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceMethodC);
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceNoScheduler);

        // Intervals of a second, the time of a run cut at their ends.
        DomainIntervalRow[] seconds = [.. rows.Of<DomainIntervalRow>().Where(i => i.Domid == 5).OrderBy(i => i.IntervalIndex)];
        Assert.Equal([0.6, 1.0], seconds.Select(i => Math.Round(i.CpuFraction!.Value, 9)));
        Assert.Equal(byDomain[5].CpuFraction!.Value * byDomain[5].WindowS!.Value, seconds.Sum(i => i.CpuFraction!.Value * i.WindowS), 1e-9);
        Assert.Equal(byDomain[5].ExecutionsPerS!.Value * byDomain[5].WindowS!.Value, seconds.Sum(i => i.ExecutionsPerS!.Value * i.WindowS), 1e-9);
    }

    [Fact]
    public void What_no_domain_used_of_a_pcpu_was_idle_also_where_the_trace_cuts_idle_short()
    {
        // Idle from before the trace begins to 400 ms and from 600 ms to its end at 1000: no record says that it ran then.
        (RowSink rows, _) = Read(w =>
        {
            w.Record(0x2f004, 0, Driver, 0);
            Out(w, 0x2f000, 400 * Ms, Idle, 400 * Ms);
            In(w, 0x2f000, 400 * Ms, Guest, 0);
            Out(w, 0x2f000, 600 * Ms, Guest, 200 * Ms);
            In(w, 0x2f000, 600 * Ms, Idle, 0);
            w.Record(0x2f004, 1000 * Ms, Driver, 0);
        });
        Assert.Equal(0.2, rows.Of<DomainMetricsRow>().Single(d => d.Domid == Guest).CpuFraction!.Value, 1e-9);
        HostMetricsRow host = rows.Of<HostMetricsRow>().Single();
        Assert.Equal((0.2, 0.8), (Math.Round(host.CpuFraction!.Value, 9), Math.Round(host.IdleFraction!.Value, 9)));
    }

    [Fact]
    public void Events_belong_to_the_domain_that_was_switched_in_before_them()
    {
        (RowSink rows, _) = Read(w =>
        {
            In(w, 0x2f000, 0, Guest, 0);
            w.Record(0x20f101, 10, 1, 0, 32).Record(0x20f101, 20, 1, 0, 32);
            Out(w, 0x2f000, 1000 * Ms, Guest, 1000 * Ms);
        });
        Assert.Equal(2, rows.Of<DomainMetricsRow>().Single().EventChannelPerS!.Value, 1e-9);
    }

    [Fact]
    public void Waiting_is_unknown_since_the_record_has_a_vcpu_and_blocking_where_a_domain_moves()
    {
        (RowSink rows, _) = Read(
            w => w.Record(0x2800f, 0, Guest, 0, 5, 30 * Ms).Record(0x2800e, 500 * Ms, Guest, 0, 500 * Ms),
            w => w.Record(0x2800f, 500 * Ms, Guest, 0, 5, 30 * Ms).Record(0x2800e, 1000 * Ms, Guest, 0, 500 * Ms));
        DomainMetricsRow guest = rows.Of<DomainMetricsRow>().Single();
        Assert.Equal(("C", 1.0, null, null), (guest.Method, Math.Round(guest.CpuFraction!.Value, 9), guest.WaitFraction, guest.BlockFraction));
    }

    [Fact]
    public void Lost_records_end_what_was_open()
    {
        (RowSink rows, _) = Read(w =>
        {
            In(w, 0x2f000, 0, Guest, 0);
            w.Record(0x2f004, 100 * Ms, Guest, 0).Record(0x1f001, 900 * Ms, 7, Idle, 100 * Ms, 0);
            Out(w, 0x2f000, 1000 * Ms, Guest, 1000 * Ms);
        });
        DomainMetricsRow guest = rows.Of<DomainMetricsRow>().Single();
        Assert.True(guest.Lossy);
        Assert.Equal(0.1, guest.CpuFraction!.Value, 1e-9);
    }

    [Fact]
    public void Run_states_tell_more_and_are_used_where_they_are_however_late_they_come()
    {
        (RowSink rows, InputContext context) = Read(w =>
        {
            In(w, 0x28000, 0, Guest, 0);
            Out(w, 0x28000, 100 * Ms, Guest, 100 * Ms);
            w.Runstate(100 * Ms, Guest, 0, 0, 2).Runstate(1000 * Ms, Guest, 0, 2, 1);
        });
        DomainMetricsRow guest = rows.Of<DomainMetricsRow>().Single();
        Assert.Equal(("M", 0.1, null), (guest.Method, Math.Round(guest.CpuFraction!.Value, 12), guest.CpuUsPerExecution));
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceMethodC);
    }

    [Fact]
    public void Run_states_only_count_where_method_C_is_asked_for()
    {
        static void Switches(TraceWriter w)
        {
            In(w, 0x28000, 0, Guest, 0);
            w.Record(0x28006, 100 * Ms, Guest, 0);
            Out(w, 0x28000, 100 * Ms, Guest, 100 * Ms);
            In(w, 0x28000, 100 * Ms, Idle, 0);
        }

        (RowSink alone, _) = Read(w =>
        {
            Switches(w);
            w.Record(0x28010, 1000 * Ms);
        });

        // Two changes to running, one from it, and another to running at the end, all of a vcpu that the switches contradict.
        (RowSink asked, InputContext context) = Read(new IngestSettings { Method = MetricMethod.C }, w =>
        {
            w.Runstate(0, Guest, 1, 1, 0);
            Switches(w);
            w.Runstate(200 * Ms, Guest, 0, 1, 0).Runstate(300 * Ms, Guest, 0, 0, 2).Runstate(1000 * Ms, Guest, 0, 2, 0);
        });
        Assert.Equal(alone.Of<DomainMetricsRow>().Single() with { EventsPerS = null }, asked.Of<DomainMetricsRow>().Single() with { EventsPerS = null });
        Assert.Equal(("C", 0.1), (asked.Of<DomainMetricsRow>().Single().Method, Math.Round(asked.Of<DomainMetricsRow>().Single().CpuFraction!.Value, 12)));
        Assert.Equal(4, asked.Of<TraceEventRow>().Where(e => e.EventId >> 12 == 0x21).Sum(e => e.Records));
        Assert.Contains("asked for", asked.Of<PcpuStateRow>().Single().StatesReason, StringComparison.Ordinal);
        Assert.Empty(context.Findings.ToList());
    }

    [Fact]
    public void Of_a_real_trace_method_C_tells_the_same_executions_and_leaves_out_the_time_of_switching()
    {
        string folder = Path.Combine(Repository.SampleLab, "runs", "base-100-r1");
        DomainMetricsRow[] Metrics(MetricMethod method) =>
        [
            .. TraceReading.Read(() => TraceReading.Open(Path.Combine(folder, "xentrace.bin.zst")), TraceReading.Manifest(folder), new IngestSettings { Method = method }).Rows
                .Of<DomainMetricsRow>().Where(d => d.ExecutionsPerS is not null).OrderBy(d => d.Domid),
        ];
        DomainMetricsRow[] m = Metrics(MetricMethod.M), c = Metrics(MetricMethod.C);
        Assert.Equal(m.Select(d => d.Domain), c.Select(d => d.Domain));
        Assert.All(c.Zip(m), pair =>
        {
            Assert.Equal(("C", "M"), (pair.First.Method, pair.Second.Method));
            // From SWITCH_INFPREV to SWITCH_INFNEXT the pcpu is nobody's by method C: 17 to 21 us of each execution here.
            Assert.InRange(pair.Second.CpuFraction!.Value - pair.First.CpuFraction!.Value, 0, 25e-6 * pair.Second.ExecutionsPerS!.Value);
            Assert.Equal(pair.Second.ExecutionsPerS.Value, pair.First.ExecutionsPerS!.Value, 1 / pair.First.WindowS!.Value);
            Assert.Equal(pair.First.PagesPerS is null, pair.First.PagesReason?.Contains("method C", StringComparison.Ordinal) == true);
        });
    }

    private static void In(TraceWriter trace, uint @base, ulong at, uint domain, uint waitedNs) => trace.Record(@base + 15, at, domain, waitedNs, 30 * Ms);

    private static void Out(TraceWriter trace, uint @base, ulong at, uint domain, uint ranNs) => trace.Record(@base + 14, at, domain, ranNs);

    private static void AssertMeasures(DomainMetricsRow row, double cpu, double wait, double block, double executionsPerS) =>
        Assert.Equal(
            ("C", cpu, wait, block, executionsPerS),
            (row.Method, Math.Round(row.CpuFraction!.Value, 9), Math.Round(row.WaitFraction!.Value, 9), Math.Round(row.BlockFraction!.Value, 9), Math.Round(row.ExecutionsPerS!.Value, 9)));

    private static (RowSink Rows, InputContext Context) Read(params Action<TraceWriter>[] pcpus) => Read(new IngestSettings(), pcpus);

    private static (RowSink Rows, InputContext Context) Read(IngestSettings settings, params Action<TraceWriter>[] pcpus)
    {
        var trace = new TraceWriter();
        for (uint pcpu = 0; pcpu < pcpus.Length; pcpu++)
            trace.Window(pcpu, pcpus[pcpu]);
        byte[] bytes = trace.ToArray();
        RunManifest run = TraceReading.Unnamed(events: "all", tscHz: 1e9);
        return TraceReading.Read(() => new MemoryStream(bytes), run, settings);
    }
}
