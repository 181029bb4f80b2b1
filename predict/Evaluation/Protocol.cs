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

    /// <summary>
    /// True when these learn from far fewer pairs than the model, and their errors go together by what each holds out (<see cref="CrossFit.Interval(PairProfile, double, ScoreRange)"/>); false for
    /// intervals by CV+.
    /// </summary>
    internal bool IsFarUnseen { get; init; }
}
