using Colocate.Simulate.Guests;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>Guests that use the CPU and nothing else.</summary>
public sealed class ComputingGuestTests
{
    [Theory]
    [InlineData("cpu", 1.0)]
    [InlineData("cpu:0.5", 0.5)]
    [InlineData("cpu:1", 1.0)]
    [InlineData("cpu:0", null)]
    [InlineData("cpu:1.5", null)]
    [InlineData("cpu:", null)]
    [InlineData("cpu:-0.5", null)]
    [InlineData("cpus", null)]
    [InlineData("1KB", null)]
    public void Names_tell_how_much_is_computed(string workload, double? fraction) => Assert.Equal(fraction, ComputingLoad.Named(workload)?.Fraction);

    /// <summary>The other half percent is the driver domain's own; the fraction has 300 bursts of chance.</summary>
    [Theory]
    [InlineData(1, 0.93, 1)]
    [InlineData(0.5, 0.45, 0.55)]
    [InlineData(0.2, 0.16, 0.24)]
    public void Alone_it_gets_what_it_wants(double fraction, double least, double most) =>
        Assert.InRange(Cpu(SmallHost.Run(SmallHost.Scenario(10, Computing(fraction)) with { Pcpus = 1 }), 0), least, most);

    [Fact]
    public void Two_vcpus_compute_on_two_pcpus()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(2, Computing(1) with { Vcpus = 2 }) with { Pcpus = 3 });
        Assert.Equal(2, Cpu(result, 0), 0.01);
    }

    /// <summary>One of two vcpus always has the pcpu while the other waits for it, so the domain as a whole hardly waits.</summary>
    [Fact]
    public void A_domain_waits_only_while_none_of_its_vcpus_runs()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(2, Computing(1) with { Vcpus = 2 }));
        (long runnable, long wait, long block) = (result.Guests[0].Activity.RunnableTicks, result.Guests[0].Activity.DomainWaitTicks, result.Guests[0].Activity.DomainBlockTicks);
        Assert.InRange(runnable, 2e9, 2.2e9);
        Assert.Equal(2e9 - result.Guests[0].Activity.RunningTicks, wait + block, 1.0);
        Assert.True(wait > 0 && wait < 0.1 * runnable && block <= 1, $"{wait} {block}");
        SimulatedAsOne(result);

        // A domain of one vcpu waits when its vcpu does.
        static void SimulatedAsOne(ScenarioResult result) => Assert.Equal((result.Driver.RunnableTicks, result.Driver.BlockedTicks), (result.Driver.DomainWaitTicks, result.Driver.DomainBlockTicks));
    }

    [Fact]
    public void A_server_beside_it_still_serves_what_fits_into_its_share()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(5, SmallHost.Loaded(100, poisson: false), Computing(1)));
        Assert.Equal(100, result.Guests[0].ThroughputPerS!.Value, 3.0);
        Assert.Null(result.Guests[1].ThroughputPerS);
    }

    [Fact]
    public void Loads_out_of_range_are_refused()
    {
        foreach (ComputingLoad load in (ComputingLoad[])[new() { Fraction = 0 }, new() { Fraction = 1.1 }, new() { BurstS = 0 }])
            Assert.Throws<ArgumentException>(() => SmallHost.Model(SmallHost.Scenario(1, Computing(1) with { Computing = load })));
    }

    internal static GuestScenario Computing(double fraction) => new() { Domain = "batch", Workload = "cpu", Computing = new ComputingLoad { Fraction = fraction } };

    internal static double Cpu(ScenarioResult result, int guest) => result.Guests[guest].Activity.RunningTicks / (double)result.Window.LengthTicks;
}
