using Colocate.Predict.Profiles;

namespace Colocate.Predict.Trainers;

/// <summary>A way to learn combined scores from measured pairs: a trainer, or a baseline that every trainer is held against.</summary>
public interface IPairTrainer
{
    /// <summary>Name in snake_case, unique among trainers and baselines.</summary>
    string Name { get; }

    /// <summary>What it does and whose idea it is, one sentence.</summary>
    string Basis { get; }

    /// <summary>
    /// Fits the part, and nothing but the part: imputation, scaling and penalties are decided on it too.
    /// The same part and seed give the same model on any thread.
    /// </summary>
    /// <param name="part">At least one pair.</param>
    /// <param name="seed">For trainers that draw random numbers.</param>
    IPairModel Fit(TrainingSet part, int seed);
}
