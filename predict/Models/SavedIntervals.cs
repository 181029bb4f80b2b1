using Colocate.Predict.Evaluation;

namespace Colocate.Predict.Models;

/// <summary>What intervals and halves need besides fold models.</summary>
internal sealed record SavedIntervals(
    int Folds,
    IReadOnlyList<Residual> Residuals,
    IReadOnlyList<string> OrderedFeatures,
    IReadOnlyList<double> OrderedScales,
    IReadOnlyList<double> OrderedWeights);
