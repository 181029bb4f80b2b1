using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using CsCheck;

namespace Colocate.Tests.Predict;

public sealed class DecisionsTests
{
    [Fact]
    public void Regret_is_what_the_chosen_partner_costs_and_ties_are_shared()
    {
        EvaluationRow row = Row([Held("a", "a", "b", 1.5, 1.0), Held("a", "a", "c", 1.1, 1.2), Held("a", "a", "d", 0.9, 1.2)]);
        Assert.Equal((0.5, 0.5, 0.0, 1.0), (Math.Round(row.RegretMean!.Value, 12), Math.Round(row.RegretMax!.Value, 12), row.HitBest, row.HitBestThree));
    }

    [Fact]
    public void A_workload_that_was_held_out_chooses_in_its_own_fold()
    {
        // Each in its own fold: a chooses b, which is best; b chooses a before c, which costs 0.4; c chooses b, which is best.
        EvaluationRow row = Row(
        [
            Held("a", "a", "b", 1.5, 1.4), Held("a", "a", "c", 1.1, 1.2), Held("b", "a", "b", 1.5, 1.9), Held("b", "b", "c", 1.9, 1.0), Held("c", "a", "c", 1.1, 1.6),
            Held("c", "b", "c", 1.9, 1.7),
        ]);
        Assert.Equal((Math.Round(0.4 / 3, 12), 0.4, 2.0 / 3), (Math.Round(row.RegretMean!.Value, 12), Math.Round(row.RegretMax!.Value, 12), row.HitBest));
    }

    [Fact]
    public void Tied_predictions_hit_by_chance()
    {
        // Best is d; alone in front stands a; b, c, d and e are predicted alike: one of three places is taken, two are left for four.
        EvaluationRow row = Row([Held("x", "x", "a", 1, 2), Held("x", "x", "b", 1, 1), Held("x", "x", "c", 1, 1), Held("x", "x", "d", 1.5, 1), Held("x", "x", "e", 1, 1)]);
        Assert.Equal((0.0, 0.5), (row.HitBest, Math.Round(row.HitBestThree!.Value, 12)));
    }

    [Fact]
    public void A_perfect_order_closes_the_gap_and_a_constant_none_of_it()
    {
        double[] scores = [1.9, 1.2, 1.1, 1.3, 1.0, 1.6];
        (string A, string B)[] pairs = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")];
        // Divisions: ab|cd = 3.5, ac|bd = 2.2, ad|bc = 2.4.
        EvaluationRow right = Row([.. pairs.Select((p, i) => Held("f", p.A, p.B, scores[i], scores[i] / 2))]);
        Assert.Equal((3.5, 3.5, 2.2, 1.0), (right.MatchingTotal, right.MatchingOracle, right.MatchingWorst, right.MatchingGapClosed));
        Assert.Equal((3.5 + 2.2 + 2.4) / 3, right.MatchingRandom!.Value, 1e-12);
        EvaluationRow wrong = Row([.. pairs.Select((p, i) => Held("f", p.A, p.B, scores[i], -scores[i]))]);
        Assert.Equal((2.2 - 2.7) / (3.5 - 2.7), wrong.MatchingGapClosed!.Value, 1e-12);
        EvaluationRow constant = Row([.. pairs.Select((p, i) => Held("f", p.A, p.B, scores[i], 1))]);
        Assert.InRange(constant.MatchingGapClosed!.Value, -0.2, 0.2);
        Assert.Equal(constant, Row([.. pairs.Reverse().Select((p, i) => Held("f", p.A, p.B, scores[5 - i], 1))]));
    }

    [Fact]
    public void Predictions_of_a_pair_from_two_folds_are_averaged_before_matching()
    {
        // Each fold alone would choose ac|bd; their mean is right.
        EvaluationPairRow[] rows =
        [
            Held("a", "a", "b", 1.9, 3.0), Held("b", "a", "b", 1.9, 1.0), Held("a", "a", "c", 1.1, 1.4), Held("c", "a", "c", 1.1, 1.4),
            Held("c", "c", "d", 1.6, 1.5), Held("b", "b", "d", 1.0, 1.5), Held("a", "a", "d", 1.1, 0.2), Held("b", "b", "c", 1.1, 0.3),
        ];
        Assert.Equal(1, Row(rows).MatchingGapClosed);
    }

    [Fact]
    public void Guests_drawn_with_replacement_use_pairs_of_equal_workloads_too()
    {
        (string A, string B, double Score)[] pairs = [("a", "a", 1.9), ("a", "b", 1.0), ("a", "c", 1.1), ("a", "d", 1.2), ("b", "b", 1.8), ("b", "c", 1.0), ("b", "d", 1.3), ("c", "c", 1.7), ("c", "d", 1.1), ("d", "d", 1.6)];
        EvaluationRow right = Row([.. pairs.Select(p => Held("f", p.A, p.B, p.Score, p.Score))]);
        Assert.Equal(1, right.MatchingGapClosedDrawn!.Value, 1e-9);
        // Whoever keeps equal workloads apart does worse than chance there, and as well as anyone where each workload stands once.
        EvaluationRow apart = Row([.. pairs.Select(p => Held("f", p.A, p.B, p.Score, p.A == p.B ? 0.1 : p.Score))]);
        Assert.Equal(1, apart.MatchingGapClosed!.Value, 1e-9);
        Assert.True(apart.MatchingGapClosedDrawn < 0);
    }

    [Fact]
    public void The_smaller_errors_are_the_more_of_the_gap_is_to_be_expected_and_all_of_it_without_any()
    {
        var random = new Random(3);
        (string A, string B, double Score, double Error)[] pairs = [.. from i in Enumerable.Range(0, 10) from j in Enumerable.Range(i + 1, 9 - i) select ($"w{i}", $"w{j}", 1 + random.NextDouble(), random.NextDouble() - 0.5)];
        double none = Expected(0), little = Expected(0.2), much = Expected(2);
        Assert.Equal(1, none, 1e-9);
        Assert.InRange(little, 0.85, 0.999);
        Assert.InRange(much, 0, 0.75);
        // The draws tell it of auto alone.
        Assert.Null(Row([.. pairs.Select(p => Held("f", p.A, p.B, p.Score, p.Score))]).MatchingGapExpected);

        double Expected(double scale)
        {
            EvaluationPairRow[] rows = [.. pairs.Select(p => Held("f", p.A, p.B, p.Score, p.Score + (scale * p.Error)))];
            return new Decisions(rows, 1).AddTo(new EvaluationRow { Model = "auto" }, rows).MatchingGapExpected!.Value;
        }
    }

    [Fact]
    public void Within_a_fold_predictions_are_not_held_against_those_of_models_that_have_learned_their_scores()
    {
        // All that varies is chance, and each pair is predicted by the mean of the others: a pair that is high by chance is predicted lowest. Within a fold nothing is told apart.
        var random = new Random(5);
        (string A, string B, double Score)[] pairs = [.. from i in Enumerable.Range(0, 12) from j in Enumerable.Range(i + 1, 11 - i) select ($"w{i:00}", $"w{j:00}", 1 + random.NextDouble())];
        double all = pairs.Sum(p => p.Score);
        double[] folds = [.. Enumerable.Range(0, 3).Select(f => pairs.Where((_, i) => i % 3 == f).Sum(p => p.Score))];
        EvaluationRow apart = Row([.. pairs.Select(p => Held($"{p.A} {p.B}", p.A, p.B, p.Score, (all - p.Score) / (pairs.Length - 1)))]);
        Assert.True(apart.MatchingGapClosed < -0.5);
        Assert.Null(apart.MatchingGapClosedWithinFolds);
        EvaluationRow together = Row([.. pairs.Select((p, i) => Held($"{i % 3}", p.A, p.B, p.Score, (all - folds[i % 3]) / 44))]);
        Assert.InRange(together.MatchingGapClosedWithinFolds!.Value, -0.2, 0.2);
        EvaluationRow known = Row([.. pairs.Select((p, i) => Held($"{i % 3}", p.A, p.B, p.Score, p.Score))]);
        Assert.Equal(1, known.MatchingGapClosedWithinFolds!.Value, 1e-9);
    }

    [Fact]
    public void Only_measured_pairs_are_matched_and_without_a_choice_the_reason_is_told()
    {
        // The ring a-b-c-d has two divisions; a fifth workload beside a leaves one of the five alone.
        EvaluationPairRow[] ring = [Held("f", "a", "b", 1.5, 1), Held("f", "b", "c", 1.2, 2), Held("f", "c", "d", 1.5, 1), Held("f", "a", "d", 1.2, 2)];
        EvaluationRow row = Row(ring);
        Assert.Equal((2.4, 3.0), (Math.Round(row.MatchingTotal!.Value, 12), row.MatchingOracle));
        Assert.InRange(row.MatchingRandom!.Value, 2.5, 2.9);
        Assert.Equal(1 + 1.5 + 1.9, Row([.. ring, Held("f", "a", "e", 1.9, 1)]).MatchingOracle!.Value, 1e-12);
        EvaluationRow path = Row([Held("f", "a", "b", 1.5, 1), Held("f", "c", "d", 1.2, 2)]);
        Assert.Null(path.MatchingGapClosed);
        Assert.Contains("the same", path.MatchingReason, StringComparison.Ordinal);
        Assert.Contains("fewer than four", Row([Held("f", "a", "b", 1.5, 1), Held("f", "a", "c", 1.2, 2)]).MatchingReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Halves_below_a_service_level_are_found_or_missed()
    {
        // Measured below 0.9: two of four halves; predicted: two, one of them right; one pair is admitted, wrongly.
        EvaluationRow row = Row([Halves(0.95, 0.85, 0.95, 0.92), Halves(0.95, 0.7, 0.85, 0.6)]);
        Assert.Equal((0.5, 0.5, 1.0), (row.Slo90Precision, row.Slo90Recall, row.Slo90WronglyAdmitted));
        Assert.Equal((1.0, 1.0, 0.0), (row.Slo80Precision, row.Slo80Recall, row.Slo80WronglyAdmitted));
        EvaluationRow none = Row([Halves(0.95, 0.95, 0.95, 0.95)]);
        Assert.Equal((null, null, 0.0), (none.Slo90Precision, none.Slo90Recall, none.Slo90WronglyAdmitted));
    }

    [Fact]
    public void A_guard_admits_by_lower_bounds_and_is_told_how_often_it_was_wrong()
    {
        EvaluationPairRow[] pairs =
        [
            Halves(0.95, 0.85, 0.97, 0.96) with { LowA = 0.91, LowB = 0.9 }, Halves(0.95, 0.95, 0.97, 0.96) with { LowA = 0.91, LowB = 0.9 }, Halves(0.95, 0.95, 0.97, 0.96) with { LowA = 0.91, LowB = 0.85 },
        ];
        EvaluationRow row = Row(pairs);
        Assert.Equal((2.0 / 3, 0.5, 1.0, 0.0), (row.Slo90GuardAdmitted, row.Slo90GuardWronglyAdmitted, row.Slo80GuardAdmitted, row.Slo80GuardWronglyAdmitted));
        // Of six halves one lies below its bound.
        Assert.Equal(5.0 / 6, ErrorSummary.Of([.. pairs.Select((p, i) => p with { WorkloadB = $"b{i}", Low = 0, High = 2 })], "trainer", 0.9, null).HalfCoverage!.Value, 1e-12);
        Assert.Null(Row([Halves(0.95, 0.95, 0.95, 0.95)]).Slo90GuardAdmitted);
    }

    [Fact]
    public void Kendall_counts_couples()
    {
        // Couples: 1-2 and 1-3 rise on both sides, 2-3 falls.
        Assert.Equal(1.0 / 3, RankCorrelation.Kendall([1, 2, 3], [1, 3, 2])!.Value, 1e-12);
        // One couple is tied on the left: (2 - 0) / sqrt(2 x 3).
        Assert.Equal(2 / Math.Sqrt(6), RankCorrelation.Kendall([1, 1, 2], [1, 2, 3])!.Value, 1e-12);
        Assert.Null(RankCorrelation.Kendall([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Kendall([1, 2], [1, 2]));
    }

    [Fact]
    public void The_share_of_the_gap_never_exceeds_one_and_the_worst_never_beats_chance() => Gen.Select(Gen.Int[4, 7], Gen.Double[0.1, 2].Array[21], Gen.Double[0.1, 2].Array[21]).Sample(
        (n, measured, predicted) =>
        {
            EvaluationRow row = Row(
            [
                .. from i in Enumerable.Range(0, n) from j in Enumerable.Range(i + 1, n - i - 1) let k = ((i * 7) + j) % 21 select Held("f", $"w{i}", $"w{j}", measured[k], predicted[k]),
            ]);
            Assert.InRange(row.MatchingTotal!.Value, row.MatchingWorst!.Value - 1e-9, row.MatchingOracle!.Value + 1e-9);
            Assert.InRange(row.MatchingRandom!.Value, row.MatchingWorst!.Value - 1e-9, row.MatchingOracle!.Value + 1e-9);
        },
        iter: 300);

    private static EvaluationRow Row(EvaluationPairRow[] pairs) => new Decisions(pairs, 1).AddTo(new EvaluationRow(), pairs);

    private static EvaluationPairRow Halves(double a, double b, double predictedA, double predictedB) =>
        Held("f", "a", "b", a + b, predictedA + predictedB) with { MeasuredA = a, MeasuredB = b, PredictedA = predictedA, PredictedB = predictedB };

    private static EvaluationPairRow Held(string fold, string a, string b, double measured, double predicted) =>
        new() { Protocol = "workload", Model = "m", HeldOut = fold, WorkloadA = a, WorkloadB = b, Measured = measured, Predicted = predicted, Weight = 1 };
}
