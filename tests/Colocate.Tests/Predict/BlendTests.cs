using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Tests.Predict;

/// <summary>The blend: weights from held-out predictions, and what it is made of.</summary>
public sealed class BlendTests
{
    private static readonly IReadOnlyList<Fold> s_folds = CrossFit.FoldsOf(SmallLab.Set);

    [Fact]
    public void All_weight_goes_to_a_member_that_is_right()
    {
        var selection = new EnsembleSelection(s_folds, [Fit(_ => 0.3), Fit(p => p.Combined), Fit(p => p.Combined + 0.2)]);
        Assert.Equal([0, 1, 0], selection.Weights(without: -1));
    }

    [Fact]
    public void Members_that_err_to_both_sides_share_the_weight_by_their_errors()
    {
        // 0.1 too high and 0.3 too low: three quarters and one cancel out.
        double[] weights = new EnsembleSelection(s_folds, [Fit(p => p.Combined + 0.1), Fit(p => p.Combined - 0.3)]).Weights(without: -1);
        Assert.Equal(0.75, weights[0], 1e-12);
        Assert.Equal(1, weights.Sum(), 1e-12);
    }

    [Fact]
    public void What_a_fold_held_out_has_no_say_in_its_own_weights()
    {
        int poisoned = 2;
        var selection = new EnsembleSelection(s_folds, [Fit(p => p.Combined, poisoned, 9), Fit(p => p.Combined + 0.01)]);
        Assert.Equal([1, 0], selection.Weights(poisoned));
        Assert.NotEqual([1, 0], selection.Weights(without: 0));
    }

    [Fact]
    public void A_blend_predicts_the_weighted_mean_of_its_members_and_so_do_its_folds()
    {
        IModelTrainer ridge = (IModelTrainer)TrainerCatalogue.Find("ridge")!, trees = (IModelTrainer)TrainerCatalogue.Find("half_trees")!;
        (IModelTrainer Trainer, CrossFit Fit)[] members = [.. new[] { ridge, trees }.Select(t => (t, CrossFit.Of(SmallLab.Set, p => t.Fit(p, 1))))];
        CrossFit blend = BlendTrainer.Of(s_folds, members);
        double[] weights = new EnsembleSelection(s_folds, [.. members.Select(m => m.Fit)]).Weights(without: -1);
        PairProfile pair = SmallLab.Set.Known(SmallLab.Pairs[3].Pair);
        Assert.Equal(members.Zip(weights, (m, w) => w * m.Fit.Whole.Combined(pair)).Sum(), blend.Whole.Combined(pair), 1e-12);
        Assert.Equal(s_folds.Count, blend.Folds.Count);
        for (int k = 0; k < s_folds.Count; k++)
        {
            Assert.All(s_folds[k].Test.Zip(blend.HeldOut[k]), held =>
                Assert.Equal(held.Second, Math.Clamp(blend.Folds[k].Combined(SmallLab.Set.Known(held.First.Pair)), CrossFit.Least, CrossFit.Most), 1e-12));
        }
    }

    [Fact]
    public void A_member_moves_a_feature_by_its_weight()
    {
        var blend = (ITrainedModel)TrainerCatalogue.Find("blend")!.Fit(SmallLab.Set, 1);
        PairProfile pair = SmallLab.Set.Known(SmallLab.Pairs[5].Pair);
        Assert.NotEmpty(blend.PairFeatures);
        Assert.Equal(blend.PairFeatures.Count, blend.PairFeatures.Distinct().Count());
        Assert.All(Enumerable.Range(0, blend.PairFeatures.Count), f => Assert.True(double.IsFinite(blend.EffectOf(pair, f).Move)));
    }

    private static CrossFit Fit(Func<MeasuredPair, double> predict, int poisonedFold = -1, double poison = 0) => CrossFit.Of(
        s_folds,
        new Constant(),
        [.. s_folds.Select(_ => new Constant())],
        [.. s_folds.Select((f, k) => f.Test.Select(p => k == poisonedFold ? poison : predict(p)).ToArray())]);

    private sealed class Constant : IPairModel
    {
        public double Combined(PairProfile pair) => 1;
    }
}
