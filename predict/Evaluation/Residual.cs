namespace Colocate.Predict.Evaluation;

/// <summary>Error of one pair in one inner fold that held it out.</summary>
/// <param name="Fold">Index of the fold model.</param>
/// <param name="Error">Absolute error of the combined score.</param>
/// <param name="Share">1 / number of folds that held the pair out: a pair of two workloads counts once in all.</param>
/// <param name="Repeats">Repeats behind the measured score.</param>
internal readonly record struct Residual(int Fold, double Error, double Share, double Repeats);
