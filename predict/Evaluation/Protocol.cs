using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>A way of holding pairs out.</summary>
/// <param name="Name">Name as in the evaluation tables.</param>
/// <param name="Unseen">What the trainers have not seen of a held-out pair.</param>
/// <param name="Divide">The folds of a set.</param>
public sealed record Protocol(string Name, string Unseen, Func<TrainingSet, IReadOnlyList<Fold>> Divide)
{
    /// <summary>
    /// The inner folds whose errors set the intervals, which promise what they say only for pairs as unseen as those they were calibrated on. Inner folds that hold
    /// workloads out, unless another division of a training part comes closer.
    /// </summary>
    internal Func<TrainingSet, IReadOnlyList<Fold>> Calibrate { get; init; } = CrossFit.FoldsOf;

    /// <summary>How intervals are made of these errors.</summary>
    internal IntervalRule Interval { get; init; }

    /// <summary>How many groups a training part has whose pairs are right or wrong together; null where pairs are not held out by such.</summary>
    internal Func<TrainingSet, int>? Groups { get; init; }
}
