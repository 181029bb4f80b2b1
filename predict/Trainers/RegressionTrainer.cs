using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>A regression on pair features, alone or on what a prior leaves unexplained. Its models can be saved.</summary>
internal sealed class RegressionTrainer(
    string name,
    string basis,
    Func<SoloSpace, IReadOnlyList<PairFeature>> features,
    IRegression regression,
    Func<PairInput, double>? prior = null,
    int fewestPairs = 0,
    int mostPairs = int.MaxValue) : IModelTrainer
{
    public const string SpaceEntry = "features.json", RegressorEntry = "regressor";

    public string Name => name;

    public string Basis => basis;

    public int FewestPairs => fewestPairs;

    public int MostPairs => mostPairs;

    /// <summary>True when the regression is of what a prior leaves.</summary>
    public bool HasPrior => prior is not null;

    public double Prior(PairInput pair) => prior?.Invoke(pair) ?? 0;

    public IPairModel Fit(TrainingSet part, int seed)
    {
        SoloSpace solo = SoloSpace.Fit(part);
        PairInput[] pairs = [.. part.Pairs.Select(p => solo.Pair(part.Known(p.Pair)))];
        double[] weights = [.. part.Pairs.Select(p => p.Weight)];
        FeatureSpace space = FeatureSpace.Fit(solo, pairs, weights, features);
        var rows = new RegressionRows(
            [.. pairs.Select(space.Standardise)],
            [.. part.Pairs.Select((p, i) => p.Combined - Prior(pairs[i]))],
            weights,
            Folds.RowsHeldOut(part));
        return new RegressionModel(this, space, regression.Fit(rows, seed));
    }

    public ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries) =>
        new RegressionModel(this, SavedJson.Read<SavedFit>(entries[SpaceEntry]).Restore(features), regression.Load(entries[RegressorEntry]));
}
