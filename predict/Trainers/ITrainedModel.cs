using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted model that can be saved. Safe to use from several threads.</summary>
internal interface ITrainedModel : IPairModel
{
    /// <summary>The solo columns that it was fitted in.</summary>
    SoloSpace Solo { get; }

    /// <summary>Names of the pair features that it uses.</summary>
    IReadOnlyList<string> PairFeatures { get; }

    /// <summary>What a prediction starts from before anything learned; null when it starts from nothing.</summary>
    double? PriorOf(PairProfile pair);

    /// <summary>What one of <see cref="PairFeatures"/> does to a prediction.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="feature">Its place in the list.</param>
    FeatureEffect EffectOf(PairProfile pair, int feature);

    /// <summary>What one of <see cref="PairFeatures"/> is; null when its name says it.</summary>
    /// <param name="feature">Its place in the list.</param>
    string? DefinitionOf(int feature);

    /// <summary>Everything that <see cref="IModelTrainer.Restore"/> needs, by name; the same model gives the same bytes.</summary>
    IReadOnlyDictionary<string, byte[]> Save();
}
