namespace Colocate.Predict.Trainers;

/// <summary>A trainer whose models can be saved.</summary>
internal interface IModelTrainer : IPairTrainer
{
    /// <summary>
    /// Training pairs from which <c>auto</c> considers it; 0 for trainers that fall back on a prior or on their mean when there is little to learn from. On
    /// fewer pairs than features an inner error says more of luck than of the trainer.
    /// </summary>
    int FewestPairs { get; }

    /// <summary>Reads what <see cref="ITrainedModel.Save"/> wrote.</summary>
    /// <param name="entries">Bytes by the name that they were saved under.</param>
    /// <exception cref="FormatException">They are not such a model.</exception>
    /// <exception cref="KeyNotFoundException">One is missing.</exception>
    ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries);
}
