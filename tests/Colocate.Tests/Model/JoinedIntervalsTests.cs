using Colocate.Model.Metrics;
using Colocate.Model.Tables;
using Colocate.Tests.Ingest.Runs;
using CsCheck;

namespace Colocate.Tests.Model;

/// <summary>What was counted in intervals of any length, with losses of any share, and joined is what counting over all of it gives.</summary>
public sealed class JoinedIntervalsTests
{
    private const double TicksPerS = 1e9;

    private const int Vcpus = 2;

    private static readonly Gen<long> s_count = Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1000]);

    /// <summary>Length, lost time of the domain and of the host, shares of what is known, counts; and what the trace shows at all.</summary>
    private static readonly Gen<Counted[]> s_counted = Gen.Select(
        Gen.Select(Gen.Long[1, 2_000_000_000], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.99], Gen.Const(1.0)), Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.9]), Gen.Double[0, 1].Array[3], s_count.Array[6]).Array[1, 6],
        Gen.Bool, Gen.Bool, Gen.Bool).Select((parts, calls, pages, copies) => parts.Select(p => new Counted(p.Item1, p.Item2, p.Item3, p.Item4, p.Item5, calls, pages, copies)).ToArray());

    [Fact]
    public void Joined_domains_are_what_counting_over_all_gives() => s_counted.Sample(parts =>
    {
        DomainIntervalRow joined = JoinedIntervals.Of([.. parts.Select(p => p.Domain)], 7);
        AssertAlike(MetricFormulas.Fill(joined with { MethodReason = null }, Sum(parts), Window(parts)), joined);
        Assert.Equal(7, joined.IntervalIndex);
    });

    [Fact]
    public void Joined_hosts_are_what_counting_over_all_gives() => s_counted.Sample(parts =>
    {
        HostIntervalRow joined = JoinedIntervals.Of([.. parts.Select(p => p.Host)], [.. parts.Select(p => p.Domain)], 7);
        var whole = new HostActivity
        {
            Pcpus = 1, IdleTicks = parts.Sum(p => p.HostActivity.IdleTicks), LostTicks = parts.Sum(p => p.HostActivity.LostTicks), Events = parts.Sum(p => p.HostActivity.Events),
            LostRecords = parts.Sum(p => p.HostActivity.LostRecords), Switches = parts.Sum(p => p.HostActivity.Switches), GuestSwitches = parts.Sum(p => p.HostActivity.GuestSwitches),
            Executions = parts.Sum(p => p.HostActivity.Executions), DriverExecutions = parts.Sum(p => p.HostActivity.DriverExecutions), EventChannelCalls = Sum(parts).EventChannelCalls, Pages = Sum(parts).Pages,
        };
        AssertAlike(MetricFormulas.Fill(joined with { MethodReason = null }, whole, Window(parts)), joined);
    });

    [Fact]
    public void Without_domain_0_pages_per_execution_of_the_host_are_unknown()
    {
        var part = new Counted(1_000_000_000, 0, 0, [0.5, 0.2, 0.1], [10, 20, 30, 40, 50, 60], true, true, true);
        HostIntervalRow joined = JoinedIntervals.Of([part.Host, part.Host], [], 0);
        Assert.Equal((null, "Domain-0 has no intervals"), (joined.PagesPerExecution, joined.PagesReason?.Split("; ")[^1]));
    }

    private static Window Window(Counted[] parts) => new(0, parts.Sum(p => p.Length), TicksPerS);

    private static DomainActivity Sum(Counted[] parts) => new()
    {
        Vcpus = Vcpus, RunningTicks = Sum(parts, a => a.RunningTicks), RunnableTicks = Sum(parts, a => a.RunnableTicks), BlockedTicks = Sum(parts, a => a.BlockedTicks), OfflineTicks = Sum(parts, a => a.OfflineTicks),
        LostTicks = Sum(parts, a => a.LostTicks), DomainWaitTicks = Sum(parts, a => a.DomainWaitTicks), DomainBlockTicks = Sum(parts, a => a.DomainBlockTicks), Executions = Sum(parts, a => a.Executions),
        Wakes = Sum(parts, a => a.Wakes), Events = Sum(parts, a => a.Events), WaitAfterWakeTicks = Sum(parts, a => a.WaitAfterWakeTicks!.Value), WaitAfterPreemptionTicks = Sum(parts, a => a.WaitAfterPreemptionTicks!.Value),
        EventChannelCalls = parts[0].HasCalls ? Sum(parts, a => a.EventChannelCalls!.Value) : null,
        Pages = parts[0].HasPages
            ? new PageCounts(parts.Sum(p => p.Activity.Pages!.Value.Mapped), parts.Sum(p => p.Activity.Pages!.Value.Transferred), parts[0].HasCopies ? parts.Sum(p => p.Activity.Pages!.Value.Copied) : null, false, parts.Sum(p => p.Activity.Pages!.Value.Unmapped))
            : null,
    };

    private static long Sum(Counted[] parts, Func<DomainActivity, long> of) => parts.Sum(p => of(p.Activity));

    private static void AssertAlike<TRow>(TRow expected, TRow actual)
        where TRow : class, new()
    {
        ReasonTests.AssertReasons(Table.Of<TRow>(), actual);
        foreach (Column column in Table.Of<TRow>().Columns.Where(c => c.Type == typeof(double)))
        {
            double? whole = (double?)column.Get(expected), joined = (double?)column.Get(actual);
            Assert.True(whole is null == joined is null && Math.Abs((whole ?? 0) - (joined ?? 0)) <= 1e-9 * Math.Max(1, Math.Abs(whole ?? 0)), $"{column.Name}: {whole} became {joined}");
        }
    }

    /// <summary>One interval of a domain and of the host.</summary>
    private sealed record Counted(long Length, double LostShare, double HostLostShare, double[] Shares, long[] Counts, bool HasCalls, bool HasPages, bool HasCopies)
    {
        // What lies wholly in a loss is not counted either.
        private long Lost => LostShare == 1 ? Vcpus * Length : (long)(LostShare * Vcpus * (Length - 1));

        private long Of(int count) => LostShare == 1 ? 0 : Counts[count];

        private long Time(int share) => (long)(Shares[share] / 3 * ((Vcpus * Length) - Lost));

        internal DomainActivity Activity => new()
        {
            Vcpus = Vcpus, RunningTicks = Time(0), RunnableTicks = Time(1), BlockedTicks = Time(2), OfflineTicks = 0, LostTicks = Lost, DomainWaitTicks = Time(1) / 2, DomainBlockTicks = Time(2) / 2,
            Executions = Of(0), Wakes = Of(1), Events = Of(2), WaitAfterWakeTicks = Time(1) / 3, WaitAfterPreemptionTicks = Time(1) / 4, EventChannelCalls = HasCalls ? Of(3) : null, Pages = Pages(Of),
        };

        internal HostActivity HostActivity => new()
        {
            Pcpus = 1, IdleTicks = (long)(Shares[0] * (Length - HostLost)), LostTicks = HostLost, Events = Counts[2], LostRecords = Counts[4], Switches = Counts[1], GuestSwitches = Counts[1], Executions = Counts[0],
            DriverExecutions = Of(0), EventChannelCalls = HasCalls ? Of(3) : null, Pages = Pages(Of),
        };

        internal DomainIntervalRow Domain => MetricFormulas.Fill(new DomainIntervalRow { WindowS = Length / TicksPerS }, Activity, new Window(0, Length, TicksPerS));

        internal HostIntervalRow Host => MetricFormulas.Fill(new HostIntervalRow { WindowS = Length / TicksPerS }, HostActivity, new Window(0, Length, TicksPerS));

        private long HostLost => (long)(HostLostShare * Length);

        private PageCounts? Pages(Func<int, long> of) => HasPages ? new PageCounts(of(4), of(5), HasCopies ? of(3) : null, false, of(5)) : null;
    }
}
