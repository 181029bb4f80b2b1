using Colocate.Simulate.Machine;
using Colocate.Simulate.Scenarios;
using CsCheck;
using static Colocate.Tests.Simulate.Scenarios.ComputingGuestTests;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>Weights and caps of whole hosts under the credit scheduler.</summary>
public sealed class SharePropertyTests
{
    /// <summary>Accounting of the credit scheduler (30 ms) with the drift of its timer.</summary>
    private const long FirstNs = 30_000_000, PeriodNs = 30_040_000;

    /// <summary>
    /// Xen parks a vcpu at the accounting that finds it too deep in debt, so it can run through one period whatever its cap, then pays for it. Between
    /// any two accountings its credit falls by no more than that period and what the cap lets it save and owe, a cap's period each (csched_acct), and accounting
    /// knows of what was used up to the last tick alone, a third of a period earlier at most (burn_credits in csched_vcpu_acct). Caps are whole per cent, as Xen
    /// takes them: held against a cap that it rounds up, a guest is a little further above with each period.
    /// </summary>
    [Fact]
    public void A_capped_guest_never_gets_more_than_its_cap_and_a_period_with_what_it_saved_and_owes() => Gen.Select(Gen.Int[10, 90], Gen.Bool, Gen.Long[1, 1_000]).Sample(
        (capPercent, computes, seed) =>
        {
            double cap = capPercent / 100.0;
            GuestScenario guest = computes ? Computing(1) : SmallHost.Loaded(1_500, timeoutS: 1);
            HostModel model = SmallHost.Model(SmallHost.Scenario(3, guest with { CapFraction = cap }) with { Seed = seed });
            long[] used = [.. Enumerable.Range(0, 90).Select(period =>
            {
                model.AdvanceTo(FirstNs + (period * PeriodNs), TestContext.Current.CancellationToken);
                return model.Machine.Vcpus[1].InStateNs(RunState.Running);
            })];
            double worst = (from first in Enumerable.Range(0, used.Length) from last in Enumerable.Range(first, used.Length - first) select used[last] - used[first] - (cap * (last - first) * PeriodNs)).Max();
            Assert.True(worst <= (1 + (1 / 3.0) + (2 * cap)) * PeriodNs, $"cap {cap}, {(computes ? "computing" : "serving")}: {worst / PeriodNs} periods more");
        },
        iter: 40, threads: 1);

    /// <summary>
    /// Of guests that only compute, the lighter gets a little more than its weight's share, never less: accounting forgives debts beyond a period, and whoever is in
    /// debt takes turns, so what the driver domain leaves of its share is not shared by weight (csched_acct, csched_runq_sort).
    /// </summary>
    [Theory]
    [InlineData(256, 512, 0.035)]
    [InlineData(256, 256, 0.01)]
    [InlineData(100, 400, 0.035)]
    public void Guests_that_only_compute_share_by_weight(int first, int second, double more)
    {
        double[] cpu = Cpus(SmallHost.Scenario(8, Computing(1) with { Weight = first }, Computing(1) with { Weight = second }));
        double share = (double)first / (first + second);
        Assert.InRange(cpu[0] / cpu.Sum(), share - 0.01, share + more);
    }

    /// <summary>
    /// A driver domain whose weight covers what it uses (a third of the CPU, so half the weight of the guests together, and a little more) leaves the rest to be
    /// shared by weight. With less it is the bottleneck, and serves both alike whatever their weights.
    /// </summary>
    [Theory]
    [InlineData(256, 512, 420, 0.333, 0.02)]
    [InlineData(256, 256, 420, 0.5, 0.02)]
    [InlineData(256, 512, 16, 0.5, 0.03)]
    public void Saturated_servers_share_by_weight_when_the_driver_domain_keeps_up(int first, int second, int driver, double share, double slack)
    {
        GuestScenario guest = SmallHost.Loaded(1_500, timeoutS: 2);
        double[] cpu = Cpus(SmallHost.Scenario(8, guest with { Weight = first }, guest with { Weight = second }) with { DriverWeight = driver });
        Assert.Equal(share, cpu[0] / cpu.Sum(), slack);
    }

    private static double[] Cpus(HostScenario scenario) => [.. SmallHost.Run(scenario).Guests.Select(g => (double)g.Activity.RunningTicks)];
}
