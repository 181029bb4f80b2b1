using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted <see cref="HalvesTrainer"/>.</summary>
internal sealed class HalvesModel(FeatureSpace space, IRegressor regressor) : ITrainedModel
{
    public SoloSpace Solo => space.Solo;

    public IReadOnlyList<string> PairFeatures => [.. space.Features.Select(f => f.Name)];

    public double Combined(PairProfile pair)
    {
        PairInput input = space.Solo.Pair(pair);
        return regressor.Predict(space.Standardise(input)) + regressor.Predict(space.Standardise(input.Swap()));
    }

    public double? PriorOf(PairProfile pair) => null;

    /// <summary>A feature is taken from either order, so both halves move; its value is the mean of the two.</summary>
    public FeatureEffect EffectOf(PairProfile pair, int feature)
    {
        PairInput input = space.Solo.Pair(pair);
        FeatureEffect first = OfHalf(input, feature), second = OfHalf(input.Swap(), feature);
        return new FeatureEffect(first.Move + second.Move, (first.Value + second.Value) / 2);
    }

    public string? DefinitionOf(int feature) => space.Features[feature].Definition;

    public IReadOnlyDictionary<string, byte[]> Save() => new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        [HalvesTrainer.SpaceEntry] = SavedJson.Write(SavedFit.Of(space)),
        [HalvesTrainer.RegressorEntry] = regressor.Save(),
    };

    private FeatureEffect OfHalf(PairInput input, int feature)
    {
        double[] row = space.Standardise(input);
        double value = row[feature], whole = regressor.Predict(row);
        row[feature] = 0;
        return new FeatureEffect(whole - regressor.Predict(row), value);
    }
}
