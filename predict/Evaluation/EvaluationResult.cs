using Colocate.Model.Tables;

namespace Colocate.Predict.Evaluation;

/// <summary>What an evaluation found.</summary>
/// <param name="Rows">One row a protocol and model: auto, then trainers, then baselines.</param>
/// <param name="Pairs">Every held-out prediction behind the rows, in the same order.</param>
public sealed record EvaluationResult(IReadOnlyList<EvaluationRow> Rows, IReadOnlyList<EvaluationPairRow> Pairs);
