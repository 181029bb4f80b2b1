using Colocate.Simulate.Clients;
using Colocate.Simulate.Machine;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

public sealed class DeterminismTests
{
    private static readonly HostScenario s_scenario = SmallHost.Scenario(3, SmallHost.Loaded(700), SmallHost.Loaded(60, 51_200), SmallHost.Idle());

    [Fact]
    public void The_same_seed_gives_the_same_run() => Assert.Equal(Counters(s_scenario), Counters(s_scenario));

    [Fact]
    public void Runs_side_by_side_are_what_they_are_alone()
    {
        HostScenario[] scenarios = [.. Enumerable.Range(0, 12).Select(i => s_scenario with { Seed = i % 4, DurationS = 1 })];
        string[] alone = [.. scenarios.Take(4).Select(Counters)];
        var together = new string[scenarios.Length];
        Parallel.For(0, scenarios.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, i => together[i] = Counters(scenarios[i]));
        Assert.Equal(scenarios.Select((_, i) => alone[i % 4]), together);
        Assert.Equal(4, alone.Distinct().Count());
    }

    [Fact]
    public void Going_in_steps_changes_nothing_and_the_clock_does_not_go_back()
    {
        HostModel stepped = SmallHost.Model(s_scenario), whole = SmallHost.Model(s_scenario);
        for (long nowNs = 0; nowNs < 2 * SmallHost.Second; nowNs += 777_777)
            stepped.AdvanceTo(nowNs, TestContext.Current.CancellationToken);
        stepped.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        whole.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        Assert.Equal(Totals(whole), Totals(stepped));
        Assert.Throws<ArgumentOutOfRangeException>(() => stepped.AdvanceTo((2 * SmallHost.Second) - 1, TestContext.Current.CancellationToken));

        static (long, long, long, long) Totals(HostModel model) =>
            (model.Events, model.Clients[0]!.ReplyNs, model.Card.BytesSent, model.Machine.Vcpus.Sum(v => v.InStateNs(RunState.Running) * (v.Executions + 1)));
    }

    /// <summary>Chance of one guest does not depend on the others, so a scenario differs from another only by what was changed.</summary>
    [Fact]
    public void A_guest_added_leaves_the_arrivals_of_the_others_as_they_were()
    {
        HostModel alone = SmallHost.Model(SmallHost.Scenario(3, SmallHost.Loaded(50))), beside = SmallHost.Model(SmallHost.Scenario(3, SmallHost.Loaded(50), SmallHost.Loaded(80)));
        for (int ms = 10; ms <= 3_000; ms += 10)
        {
            alone.AdvanceTo(ms * 1_000_000L, TestContext.Current.CancellationToken);
            beside.AdvanceTo(ms * 1_000_000L, TestContext.Current.CancellationToken);
            Assert.Equal(alone.Clients[0]!.Connections, beside.Clients[0]!.Connections);
        }

        Assert.InRange(alone.Clients[0]!.Connections, 100, 200);
    }

    /// <summary>What-ifs are compared in pairs: whatever is changed about the host or another guest, the clients of a guest ask at the same times.</summary>
    [Fact]
    public void A_what_if_leaves_the_arrivals_of_an_unchanged_guest_as_they_were()
    {
        GuestScenario guest = SmallHost.Loaded(50), other = SmallHost.Loaded(80);
        HostScenario usual = SmallHost.Scenario(3, guest, other);
        HostScenario[] changed =
        [
            usual with { Pcpus = 2, DriverPins = [0], DriverVcpus = 2 },
            usual with { Guests = [guest, other with { Client = other.Client! with { Load = new ClosedLoad(5) { ThinkS = 0.01 } } }] },
            usual with { Guests = [guest, other with { Client = other.Client! with { Load = new OpenLoad(80) { Burst = 10 } } }] },
            usual with { Guests = [guest, ComputingGuestTests.Computing(0.5)] },
            usual with { Guests = [guest with { Vcpus = 2, CapFraction = 0.5, Client = guest.Client! with { OtherReplies = [new ReplyShare(9_000, 0.2)] } }, other] },
        ];
        string[] arrivals = [.. changed.Prepend(usual).Select(Arrivals)];
        Assert.Single(arrivals.Distinct());
        Assert.NotEqual(arrivals[0], Arrivals(usual with { Seed = 2 }));

        static string Arrivals(HostScenario scenario)
        {
            HostModel model = SmallHost.Model(scenario);
            return string.Join(' ', Enumerable.Range(1, 600).Select(step =>
            {
                model.AdvanceTo(step * 5_000_000L, TestContext.Current.CancellationToken);
                return model.Clients[0]!.Connections;
            }));
        }
    }

    private static string Counters(HostScenario scenario) => Counters(SmallHost.Run(scenario));

    /// <summary>Every number of a result, by the records' own text.</summary>
    private static string Counters(ScenarioResult result) =>
        string.Join('\n', [result.Driver.ToString(), result.Host.ToString(), .. result.Guests.Select(g => g.ToString()), result.Window.ToString(), result.SimEvents.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
}
