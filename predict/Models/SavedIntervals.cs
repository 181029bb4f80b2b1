using Colocate.Predict.Evaluation;

namespace Colocate.Predict.Models;

/// <summary>What intervals and halves need besides fold models; errors of halves are null in the file of an older version.</summary>
internal sealed record SavedIntervals(
    int Folds,
    IReadOnlyList<Residual> Residuals,
    IReadOnlyList<string> OrderedFeatures,
    IReadOnlyList<double> OrderedScales,
    IReadOnlyList<double> OrderedWeights,
    IReadOnlyList<HalfResidual>? HalfResiduals = null);
