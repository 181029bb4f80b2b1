using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>
/// A regression of what a victim keeps beside an aggressor, on ordered features: every pair is a row in either order, and its combined score the sum of both predictions. Who suffers and who
/// presses need not be the same, which sums of both cannot tell.
/// </summary>
internal sealed class HalvesTrainer(string name, string basis, Func<SoloSpace, IReadOnlyList<PairFeature>> features, IRegression regression, int fewestPairs) : IModelTrainer
{
    public const string SpaceEntry = "features.json", RegressorEntry = "regressor";

    public string Name => name;

    public string Basis => basis;

    public int FewestPairs => fewestPairs;

    public int MostPairs => int.MaxValue;

    public IPairModel Fit(TrainingSet part, int seed)
    {
        SoloSpace solo = SoloSpace.Fit(part);
        PairInput[] pairs = [.. part.Pairs.Select(p => solo.Pair(part.Known(p.Pair)))];
        PairInput[] orders = [.. pairs, .. pairs.Select(p => p.Swap())];
        double[] once = [.. part.Pairs.Select(p => p.Weight)], weights = [.. once, .. once];
        FeatureSpace space = FeatureSpace.Fit(solo, orders, weights, features);
        var rows = new RegressionRows(
            [.. orders.Select(space.Standardise)],
            [.. part.Pairs.Select(p => p.ScoreA), .. part.Pairs.Select(p => p.ScoreB)],
            weights,
            [.. Folds.RowsHeldOut(part).Select(fold => fold.Concat(fold.Select(i => i + pairs.Length)).ToArray())]);
        return new HalvesModel(space, regression.Fit(rows, seed));
    }

    public ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries) =>
        new HalvesModel(SavedJson.Read<SavedFit>(entries[SpaceEntry]).Restore(features), regression.Load(entries[RegressorEntry]));
}
