using Colocate.Model.Metrics;
using Colocate.Simulate.Machine;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout;

/// <summary>The window of the metrics cuts times and counts exactly.</summary>
public sealed class WindowTests
{
    private static readonly HostScenario s_scenario = SmallHost.Scenario(3, SmallHost.Loaded(700), SmallHost.Loaded(40, 51_200), SmallHost.Idle());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void States_add_up_to_the_window_and_running_and_idle_to_the_pcpus(int pcpus)
    {
        ScenarioResult result = Cut(s_scenario with { Pcpus = pcpus }, 0.7, 1.3);
        Assert.Equal(new Window(700_000_000, 1_300_000_000, 1e9), result.Window);
        Assert.All(Domains(result), d => Assert.Equal(1_300_000_000, d.RunningTicks + d.RunnableTicks + d.BlockedTicks + d.OfflineTicks));
        Assert.Equal(pcpus * 1_300_000_000L, Domains(result).Sum(d => d.RunningTicks) + result.Host.IdleTicks);
        Assert.Equal(pcpus, result.Host.Pcpus);
    }

    [Fact]
    public void Times_and_counts_are_those_between_the_two_moments()
    {
        ScenarioResult result = Cut(s_scenario, 0.7, 1.3);
        HostModel model = SmallHost.Model(s_scenario);
        model.AdvanceTo(700_000_000, TestContext.Current.CancellationToken);
        long[][] opened = Totals();
        model.AdvanceTo(2_000_000_000, TestContext.Current.CancellationToken);
        long[][] closed = Totals();
        Assert.Equal(closed.Zip(opened, (c, o) => c.Zip(o, (x, y) => x - y)), Domains(result).Select(d => (IEnumerable<long>)[d.RunningTicks, d.RunnableTicks, d.BlockedTicks, d.OfflineTicks, d.Executions, d.Wakes]));

        long[][] Totals() => [.. model.Machine.Vcpus.Select(v => (long[])[.. Enum.GetValues<RunState>().Select(v.InStateNs), v.Executions, v.Wakes])];
    }

    [Fact]
    public void Windows_side_by_side_add_up_to_the_whole()
    {
        ScenarioResult whole = Cut(s_scenario, 0, null);
        ScenarioResult[] parts = [Cut(s_scenario, 0, 0.9), Cut(s_scenario, 0.9, 1.234_567), Cut(s_scenario, 0.9 + 1.234_567, null)];
        Assert.Equal(3_000_000_000, parts.Sum(p => p.Window.LengthTicks));
        for (int d = 0; d < Domains(whole).Length; d++)
            Assert.Equal(Sums([Domains(whole)[d]]), Sums([.. parts.Select(p => Domains(p)[d])]));
        Assert.Equal(HostSums([whole.Host]), HostSums([.. parts.Select(p => p.Host)]));
        Assert.Equal(whole.Host.Events, parts.Sum(p => p.Host.Events), 8.0);

        static double[] Sums(DomainActivity[] a) =>
        [
            a.Sum(d => d.RunningTicks), a.Sum(d => d.RunnableTicks), a.Sum(d => d.BlockedTicks), a.Sum(d => d.OfflineTicks), a.Sum(d => d.Executions), a.Sum(d => d.Wakes),
            a.Sum(d => d.EventChannelCalls!.Value), a.Sum(d => d.Pages!.Value.Mapped), a.Sum(d => d.Pages!.Value.Copied!.Value),
        ];

        static double[] HostSums(HostActivity[] a) =>
            [a.Sum(h => h.IdleTicks), a.Sum(h => h.Switches), a.Sum(h => h.GuestSwitches), a.Sum(h => h.Executions), a.Sum(h => h.DriverExecutions), a.Sum(h => h.EventChannelCalls!.Value)];
    }

    /// <summary>The load is over when the run is, so a longer window ends there.</summary>
    [Fact]
    public void A_window_ends_with_the_load_at_the_latest() => Assert.Equal(new Window(2_500_000_000, 500_000_000, 1e9), Cut(s_scenario, 2.5, 10).Window);

    [Fact]
    public void Throughput_is_that_of_the_load_whatever_the_window() =>
        Assert.Equal(Cut(s_scenario, 0, null).Guests.Select(Clients), Cut(s_scenario, 1, 0.25).Guests.Select(Clients));

    [Fact]
    public void A_window_that_starts_after_the_load_is_an_error() => Assert.ThrowsAny<ArgumentException>(() => Cut(s_scenario, 3.5, 1));

    private static ScenarioResult Cut(HostScenario scenario, double startS, double? lengthS) => SmallHost.Run(scenario with { WindowStartS = startS, WindowS = lengthS });

    private static DomainActivity[] Domains(ScenarioResult result) => [result.Driver, .. result.Guests.Select(g => g.Activity)];

    private static (double?, double?, double?, long, double?, long) Clients(GuestResult g) => (g.ThroughputPerS, g.ReplyMs, g.ConnectMs, g.Requests, g.NetKbPerS, g.TimeOuts);
}
