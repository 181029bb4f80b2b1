using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted <see cref="RegressionTrainer"/>.</summary>
internal sealed class RegressionModel(RegressionTrainer trainer, FeatureSpace space, IRegressor regressor) : ITrainedModel
{
    public SoloSpace Solo => space.Solo;

    public IReadOnlyList<string> PairFeatures => [.. space.Features.Select(f => f.Name)];

    public double Combined(PairProfile pair)
    {
        PairInput input = space.Solo.Pair(pair);
        return trainer.Prior(input) + regressor.Predict(space.Standardise(input));
    }

    public double? PriorOf(PairProfile pair) => trainer.HasPrior ? trainer.Prior(space.Solo.Pair(pair)) : null;

    public FeatureEffect EffectOf(PairProfile pair, int feature)
    {
        double[] row = space.Standardise(space.Solo.Pair(pair));
        double value = row[feature], whole = regressor.Predict(row);
        row[feature] = 0;
        return new FeatureEffect(whole - regressor.Predict(row), value);
    }

    public string? DefinitionOf(int feature) => space.Features[feature].Definition;

    public IReadOnlyDictionary<string, byte[]> Save() => new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        [RegressionTrainer.SpaceEntry] = SavedJson.Write(SavedFit.Of(space)),
        [RegressionTrainer.RegressorEntry] = regressor.Save(),
    };
}
