namespace Colocate.Predict.Evaluation;

/// <summary>An interval for a combined score.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Level it supports, 0..1: the one asked for, or less where there are too few residuals.</param>
public readonly record struct ScoreInterval(double Low, double High, double Level);
