namespace Colocate.Predict.Models;

/// <summary>Error of one half of one pair in one inner fold that held the pair out.</summary>
/// <param name="Error">Predicted less measured T / B.</param>
/// <param name="Share">1 / number of folds that held the pair out.</param>
internal readonly record struct HalfResidual(double Error, double Share);
