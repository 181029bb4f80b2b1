using Colocate.Simulate.Clients;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>The paper's hosts under two loaded guests: tasklets, flips, two hyper-threads, domains of two vcpus, XenMon.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class OldHostTests
{
    private static readonly HostScenario s_one = PaperTestbed.OnePcpu.Scenario([(1, 300), (30, 60)], 0.5, 1.5), s_two = PaperTestbed.TwoPcpus.Scenario([(1, 500), (30, 100)], 0.5, 1.5);

    private static readonly double s_switchS = SmallHost.Parameters[ParameterCatalogue.Switch] / 1e6;

    public static TheoryData<int> Pcpus => [1, 2];

    [Theory]
    [MemberData(nameof(Pcpus))]
    public void Ten_times_the_events_allocate_nothing_more_also_under_the_monitor(int pcpus)
    {
        HostModel model = SmallHost.Model(On(pcpus));
        model.AdvanceTo(3 * SmallHost.Second, TestContext.Current.CancellationToken);
        new XenMon(model.Domains, pcpus).Open(model.Machine, 3 * SmallHost.Second);
        model.AdvanceTo(4 * SmallHost.Second, TestContext.Current.CancellationToken);
        int atMs = 4_000;
        (long few, long fewEvents) = SmallHost.Allocated(model, ref atMs, 500, () => model.Events);
        (long many, long manyEvents) = SmallHost.Allocated(model, ref atMs, 5_000, () => model.Events);
        Assert.True(fewEvents > 4_000 && manyEvents > 9 * fewEvents, $"{fewEvents} and {manyEvents} events");
        Assert.Equal((0, 0), (few, many));
    }

    [Theory]
    [MemberData(nameof(Pcpus))]
    public void Runs_side_by_side_are_what_they_are_alone(int pcpus)
    {
        HostScenario[] scenarios = [.. Enumerable.Range(0, 6).Select(i => On(pcpus) with { Seed = i % 3 })];
        string[] alone = [.. scenarios.Take(3).Select(Text)];
        var together = new string[scenarios.Length];
        Parallel.For(0, scenarios.Length, new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken }, i => together[i] = Text(scenarios[i]));
        Assert.Equal(scenarios.Select((_, i) => alone[i % 3]), together);
        Assert.Equal(3, alone.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Pcpus))]
    public void A_vcpu_has_one_place_states_add_up_and_taken_and_flipped_packets_are_sent_or_waiting(int pcpus)
    {
        HostModel model = SmallHost.Model(On(pcpus));
        for (long nowNs = 0; nowNs <= SmallHost.Second; nowNs += 97_000)
        {
            model.AdvanceTo(nowNs, TestContext.Current.CancellationToken);
            int[] running = [.. model.Machine.Pcpus.Select(p => p.Current).Where(v => v != Dispatch.Idle)];
            Assert.Equal(running.Distinct().Order(), Enumerable.Range(0, model.Machine.Vcpus.Count).Where(v => model.Machine.Vcpus[v].State == RunState.Running));
            Assert.All(model.Machine.Vcpus, v => Assert.Equal(nowNs, Enum.GetValues<RunState>().Sum(v.InStateNs)));
            Assert.Equal(pcpus * nowNs, model.Machine.Vcpus.Sum(v => v.InStateNs(RunState.Running)) + model.Machine.Pcpus.Sum(p => p.IdleNs));
            long taken = model.Driver.Interfaces.Sum(i => i.Packets - i.Flips), onTheirWay = model.Card.PacketsSent + model.Card.Waiting;
            Assert.InRange(taken - onTheirWay, 0, TaskletNetback.MostPending);
        }

        Assert.All(model.Driver.Interfaces, i => Assert.True(i.Flips > 100 && i.Maps > 100 && i.Copies == 0, $"{i.Flips} flips"));
    }

    /// <summary>A server that is asked for more than one vcpu does: processes queue up beside a vcpu that has nothing to do unless it pulls some.</summary>
    [Fact]
    public void The_first_vcpu_of_a_guest_pulls_processes_that_queue_up()
    {
        HostScenario alone = PaperTestbed.TwoPcpus.Scenario([(1, 1500)], 0.5, 1);
        (long asleepNs, double perS) = Asleep(int.MaxValue);
        (long pullingAsleepNs, double pullingPerS) = Asleep(2);
        Assert.True(pullingAsleepNs < asleepNs / 2 && pullingPerS > perS, $"asleep for {asleepNs} and {pullingAsleepNs} ns, {perS} and {pullingPerS} replies per second");

        (long AsleepNs, double PerS) Asleep(int pullFrom)
        {
            HostModel model = SmallHost.Model(alone with { Guests = [alone.Guests[0] with { Server = alone.Guests[0].Server with { PullFrom = pullFrom } }] });
            ScenarioResult result = model.Run(TestContext.Current.CancellationToken);
            return (model.Machine.Vcpus[model.Domains.First(1)].InStateNs(RunState.Blocked), result.Guests[0].ThroughputPerS!.Value);
        }
    }

    /// <summary>Intervals that reach over an edge of the window are lost, so the sum is a little less.</summary>
    [Fact]
    public void On_one_pcpu_the_monitor_shows_the_whole_window_of_every_domain()
    {
        ScenarioResult result = SmallHost.Run(s_one);
        for (int domain = 0; domain < 3; domain++)
            Assert.InRange(result.XenMon!.CpuFraction(domain) + result.XenMon.WaitFraction(domain) + result.XenMon.BlockFraction(domain), 0.98, 1 + 1e-9);
        // To the monitor nobody has the pcpu while it switches.
        Assert.Equal((result.Driver.RunningTicks / 1.5e9) - (s_switchS * result.XenMon!.ExecutionsPerS(0)), result.XenMon.CpuFraction(0), 9);
        Assert.Equal(result.Driver.Executions / 1.5, result.XenMon.ExecutionsPerS(0), 0);
    }

    [Fact]
    public void On_two_pcpus_the_monitor_shows_half_of_the_time_running()
    {
        ScenarioResult result = SmallHost.Run(s_two);
        for (int domain = 0; domain < 3; domain++)
        {
            double half = (domain == 0 ? result.Driver : result.Guests[domain - 1].Activity).RunningTicks / 1.5e9 / 2, switching = s_switchS * result.XenMon!.ExecutionsPerS(domain);
            Assert.InRange(result.XenMon.CpuFraction(domain), half - (switching / SmallHost.Parameters[ParameterCatalogue.SharedSpeed]) - 1e-3, half - switching + 1e-3);
        }

        Assert.Null(SmallHost.Run(s_two with { Generation = s_two.Generation with { Monitor = MonitorKind.Xentrace } }).XenMon);
    }

    [Fact]
    public void Throughput_of_a_steady_state_counts_the_replies_of_the_window_alone()
    {
        HostScenario uneven = s_one with { Guests = [.. s_one.Guests.Select(g => g with { Client = g.Client! with { Load = ((OpenLoad)g.Client.Load) with { Poisson = true } } })] };
        HostModel stepped = SmallHost.Model(uneven);
        stepped.AdvanceTo(SmallHost.Second / 2, TestContext.Current.CancellationToken);
        long before = stepped.Clients[0]!.Replies;
        stepped.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        long replies = stepped.Clients[0]!.Replies;
        Assert.InRange(before, 100, replies - 100);
        Assert.NotEqual(replies / 2.0, (replies - before) / 1.5);
        Assert.Equal((replies - before) / 1.5, SmallHost.Run(uneven).Guests[0].ThroughputPerS!.Value, 9);
        Assert.Equal(replies / 2.0, SmallHost.Run(uneven with { CountsWindowOnly = false }).Guests[0].ThroughputPerS!.Value, 9);
    }

    [Fact]
    public void Boosted_wakes_are_some_of_the_wakes_where_the_scheduler_boosts_and_unknown_elsewhere()
    {
        Assert.All(SmallHost.Run(s_one).Guests, g => Assert.InRange(g.BoostedWakes!.Value, 1, g.Activity.Wakes));
        Assert.All(SmallHost.Run(s_one with { SchedulerName = "credit2" }).Guests, g => Assert.Null(g.BoostedWakes));
    }

    private static HostScenario On(int pcpus) => pcpus == 1 ? s_one : s_two;

    private static string Text(HostScenario scenario)
    {
        ScenarioResult result = SmallHost.Run(scenario);
        return string.Join('\n', [
            ResultRows.Driver(result).ToString(), ResultRows.Host(result).ToString(), .. result.Guests.Select((g, i) => $"{g} {ResultRows.Guest(result, i)}"),
            result.SimEvents.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }
}
