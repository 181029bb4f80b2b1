namespace Colocate.Predict.Trainers;

/// <summary>A trainer whose models can be saved.</summary>
internal interface IModelTrainer : IPairTrainer
{
    /// <summary>
    /// Training pairs from which <c>auto</c> considers it where a simulator tells pairs better than their mean; 0 for trainers that build on the simulator.
    /// </summary>
    int FewestPairs { get; }

    /// <summary>Pairs up to which it is fitted in inner folds, so that it has intervals and <c>auto</c> may choose it: more fits of slow trainers take too long; 0 for never.</summary>
    int MostPairs { get; }

    /// <summary>Reads what <see cref="ITrainedModel.Save"/> wrote.</summary>
    /// <param name="entries">Bytes by the name that they were saved under.</param>
    /// <exception cref="FormatException">They are not such a model.</exception>
    /// <exception cref="KeyNotFoundException">One is missing.</exception>
    ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries);
}
