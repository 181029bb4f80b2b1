using Colocate.Model.Errors;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class CalibratorTests
{
    private static readonly HostParameters s_truth = HostParameters.Start.With(
        (P.Request, 9000), (P.DriverReceive, 130), (P.DriverTransmit, 420), (P.GuestReceive, 150), (P.GuestSegment, 500), (P.Switch, 100), (P.Background, 600), (P.Monitor, 0.03));

    private static readonly IReadOnlyList<CalibrationRun> s_tiny = new SyntheticLab(s_truth).Add("base", "base", [Small], loadS: 2).Add("solo", "solo", [Large.At(6)], 0.5, loadS: 2).Runs;

    [Fact]
    public void A_host_of_known_costs_is_recovered_from_its_solo_runs()
    {
        IReadOnlyList<CalibrationRun> runs = new SyntheticLab(s_truth)
            .Add("base-1-a", "base", [Small], loadS: 3, seed: 2).Add("base-1-b", "base", [Small], loadS: 3, seed: 3).Add("base-30", "base", [Large], loadS: 3, seed: 2)
            .Add("solo-1", "solo", [Small.At(30)], 0.5, loadS: 2).Add("solo-30", "solo", [Large.At(6)], 0.5, loadS: 2).Runs;
        CalibrationResult result = Fit(runs, new CalibrationSettings { Evaluations = 44 });
        var problem = new CalibrationProblem(runs, searching: false, new ParallelOptions());
        problem.LearnSensitivities([HostParameters.Start]);
        Assert.True(result.Loss < 0.15 * problem.Loss(problem.Simulate(HostParameters.Start)), $"{result.Loss}");
        double[] ratios = [.. result.Residuals.Where(r => r.Observable is "throughput_per_s" or "cpu_fraction").Select(r => r.Simulated / r.Measured)];
        Assert.All(ratios, r => Assert.Equal(1, r, 0.1));
        Assert.InRange(ratios.Average(r => Math.Abs(r - 1)), 0, 0.035);
        Assert.InRange(result.Evaluations, 30, 44);
        Assert.Equal((runs.Count, runs.Count), (result.Simulated.Count, result.Speeds.Count));
    }

    /// <summary>Another host: its own start values, and a parameter free that the catalogue does not fit. Everything else stays where it was put.</summary>
    [Fact]
    public void Only_the_parameters_that_are_listed_move_and_they_start_where_the_list_says()
    {
        HostParameters fixedAt = HostParameters.Start.With((P.Switch, 90), (P.CardInterrupt, 100));
        HostParameters truth = fixedAt.With((P.Tick, 600), (P.Request, 8000));
        IReadOnlyList<CalibrationRun> runs = [.. new SyntheticLab(truth).Add("base", "base", [Small], loadS: 2).Add("solo", "solo", [Small.At(20)], 0.5, loadS: 2).Runs.Select(r => r with { SpeedSd = 0 })];
        FittedParameter[] fitted = [new(P.Request, 9000, 100, 20_000), new(P.Tick, 300, 10, 5000) { PriorSd = 3 }];
        CalibrationResult result = Fit(runs, new CalibrationSettings { Start = fixedAt, Fitted = fitted, Evaluations = 60 });
        Assert.Equal([P.Request, P.Tick], result.Fitted.Select(f => f.Definition));
        Assert.InRange(result.Parameters[P.Request], 7600, 8400);
        Assert.InRange(result.Parameters[P.Tick], 400, 900);
        // One factor moves all CPU times, and nothing else moves what is not listed.
        double factor = result.Parameters[P.Switch] / fixedAt[P.Switch];
        Assert.Equal(factor, result.Fitted[0].Start / 9000, 9);
        Assert.Equal(100, result.Parameters[P.CardInterrupt]);
        Assert.All(result.Speeds, s => Assert.Equal(1, s));
    }

    /// <summary>The search must not end worse than it began, however few candidates it may try.</summary>
    [Fact]
    public void A_host_that_is_right_at_the_start_stays_right()
    {
        IReadOnlyList<CalibrationRun> runs = new SyntheticLab(HostParameters.Start).Add("base", "base", [Small], loadS: 2).Runs;
        CalibrationResult result = Fit(runs, new CalibrationSettings { Evaluations = 1 });
        Assert.InRange(result.Loss, 0, 1e-6);
        Assert.All(P.All.Where(p => p.IsFitted), p => Assert.Equal(p.Start, result.Parameters[p], 1e-6 * p.Start));
    }

    [Fact]
    public void The_same_runs_and_seed_give_the_same_file_whatever_the_number_of_jobs_and_another_seed_gives_another()
    {
        byte[] one = File(1, 1);
        Assert.Equal(one, File(1, 2));
        Assert.NotEqual(one, File(2, 2));

        static byte[] File(long seed, int jobs)
        {
            CalibrationResult result = Fit(s_tiny, new CalibrationSettings { Evaluations = 24, Seed = seed, Jobs = jobs });
            using var stream = new MemoryStream();
            // The seed stands in the file; it must not be all that differs.
            ParameterFile.Write(stream, FittedHost.From(result, new ExperimentSettings { Jobs = jobs, Replicas = 2 }, seed: 0, cancellation: TestContext.Current.CancellationToken));
            return stream.ToArray();
        }
    }

    [Fact]
    public void Progress_counts_candidates_and_a_cancelled_search_ends_at_once()
    {
        var seen = new List<CalibrationProgress>();
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Calibrator.Fit(s_tiny, new CalibrationSettings { Evaluations = 100 }, new Listener(p =>
        {
            seen.Add(p);
            if (seen.Count == 2)
                cancellation.Cancel();
        }), cancellation.Token));
        Assert.Equal([(16, 100), (27, 100)], seen.Select(p => (p.Evaluations, p.Of)));
        Assert.True(seen[1].Loss <= seen[0].Loss);
    }

    [Fact]
    public void Without_a_base_run_that_answered_there_is_nothing_to_fit()
    {
        AssertRefused([]);
        AssertRefused([.. s_tiny.Where(r => r.Kind != "base")]);
        AssertRefused([s_tiny[0] with { Measured = s_tiny[0].Measured with { ThroughputPerS = null } }]);
        AssertRefused([s_tiny[0] with { Measured = s_tiny[0].Measured with { ThroughputPerS = 0 } }]);

        static void AssertRefused(IReadOnlyList<CalibrationRun> runs)
        {
            RequestException e = Assert.Throws<RequestException>(() => Fit(runs, new CalibrationSettings()));
            Assert.Equal((ExitCode.NothingMatched, "no base run tells enough to be simulated"), (e.ExitCode, e.Message));
            Assert.Contains("load_s", e.Remedy, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Hosts 20 times faster than the start, 4 times slower, and as slow as a fit may find one, asked in proportion. Every fitted cost is compared, for
    /// each stops at the end of its range.
    /// </summary>
    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.2, 1)]
    [InlineData(4, 12)]
    [InlineData(20, 30)]
    public void One_factor_brings_the_costs_of_any_host_near(double factor, double loadS)
    {
        HostParameters truth = Scaled(factor);
        IReadOnlyList<CalibrationRun> runs = new SyntheticLab(truth)
            .Add("base-1", "base", [Small.At(60 / factor)], loadS: loadS, edit: Card).Add("base-30", "base", [Large.At(12 / factor)], loadS: loadS, edit: Card)
            .Add("solo-1", "solo", [Small.At(30 / factor)], loadS: loadS, edit: Card).Add("idle", "idle", [Idle], null, loadS: 1, edit: Card).Runs;
        HostParameters found = Scaled(CostScale.Fit(runs, new CalibrationProblem(runs, searching: true, new ParallelOptions()), HostParameters.Start, FittedParameter.Catalogue));
        Assert.All(P.All.Where(p => p.IsFitted), p => Assert.InRange(found[p] / truth[p], 1 / 1.2, 1.2));

        static HostParameters Scaled(double factor) => CostScale.Apply(HostParameters.Start, FittedParameter.Catalogue, factor);

        RunRow Card(RunRow run) => run with { NicMbit = 3.2 / factor };
    }

    private static CalibrationResult Fit(IReadOnlyList<CalibrationRun> runs, CalibrationSettings settings) => Calibrator.Fit(runs, settings, null, TestContext.Current.CancellationToken);

    private sealed class Listener(Action<CalibrationProgress> heard) : IProgress<CalibrationProgress>
    {
        public void Report(CalibrationProgress value) => heard(value);
    }
}
