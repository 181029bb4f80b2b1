using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

/// <summary>How far repeats lie apart, beside errors.</summary>
public sealed class RepeatSpreadTests
{
    [Fact]
    public void Spread_is_weighted_by_repeats_and_says_of_which_pairs_it_is()
    {
        MeasuredPair[] pairs = [.. SmallLab.Pairs.Select((p, i) => i == 0 ? p with { Weight = 3, CombinedSd = 0.1 } : i == 1 ? p with { Weight = 1, CombinedSd = 0.02 } : p)];
        EvaluationRow row = Row(pairs);
        Assert.Equal((0.3 + 0.02) / 4, row.RepeatSpread!.Value, 1e-12);
        Assert.Equal(((0.3 / pairs[0].Combined) + (0.02 / pairs[1].Combined)) / 4, row.RepeatSpreadRelative!.Value, 1e-12);
        Assert.Equal((2, $"of 2 of {pairs.Length} pairs; the others were measured once"), (row.RepeatedPairs!.Value, row.RepeatReason));
    }

    [Fact]
    public void Without_repeats_it_is_unknown_with_a_reason()
    {
        EvaluationRow once = Row([.. SmallLab.Pairs.Select(p => p with { Weight = 1 })]), merged = Row(SmallLab.Pairs);
        Assert.Equal((null, null, null, 0, "no pair was measured twice"), (once.RepeatSpread, once.RepeatSpreadRelative, once.MatchingGapAttainable, once.RepeatedPairs, once.RepeatReason));
        Assert.Null(merged.RepeatSpread);
        Assert.Contains("a row of its own", merged.RepeatReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_more_repeats_spread_the_less_of_the_gap_can_be_closed()
    {
        double none = Attainable(1e-9), little = Attainable(0.03), much = Attainable(0.5);
        Assert.Equal(1, none, 1e-6);
        Assert.InRange(little, much, 1);
        Assert.InRange(much, -0.5, 0.8);

        static double Attainable(double sd) => Row([.. SmallLab.Pairs.Select(p => p with { CombinedSd = sd })]).MatchingGapAttainable!.Value;
    }

    private static EvaluationRow Row(IReadOnlyList<MeasuredPair> pairs) => new RepeatSpread(new TrainingSet(SmallLab.Profiles, pairs), 1).AddTo(new EvaluationRow { MatchingGapClosed = 0.5 });
}
