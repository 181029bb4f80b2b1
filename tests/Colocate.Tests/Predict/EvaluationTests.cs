using Colocate.Model.Errors;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Baselines;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Tests.Predict;

public sealed class EvaluationTests
{
    private static readonly EvaluationResult s_workload = SmallLab.Evaluate(SmallLab.Set, "workload");

    [Fact]
    public void Pairs_of_a_held_out_workload_never_influence_its_fold()
    {
        const string heldOut = "10KB";
        var poisoned = new TrainingSet(
            SmallLab.Profiles,
            SmallLab.Pairs.Select(p => p.Pair.Contains(heldOut) ? p with { ScoreA = 1e6, ScoreB = 1e6, Weight = 50 } : p));
        var clean = Predictions(s_workload, heldOut);
        Assert.NotEmpty(clean);
        Assert.Equal(clean, Predictions(SmallLab.Evaluate(poisoned, "workload"), heldOut));

        static List<(string, string, string, double, double?, double?, string?)> Predictions(EvaluationResult result, string fold) =>
            [.. result.Pairs.Where(p => p.HeldOut == fold).Select(p => (p.Model, p.WorkloadA, p.WorkloadB, p.Predicted, p.Low, p.High, p.Chosen))];
    }

    [Fact]
    public void A_held_out_pair_never_influences_its_prediction()
    {
        MeasuredPair victim = SmallLab.Pairs[4];
        var poisoned = new TrainingSet(SmallLab.Profiles, SmallLab.Pairs.Select(p => p == victim ? p with { ScoreA = 1e6, Weight = 50 } : p));
        Assert.Equal(Predictions(SmallLab.Set), Predictions(poisoned));

        List<(string, double, double?, double?)> Predictions(TrainingSet set) =>
        [
            .. SmallLab.Evaluate(set, "pair").Pairs.Where(p => p.WorkloadA == victim.Pair.A && p.WorkloadB == victim.Pair.B)
                .Select(p => (p.Model, p.Predicted, p.Low, p.High)),
        ];
    }

    [Fact]
    public void Every_trainer_and_baseline_and_auto_has_a_row_over_every_pair()
    {
        string[] expected = ["auto", .. TrainerCatalogue.All.Select(t => t.Name), .. BaselineCatalogue.For(SmallLab.Set).Select(b => b.Name)];
        Assert.Equal(expected, s_workload.Rows.Select(r => r.Model));
        int predictions = SmallLab.Pairs.Sum(p => p.Pair.IsEqualPair ? 1 : 2);
        Assert.All(s_workload.Rows, r => Assert.Equal(predictions, r.N));
        Assert.Equal(0, s_workload.Rows.Single(r => r.Model == "mean").Skill);
        Assert.All(s_workload.Pairs.Where(p => p.Model == "auto"), p => Assert.NotNull(TrainerCatalogue.Find(p.Chosen!)));
    }

    [Fact]
    public void A_slow_trainer_has_errors_alone_and_intervals_when_named()
    {
        EvaluationRow once = s_workload.Rows.Single(r => r.Model == "fast_tree");
        Assert.Equal((null, null, null, null), (once.Coverage, once.Width, once.Level, once.HalfCoverage));
        Assert.Contains("--trainer", once.IntervalReason, StringComparison.Ordinal);
        Assert.All(s_workload.Rows.Where(r => r.Model is "auto" or "ridge" or "mean"), r => Assert.True(r is { Coverage: not null, IntervalReason: null }));
        var study = new Study(SmallLab.Set, new StudySettings { Trainers = ["fast_tree"] });
        EvaluationRow nested = study.Evaluate([ProtocolCatalogue.Find("workload")!], null, TestContext.Current.CancellationToken).Rows.Single(r => r.Model == "fast_tree");
        Assert.NotNull(nested.Coverage);
        // Inner folds add intervals and change no prediction.
        Assert.Equal(once.Mae, nested.Mae);
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => new Study(SmallLab.Set, new StudySettings { Trainers = ["oracle"] })).ExitCode);
    }

    [Fact]
    public void Auto_predicts_what_its_chosen_trainer_predicts() =>
        Assert.All(s_workload.Pairs.Where(p => p.Model == "auto"), auto => Assert.Contains(
            s_workload.Pairs, p => p.Model == auto.Chosen && p.HeldOut == auto.HeldOut && p.WorkloadA == auto.WorkloadA && p.WorkloadB == auto.WorkloadB && p.Predicted == auto.Predicted && p.Low == auto.Low));

    [Fact]
    public void Two_threads_find_the_same()
    {
        EvaluationResult two = SmallLab.Evaluate(SmallLab.Set, "workload", parallelism: 2);
        Assert.Equal(s_workload.Rows, two.Rows);
        Assert.Equal(s_workload.Pairs, two.Pairs);
    }

    [Fact]
    public void Progress_counts_every_fit_and_cancellation_stops()
    {
        var study = new Study(SmallLab.Set, new StudySettings());
        var seen = new Recorder();
        study.Evaluate([ProtocolCatalogue.Find("workload")!], seen, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, seen.Reports[0].Total), seen.Reports.Select(r => r.Done));
        Assert.Throws<OperationCanceledException>(() => study.Evaluate([ProtocolCatalogue.Find("pair")!], null, new CancellationToken(true)));
    }

    [Fact]
    public void Errors_weigh_repeats_and_half_count_a_pair_predicted_twice()
    {
        // (a, b): errors 0.1 and 0.3 from two folds, two repeats; (a, a): error 0.5, one repeat.
        EvaluationPairRow[] pairs =
        [
            Held("a", "a", "b", 1.0, 1.1, 2), Held("b", "a", "b", 1.0, 0.7, 2), Held("a", "a", "a", 2.0, 1.5, 1),
        ];
        EvaluationRow row = ErrorSummary.Of(pairs, "trainer", 0.9, 0.5);
        Assert.Equal(((0.1 + 0.3) + 0.5) / 3, row.Mae, 1e-12);
        Assert.Equal(((0.1 + 0.3) + 0.25) / 3, row.Mape, 1e-12);
        Assert.Equal(Math.Sqrt(((0.01 + 0.09) + 0.25) / 3), row.Rmse, 1e-12);
        Assert.Equal(1 - (row.Mae / 0.5), row.Skill!.Value, 1e-12);
        // Each interval is the prediction +- 0.2: the first holds its score. By pair: (1/2 + 0 + 0) / 2.
        Assert.Equal(0.25, row.Coverage!.Value, 1e-12);
        Assert.Equal(0.4, row.Width!.Value, 1e-12);
    }

    [Fact]
    public void Equal_values_share_their_ranks()
    {
        Assert.Equal([1, 2.5, 2.5, 4], RankCorrelation.Ranks([0.1, 0.3, 0.3, 0.9]));
        // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: sum of products 4.5, of squares 4.5 and 5.
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Spearman([0.1, 0.3, 0.3, 0.9], [1, 3, 2, 4])!.Value, 1e-12);
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3], [9, 4, 1])!.Value, 1e-12);
        Assert.Null(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Spearman([1, 2], [1, 2]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0.9, 0)]
    public void Settings_out_of_range_are_wrong_use(double level, int parallelism) =>
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => new Study(SmallLab.Set, new StudySettings { Level = level, Parallelism = parallelism })).ExitCode);

    private static EvaluationPairRow Held(string fold, string a, string b, double measured, double predicted, double weight) => new()
    {
        Protocol = "workload", Model = "m", HeldOut = fold, WorkloadA = a, WorkloadB = b, Measured = measured, Predicted = predicted,
        Low = predicted - 0.2, High = predicted + 0.2, Weight = weight,
    };

    private sealed class Recorder : IProgress<StudyProgress>
    {
        public List<StudyProgress> Reports { get; } = [];

        public void Report(StudyProgress value) => Reports.Add(value);
    }
}
