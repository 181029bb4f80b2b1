using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Experiments;
using Colocate.Tests.Simulate.Parameters;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;

namespace Colocate.Tests.Simulate.Experiments;

public sealed class LabPlanTests
{
    private static readonly RunRow[] s_runs =
    [
        Run("three") with { Kind = "three", RateFraction = null }, Run("sweep-b") with { Kind = "sweep", RateFraction = 0.5 }, Run("sweep-a") with { Kind = "sweep", RateFraction = 0.25 },
        Run("pair") with { Kind = "pair" }, Run("base"), Run("solo") with { Kind = "solo", RateFraction = 0.5 }, Run("sweep-unknown") with { Kind = "sweep" }, Run("pair-unclear") with { Kind = "pair", NicMbit = null },
    ];

    private static readonly RunDomainRow[] s_domains =
    [
        .. Domains("three", Small, Small, Large), .. Domains("sweep-a", Large.At(3), Small.At(20)), .. Domains("sweep-b", Small.At(30), Large.At(6)), .. Domains("pair", Large, Large),
        .. Domains("base", Small, Idle), .. Domains("solo", Small.At(30)), .. Domains("sweep-unknown", Small, Small with { Workload = "2KB" }), .. Domains("pair-unclear", Small, Small),
    ];

    [Fact]
    public void A_lab_is_its_runs_of_several_guests_every_pair_and_the_swept_pairs_in_ten_steps()
    {
        IReadOnlyList<Experiment> plan = LabPlan.Of(CalibratedHosts.Slow, s_runs, s_domains, []);
        Assert.Equal(
            ["like/pair", "like/sweep-a", "like/sweep-b", "like/sweep-unknown", "like/three", "pair/1KB+1KB", "pair/1KB+30KB", "pair/30KB+30KB",
             "sweep/1KB+30KB@0.10", "sweep/1KB+30KB@0.20", "sweep/1KB+30KB@0.30", "sweep/1KB+30KB@0.40", "sweep/1KB+30KB@0.50",
             "sweep/1KB+30KB@0.60", "sweep/1KB+30KB@0.70", "sweep/1KB+30KB@0.80", "sweep/1KB+30KB@0.90", "sweep/1KB+30KB@1.00"],
            plan.Select(e => e.Scenario));
        Assert.All(plan, e => Assert.StartsWith(e.Kind + "/", e.Scenario, StringComparison.Ordinal));
        Assert.Equal([1, 0.25, 0.5, 1, null, 1, 1, 1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], plan.Select(e => e.RateFraction));
        Assert.All(plan, e => Assert.Equal(e.Kind == "like" ? e.Scenario[5..] : null, e.LikeRun));
    }

    [Fact]
    public void Measured_runs_keep_their_own_rates_and_pairs_get_fractions_of_the_measured_B()
    {
        ILookup<string, double> offered = LabPlan.Of(CalibratedHosts.Slow, s_runs, s_domains, []).SelectMany(e => e.Host.Guests.Select(g => (e.Scenario, ((OpenLoad)g.Client!.Load).OfferedPerS))).ToLookup(g => g.Scenario, g => g.OfferedPerS);
        Assert.Equal([3, 20], offered["like/sweep-a"]);
        Assert.Equal([100, 100, 14], offered["like/three"]);
        Assert.Equal([60, 11.5], offered["pair/1KB+30KB"]);
        Assert.All(offered["sweep/1KB+30KB@0.30"].Zip([18, 3.45]), o => Assert.Equal(o.Second, o.First, 1e-9));
    }

    [Fact]
    public void Measured_runs_come_with_the_window_of_their_trace()
    {
        IReadOnlyList<Experiment> measured = LabPlan.Measured(s_runs, s_domains, [new() { Run = "solo", WindowS = 2.5 }, new() { Run = "pair", WindowS = null }]);
        Assert.Equal(["like/base", "like/pair", "like/solo", "like/sweep-a", "like/sweep-b", "like/sweep-unknown", "like/three"], measured.Select(e => e.Scenario));
        Assert.Equal([("solo", 2.5)], measured.Where(e => e.Host.WindowS is not null).Select(e => (e.LikeRun!, e.Host.WindowS!.Value)));
    }

    [Fact]
    public void A_lab_without_pairs_still_is_worth_its_unmeasured_ones() =>
        Assert.Equal(["pair/1KB+1KB", "pair/1KB+30KB", "pair/30KB+30KB"], LabPlan.Of(CalibratedHosts.Slow, [Run("base")], Domains("base", Small), []).Select(e => e.Scenario));

    private static RunDomainRow[] Domains(string run, params Load[] loads) => [Driver(run), .. loads.Select((load, i) => Guest(run, i + 1, load))];
}
