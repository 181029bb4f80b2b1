using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class IdentificationTests
{
    private static readonly FittedParameter[] s_fitted = [new(P.Request, 5000, 500, 20_000), new(P.RequestKb, 60, 1, 1000), new(P.MonitorRate, 28, 1, 200)];

    /// <summary>One workload of 1 KB: what a request costs and what a KiB costs are one number to it, and nothing tells the rate of monitoring but executions.</summary>
    private static readonly IReadOnlyList<CalibrationRun> s_runs = new SyntheticLab(HostParameters.Start)
        .Add("base", "base", [Small], loadS: 2).Add("solo", "solo", [Small.At(20)], 0.5, loadS: 2).Add("idle", "idle", [Idle], null, loadS: 2).Runs;

    private static readonly CalibrationResult s_best = new(HostParameters.Start, s_fitted, s_runs, [], [], [HostParameters.Start], [1, 1, 1], 0, 0);

    [Fact]
    public void What_the_runs_tell_is_sure_and_what_they_do_not_is_left_to_the_prior()
    {
        Identifiability found = Find(1, 12, profiles: true);
        Assert.Equal(1, found.Misfit);
        Assert.InRange(found.StandardErrors[0], 0.001, 0.1);
        Assert.InRange(found.StandardErrors[1], 0.4, 1.2);
        Assert.True(found.Directions[0].Eigenvalue < 3 && found.Directions[^1].Eigenvalue > 100);
        Assert.Equal(1, found.Directions[0].Loadings[1], 0.1);
        Assert.All(found.Directions.Zip(found.Directions.Skip(1)), d => Assert.True(d.First.Eigenvalue <= d.Second.Eigenvalue));
        Assert.Equal(12, found.Accepted.Count);
        Assert.InRange(found.Draws, 12, 36);
        Assert.All(found.Accepted, a => Assert.InRange(a.Parameters[P.Request], 3800, 6500));
        Assert.All(found.Accepted, a => Assert.Equal(HostParameters.Start[P.Switch], a.Parameters[P.Switch]));
        ProfilePoint[] request = [.. found.Profiles.Where(p => p.Parameter.Definition == P.Request)];
        Assert.Equal(5, request.Length);
        Assert.True(request[0].Loss > request[2].Loss && request[^1].Loss > request[2].Loss);
        Assert.All(request.Zip(request.Skip(1)), p => Assert.True(p.First.Value < p.Second.Value));
    }

    [Fact]
    public void The_same_seed_gives_the_same_vectors_whatever_the_number_of_jobs_and_another_seed_gives_others()
    {
        string one = Values(Find(1, 4, jobs: 1));
        Assert.Equal(one, Values(Find(1, 4, jobs: 2)));
        Assert.NotEqual(one, Values(Find(2, 4)));

        static string Values(Identifiability found) => string.Join(' ', found.Accepted.SelectMany(a => s_fitted.Select(f => a.Parameters[f.Definition].ToString("R", null))));
    }

    [Fact]
    public void Without_vectors_and_profiles_there_are_errors_all_the_same()
    {
        Identifiability found = Find(1, 0);
        Assert.Equal((0, 0, 0, 7), (found.Accepted.Count, found.Profiles.Count, found.Draws, found.Evaluations));
        Assert.All(found.StandardErrors, e => Assert.InRange(e, 0.001, 1.2));
    }

    /// <summary>Every vector has a B of its own, that of a host with these parameters.</summary>
    [Fact]
    public void Replicas_go_through_the_vectors_and_each_is_held_against_its_own_base()
    {
        var settings = new ExperimentSettings { Replicas = 2 };
        CalibratedHost host = FittedHost.From(s_best, settings, 1, cancellation: TestContext.Current.CancellationToken);
        AcceptedVector[] accepted = [.. new[] { 4000.0, 5000, 9000 }.Select(v => new AcceptedVector(HostParameters.Start.With((P.Request, v)), 1))];
        CalibratedHost wide = FittedHost.WithAccepted(host, accepted, s_best, settings, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(host.Workloads[0].SimulatedBasePerS, wide.Accepted[1].SimulatedBasePerS["1KB"], 1e-9);
        Assert.True(wide.Accepted[0].SimulatedBasePerS["1KB"] > 1.3 * wide.Accepted[2].SimulatedBasePerS["1KB"]);

        // Alone and saturated, every vector comes to its own B.
        var laboratory = new Laboratory(wide, settings with { Replicas = 1 });
        ExperimentResult result = laboratory.Run([new Experiment("alone", "what_if", null, 1, s_runs[0].Scenario)], null, TestContext.Current.CancellationToken)[0];
        Assert.Equal((3, 3), (laboratory.Replicas, result.Run.Replicas));
        Assert.Equal(1, result.Run.Combined!.Value, 0.03);
        Assert.Equal(wide.Accepted.Average(a => a.SimulatedBasePerS["1KB"]), result.Domains[1].BasePerS!.Value, 9);
        Assert.Equal(result.Run.Combined.Value, result.Domains[1].Score!.Value, 9);
        Assert.Equal(2 * 2.919985580353723 * result.Run.CombinedStandardError!.Value * Math.Sqrt(4), result.Run.CombinedHigh!.Value - result.Run.CombinedLow!.Value, 6);
    }

    /// <summary>The truth charges 800 us for every switch after another vcpu; with it at 0, the fit to solo runs would leave pairs too good.</summary>
    [Fact]
    public void A_cost_that_only_pairs_show_is_found_from_their_runs()
    {
        HostParameters truth = HostParameters.Start.With((P.Cold, 800));
        IReadOnlyList<CalibrationRun> bases = new SyntheticLab(truth).Add("base", "base", [Small], loadS: 2).Runs;
        CalibrationResult result = s_best with { Runs = bases, Speeds = [1] };
        var settings = new ExperimentSettings { Replicas = 1 };
        CalibratedHost host = FittedHost.From(result, settings, 1, cancellation: TestContext.Current.CancellationToken);
        CalibratedHost true_ = FittedHost.From(result with { Parameters = truth }, settings, 1, cancellation: TestContext.Current.CancellationToken);
        var pair = new Experiment("like/pair", "like", "pair", 1, bases[0].Scenario with { Guests = [bases[0].Scenario.Guests[0], bases[0].Scenario.Guests[0] with { Domain = "vm2" }] });
        ExperimentResult measured = new Laboratory(true_, settings).Run([pair], null, TestContext.Current.CancellationToken)[0];
        PairFitResult found = PairFit.Of(
            host, result, [new PairRun("first", pair, [.. measured.Domains.Skip(1).Select(d => d.Score)])], settings, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(found.Host.Parameters[P.Cold], 500, 1200);
        Assert.True(found.Loss < 0.2 * found.LossBefore || found.LossBefore < 0.05, $"{found.Loss} of {found.LossBefore}");
        Assert.Equal(["pair"], found.Host.PairRuns);
        Assert.Contains(found.Host.Fitted, f => f.Definition == P.Cold);
        Assert.Equal([("pair", "vm1", "score", true), ("pair", "vm2", "score", true)], found.Residuals.Select(r => (r.Run, r.Domain, r.Observable, r.Fitted)));
        Assert.True(found.Host.Loss > 0);
        Assert.Equal(["base"], found.ResidualsAlone.Select(r => r.Run).Distinct());
        using var file = new MemoryStream();
        ParameterFile.Write(file, found.Host);
        file.Position = 0;
        Assert.Equal(found.Host.Fitted, ParameterFile.Read(file, "params.json").Fitted);
        Assert.All(host.Fitted, f => Assert.Equal(host.Parameters[f.Definition], found.Host.Parameters[f.Definition]));
    }

    private static Identifiability Find(long seed, int accepted, bool profiles = false, int jobs = 2) => Identification.Of(
        s_best, new IdentificationSettings { Accepted = accepted, Profiles = profiles, Seed = seed, Jobs = jobs }, null, TestContext.Current.CancellationToken);
}
