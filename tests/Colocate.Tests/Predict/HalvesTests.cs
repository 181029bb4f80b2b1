using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;
using Colocate.Predict.Trainers;

namespace Colocate.Tests.Predict;

/// <summary>Learning what each of a pair keeps, and summing that.</summary>
public sealed class HalvesTests
{
    private static readonly TrainingSet s_set = SmallLab.Set;

    [Fact]
    public void Every_pair_is_a_row_in_either_order_and_both_are_held_out_together()
    {
        var seen = new Recorded();
        Trainer(seen).Fit(s_set, 1);
        int n = s_set.Pairs.Count;
        Assert.Equal([.. s_set.Pairs.Select(p => p.ScoreA), .. s_set.Pairs.Select(p => p.ScoreB)], seen.Rows!.Y);
        Assert.Equal([.. s_set.Pairs.Select(p => p.Weight), .. s_set.Pairs.Select(p => p.Weight)], seen.Rows.Weights);
        Assert.All(seen.Rows.Folds, fold => Assert.All(fold, row => Assert.Contains((row + n) % (2 * n), fold)));
        Assert.Equal(Folds.RowsHeldOut(s_set).Sum(fold => fold.Length) * 2, seen.Rows.Folds.Sum(fold => fold.Length));
    }

    [Fact]
    public void A_score_is_the_sum_of_both_halves_and_a_feature_moves_both()
    {
        // The regressor says the standardised first feature, which is that of the victim.
        var model = (ITrainedModel)Trainer(new Recorded()).Fit(s_set, 1);
        PairProfile pair = s_set.Known(s_set.Pairs.First(p => !p.Pair.IsEqualPair).Pair);
        FeatureEffect effect = model.EffectOf(pair, 0);
        Assert.StartsWith("victim_", model.PairFeatures[0], StringComparison.Ordinal);
        Assert.Equal(model.Combined(pair), effect.Move, 1e-12);
        Assert.Equal(effect.Move / 2, effect.Value, 1e-12);
        Assert.Equal(0, Enumerable.Range(1, model.PairFeatures.Count - 1).Sum(f => Math.Abs(model.EffectOf(pair, f).Move)));
        Assert.NotEqual(0, model.Combined(pair));
    }

    private static HalvesTrainer Trainer(IRegression regression) => new("halves", "a test", PairFeatureCatalogue.AllOfHalf, regression, 0);

    private sealed class Recorded : IRegression
    {
        public RegressionRows? Rows { get; private set; }

        public IRegressor Fit(RegressionRows rows, int seed)
        {
            Rows = rows;
            return new LinearRegressor(0, [1, .. new double[rows.Features - 1]]);
        }

        public IRegressor Load(byte[] saved) => throw new NotSupportedException();
    }
}
