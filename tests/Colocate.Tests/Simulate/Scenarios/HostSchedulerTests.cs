using Colocate.Simulate.Machine;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>Whole hosts under every scheduler.</summary>
public sealed class HostSchedulerTests
{
    public static TheoryData<string> All => [.. SchedulerCatalogue.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void What_fits_is_served_under_any_scheduler_and_all_time_is_accounted_for(string scheduler)
    {
        HostModel model = SmallHost.Model(SmallHost.Scenario(4, SmallHost.Loaded(100, poisson: false), SmallHost.Loaded(100, poisson: false)) with { Pcpus = 3, SchedulerName = scheduler });
        ScenarioResult result = model.Run(TestContext.Current.CancellationToken);
        Assert.All(result.Guests, g => Assert.Equal(100, g.ThroughputPerS!.Value, 2.0));
        Assert.All(model.Machine.Vcpus, v => Assert.Equal(4 * SmallHost.Second, Enum.GetValues<RunState>().Sum(v.InStateNs)));
        Assert.Equal(12 * SmallHost.Second, model.Machine.Vcpus.Sum(v => v.InStateNs(RunState.Running)) + model.Machine.Pcpus.Sum(p => p.IdleNs));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Two_saturated_guests_of_equal_weight_get_equal_shares_or_a_pcpu_each(string scheduler)
    {
        HostScenario scenario = SmallHost.Scenario(5, SmallHost.Loaded(3_000, timeoutS: 2), SmallHost.Loaded(3_000, timeoutS: 2)) with { SchedulerName = scheduler, Pcpus = scheduler == "null" ? 3 : 1 };
        double[] served = [.. SmallHost.Run(scenario).Guests.Select(g => g.ThroughputPerS!.Value)];
        Assert.True(served.Min() > 200, string.Join(", ", served));
        Assert.Equal(1, served[0] / served[1], 0.1);
    }

    [Theory]
    [InlineData("credit")]
    [InlineData("credit34")]
    [InlineData("credit2")]
    public void A_cap_holds_under_every_scheduler_that_has_caps(string scheduler)
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(5, SmallHost.Loaded(3_000, timeoutS: 2) with { CapFraction = 0.3 }) with { SchedulerName = scheduler });
        Assert.Equal(0.3, result.Guests[0].Activity.RunningTicks / 5e9, 0.02);
        Assert.True(result.Guests[0].Activity.OfflineTicks > 1e9);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Pins_give_the_driver_domain_a_pcpu_of_its_own(string scheduler)
    {
        HostScenario scenario = SmallHost.Scenario(3, SmallHost.Loaded(3_000, timeoutS: 2) with { Pins = [1] }) with { SchedulerName = scheduler, Pcpus = 2, DriverPins = [0] };
        HostModel model = SmallHost.Model(scenario);
        model.Run(TestContext.Current.CancellationToken);
        Assert.Equal([3 * SmallHost.Second, 3 * SmallHost.Second], model.Machine.Vcpus.Zip(model.Machine.Pcpus, (v, p) => v.InStateNs(RunState.Running) + p.IdleNs));
        Assert.All(model.Machine.Vcpus, v => Assert.Equal(0, v.InStateNs(RunState.Runnable)));
        Assert.All(model.Machine.Pcpus, p => Assert.Equal(0, p.GuestSwitches));
    }

    [Fact]
    public void Pins_that_no_pcpu_of_the_host_meets_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SmallHost.Model(SmallHost.Scenario(1, SmallHost.Idle() with { Pins = [3] }) with { Pcpus = 2 }));
        Assert.Throws<ArgumentException>(() => SmallHost.Model(SmallHost.Scenario(1, SmallHost.Idle()) with { DriverPins = [] }));
    }
}
