namespace Colocate.Predict.Placement;

/// <summary>What is expected of the guests of one host.</summary>
/// <param name="Combined">Sum of T / B.</param>
/// <param name="Low">Lower end: the interval's of a pair; the sum of the guests' lower bounds where there are more.</param>
/// <param name="Scores">T / B of each guest.</param>
/// <param name="Lows">Lower bound of the T / B of each guest.</param>
public sealed record HostScore(double Combined, double Low, IReadOnlyList<double> Scores, IReadOnlyList<double> Lows);
