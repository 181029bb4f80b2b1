using Colocate.Predict.Features;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted model that can be saved. Safe to use from several threads.</summary>
internal interface ITrainedModel : IPairModel
{
    /// <summary>The solo columns that it was fitted in.</summary>
    SoloSpace Solo { get; }

    /// <summary>Names of the pair features that it uses.</summary>
    IReadOnlyList<string> PairFeatures { get; }

    /// <summary>Everything that <see cref="IModelTrainer.Restore"/> needs, by name; the same model gives the same bytes.</summary>
    IReadOnlyDictionary<string, byte[]> Save();
}
