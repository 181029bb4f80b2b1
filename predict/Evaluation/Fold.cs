using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>One division of measured pairs.</summary>
/// <param name="HeldOut">What is held out: a workload, a pair, or a group of them.</param>
/// <param name="Training">The part that is fitted; may be empty.</param>
/// <param name="Test">The part that is predicted.</param>
public sealed record Fold(string HeldOut, TrainingSet Training, IReadOnlyList<MeasuredPair> Test);
