using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>A way of holding pairs out.</summary>
/// <param name="Name">Name as in the evaluation tables.</param>
/// <param name="Unseen">What the trainers have not seen of a held-out pair.</param>
/// <param name="Divide">The folds of a set.</param>
public sealed record Protocol(string Name, string Unseen, Func<TrainingSet, IReadOnlyList<Fold>> Divide);
