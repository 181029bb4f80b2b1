using Colocate.Ingest.Formats;
using Colocate.Model.Metrics;
using Colocate.Model.Tables;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>
/// What ingest reads out of a simulated run's trace is what the simulator counted itself. On one pcpu to the nanosecond; on several to one in
/// a million, because a record on another pcpu than the one before comes a tick later.
/// </summary>
public sealed class IngestAgreementTests
{
    private static readonly Dictionary<string, HostScenario> s_scenarios = new()
    {
        ["a guest alone"] = SmallHost.Scenario(2, SmallHost.Loaded(900)),
        ["a pair, from a moment on"] = SmallHost.Scenario(3, SmallHost.Loaded(500), SmallHost.Loaded(40, 51_200)) with { WindowStartS = 0.7, WindowS = 1.5 },
        ["a guest with a cap"] = SmallHost.Scenario(2, SmallHost.Loaded(900) with { CapFraction = 0.2 }, SmallHost.Loaded(300)),
        ["two pcpus and three guests"] = SmallHost.Scenario(2, SmallHost.Loaded(1_200), SmallHost.Loaded(40, 51_200), SmallHost.Idle()) with { Pcpus = 2 },
        ["more pcpus than vcpus"] = SmallHost.Scenario(1, SmallHost.Loaded(700)) with { Pcpus = 5 },
    };

    public static TheoryData<string> Scenarios => [.. s_scenarios.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Run_states_executions_and_wakes_are_the_simulators_own(string name)
    {
        (ScenarioResult result, RowSink rows, double tolerance) = Read(name);
        var vcpus = TracedRun.Vcpus(rows);
        DomainActivity[] domains = [result.Driver, .. result.Guests.Select(g => g.Activity)];
        Assert.Equal(domains.Select((_, d) => (d, 0L)), vcpus.Keys.Where(k => k.Domid != 32_767));
        for (int d = 0; d < domains.Length; d++)
        {
            DomainActivity own = domains[d];
            AssertNear([own.RunningTicks, own.RunnableTicks, own.BlockedTicks, own.OfflineTicks], vcpus[(d, 0)].States, tolerance * result.Window.LengthTicks);
            Assert.Equal([own.Executions, own.Wakes, 0], vcpus[(d, 0)].Counts);
        }

        AssertNear([result.Host.IdleTicks], [vcpus.Where(v => v.Key.Domid == 32_767).Sum(v => v.Value.States[0])], tolerance * result.Window.LengthTicks);
        Assert.Equal(name == "a guest with a cap", domains[1].OfflineTicks > 0);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Metrics_of_the_host_are_the_simulators_own(string name)
    {
        (ScenarioResult result, RowSink rows, double tolerance) = Read(name);
        HostMetricsRow own = MetricFormulas.Fill(new HostMetricsRow(), result.Host, result.Window), read = rows.Of<HostMetricsRow>().Single();
        AssertNear(Figures(own), Figures(read), tolerance);
        Assert.True(own is { PagesPerS: > 100, EventChannelPerS: > 100, SwitchesPerS: > 100 });

        static double[] Figures(HostMetricsRow r) =>
        [
            r.SwitchesPerS!.Value, r.GuestSwitchesPerS!.Value, r.ExecutionsPerS!.Value, r.EventChannelPerS!.Value, r.PagesPerS!.Value, r.PagesMappedPerS!.Value, r.PagesCopiedPerS!.Value,
            r.PagesPerExecution!.Value, r.CpuFraction!.Value, r.IdleFraction!.Value,
        ];
    }

    /// <summary>Copies name no guest, so ingest shares them out by wakes: pages of guests add up to the driver domain's, each alone is its estimate.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Metrics_of_domains_are_the_simulators_own(string name)
    {
        (ScenarioResult result, RowSink rows, double tolerance) = Read(name);
        DomainMetricsRow[] own = [.. ((DomainActivity[])[result.Driver, .. result.Guests.Select(g => g.Activity)]).Select(a => MetricFormulas.Fill(new DomainMetricsRow(), a, result.Window))];
        DomainMetricsRow[] read = [.. rows.Of<DomainMetricsRow>().OrderBy(r => r.Domid)];
        Assert.Equal(own.Length, read.Length);
        for (int d = 0; d < own.Length; d++)
            AssertNear(Figures(own[d]), Figures(read[d]), tolerance);
        AssertNear([own[0].PagesPerS!.Value, own[0].PagesPerExecution!.Value], [read[0].PagesPerS!.Value, read[0].PagesPerExecution!.Value], tolerance);
        AssertNear([own[0].PagesPerS!.Value], [read.Skip(1).Sum(r => r.PagesPerS!.Value)], tolerance);
        Assert.Equal(("counted", "estimated"), (read[0].PagesBasis, read[1].PagesBasis));

        static double[] Figures(DomainMetricsRow r) =>
            [r.CpuFraction!.Value, r.WaitFraction!.Value, r.BlockFraction!.Value, r.OfflineFraction!.Value, r.ExecutionsPerS!.Value, r.SwitchesPerS!.Value, r.WakesPerS!.Value, r.EventChannelPerS!.Value];
    }

    /// <summary>Without a word about the clock, ingest finds its frequency in the run lengths that switches carry.</summary>
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(2_596_142_000)]
    [InlineData(10_000_000_000)]
    public void The_frequency_of_the_clock_shows_in_the_trace(long tscHz)
    {
        TracedRun run = TracedRun.Of(s_scenarios["a guest alone"], tscHz);
        DomainMetricsRow read = TracedRun.Ingest(run.Trace, tscHz: null).Of<DomainMetricsRow>().Single(r => r.Domid == 1);
        Assert.Equal(2, read.WindowS!.Value, 2e-5);
        Assert.Equal(run.Result.Guests[0].Activity.RunningTicks / 2e9, read.CpuFraction!.Value, 1e-5);
    }

    private static (ScenarioResult Result, RowSink Rows, double Tolerance) Read(string name)
    {
        TracedRun run = TracedRun.Of(s_scenarios[name]);
        return (run.Result, TracedRun.Ingest(run.Trace), s_scenarios[name].Pcpus == 1 ? 0 : 1e-5);
    }

    private static void AssertNear(IReadOnlyList<long> expected, IReadOnlyList<long> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.Second, p.First - tolerance, p.First + tolerance));

    /// <summary>Quotients may differ in their last bits, for ingest divides by a window in seconds of its own.</summary>
    private static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, (tolerance + 1e-12) * Math.Max(1, p.First)));
}
