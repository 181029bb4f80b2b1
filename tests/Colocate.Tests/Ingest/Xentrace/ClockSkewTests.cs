using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Clocks of pcpus that differ show when a vcpu moves between them.</summary>
public sealed class ClockSkewTests
{
    private const ulong Lag = 700;

    [Fact]
    public void A_clock_that_is_behind_is_found_with_its_least_lag()
    {
        Finding skew = Assert.Single(Findings(lag: Lag), f => f.Kind == DiagnosticCatalogue.TraceSkew);
        Assert.Equal(1, skew.Pcpu);
        Assert.Equal($"behind pcpu 0 by at least {Lag - 100} cycles", skew.Detail);
    }

    [Fact]
    public void Clocks_that_agree_are_not_accused() =>
        Assert.DoesNotContain(Findings(lag: 0), f => f.Kind == DiagnosticCatalogue.TraceSkew);

    [Fact]
    public void A_clock_is_corrected_when_asked_and_the_figures_are_those_of_clocks_that_agree()
    {
        (RowSink corrected, InputContext context) = Read(Lag, new IngestSettings { TscHz = 1e6, TscBehind = new Dictionary<int, ulong> { [1] = Lag } });
        (RowSink agreeing, _) = Read(lag: 0, new IngestSettings { TscHz = 1e6 });
        (RowSink asItIs, _) = Read(Lag, new IngestSettings { TscHz = 1e6 });
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceSkew || f.Kind == DiagnosticCatalogue.TraceStateMismatch);
        Assert.Equal(Guest(agreeing), Guest(corrected));
        Assert.NotEqual(Guest(agreeing), Guest(asItIs));

        static VcpuStateRow Guest(RowSink rows) => Assert.Single(rows.Of<VcpuStateRow>(), r => r.Domid == 1);
    }

    /// <summary>A vcpu goes back and forth between two pcpus, of which one is behind by more than the moves take: it arrives before it has left.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void A_vcpu_that_arrives_before_it_left_runs_where_it_arrived(ulong lag)
    {
        const uint guest = 1, idle = TraceWriter.Idle;
        (TraceWriter one, TraceWriter other) = (new(), new());
        one.Runstate(0, idle, 0, 0, 1).Runstate(0, guest, 0, 1, 0);
        for (ulong i = 1; i <= 200; i++)
        {
            ulong t = i * 4_000_000, there = t + 5_000 - lag, back = t + 2_000_000;
            one.Runstate(t, guest, 0, 0, 1).Runstate(t, idle, 0, 1, 0).Runstate(back + 5_000, idle, 0, 0, 1).Runstate(back + 5_000, guest, 0, 1, 0);
            other.Runstate(there, idle, 1, 0, 1).Runstate(there, guest, 0, 1, 0).Runstate(back - lag, guest, 0, 0, 1).Runstate(back - lag, idle, 1, 1, 0);
        }

        byte[] trace = new TraceWriter().Window(0, w => w.Bytes(one.ToArray())).Window(1, w => w.Bytes(other.ToArray())).ToArray();
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 1e9));
        DomainMetricsRow row = rows.Of<DomainMetricsRow>().Single(d => d.Domid == guest);
        Assert.Equal(1 - (200 * 10e-6 / 0.802), row.CpuFraction!.Value, (2 * lag / 4_000_000.0) + 0.001);
        Assert.Equal(400, rows.Of<VcpuStateRow>().Single(v => v.Domid == guest).Preemptions);
        Assert.Equal(401, rows.Of<VcpuStateRow>().Single(v => v.Domid == guest).Executions);
        Assert.False(row.Lossy);
        Assert.Equal(lag > 0 ? 200 : 0, context.Findings.ToList().Where(f => f.Kind == DiagnosticCatalogue.TraceSkew).Sum(f => f.Count));
    }

    /// <summary>As above, but it blocks on one pcpu and is woken on the other, so that two records come before the one that goes before them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void A_vcpu_that_is_woken_before_it_blocked_has_blocked_before(ulong lag)
    {
        const uint guest = 1;
        (TraceWriter one, TraceWriter other) = (new(), new());
        one.Runstate(0, guest, 0, 1, 0);
        for (ulong i = 1; i <= 200; i++)
        {
            ulong t = i * 4_000_000, there = t + 20_000 - lag, back = t + 2_000_000;
            one.Runstate(t, guest, 0, 0, 2).Runstate(back + 60_000, guest, 0, 2, 1).Runstate(back + 62_000, guest, 0, 1, 0);
            other.Runstate(there, guest, 0, 2, 1).Runstate(there + 2_000, guest, 0, 1, 0).Runstate(back - lag, guest, 0, 0, 2);
        }

        byte[] trace = new TraceWriter().Window(0, w => w.Bytes(one.ToArray())).Window(1, w => w.Bytes(other.ToArray())).ToArray();
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 1e9));
        DomainMetricsRow row = rows.Of<DomainMetricsRow>().Single(d => d.Domid == guest);
        Assert.Equal(1 - (200 * 84e-6 / 0.802), row.CpuFraction!.Value, (2 * lag / 4_000_000.0) + 0.001);
        Assert.Equal(400, rows.Of<VcpuStateRow>().Single(v => v.Domid == guest).Wakes);
        Assert.False(row.Lossy);
        Assert.Equal(lag > 0 ? 200 : 0, context.Findings.ToList().Where(f => f.Kind == DiagnosticCatalogue.TraceSkew).Sum(f => f.Count));
    }

    /// <summary>A vcpu that is woken on pcpu 0 runs on pcpu 1 a hundred cycles later, by a clock that is behind.</summary>
    private static IReadOnlyList<Finding> Findings(ulong lag) => Read(lag, new IngestSettings()).Context.Findings.ToList();

    /// <summary>All records of pcpu 1 are logged by its own clock.</summary>
    private static (RowSink Rows, InputContext Context) Read(ulong lag, IngestSettings settings)
    {
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Runstate(10_000, TraceWriter.Idle, 0, 1, 0).Runstate(11_000, 1, 0, 0, 2).Runstate(20_000, 1, 0, 2, 1).Runstate(50_000, TraceWriter.Idle, 0, 0, 1))
            .Window(1, w => w.Runstate(11_500 - lag, TraceWriter.Idle, 1, 1, 0).Runstate(20_100 - lag, 1, 0, 1, 0).Runstate(30_000 - lag, 1, 0, 0, 2))
            .ToArray();
        return TraceReading.Read(() => new MemoryStream(trace), settings: settings);
    }
}
