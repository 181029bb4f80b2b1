namespace Colocate.Simulate.Calibration;

/// <summary>How far a calibration is.</summary>
/// <param name="Evaluations">Candidates tried.</param>
/// <param name="Of">Candidates that may be tried.</param>
/// <param name="Loss">Least loss so far; null before the first.</param>
public readonly record struct CalibrationProgress(int Evaluations, int Of, double? Loss);
