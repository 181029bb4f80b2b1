namespace Colocate.Predict.Placement;

/// <summary>One host of a placement.</summary>
/// <param name="Number">Number of the host, from 1.</param>
/// <param name="Guests">Its guests as indices into <see cref="PlacementRequest.Guests"/>, in that order; never empty.</param>
/// <param name="Score">What is expected of them side by side.</param>
/// <param name="Measured">Measured combined score; null when the pair was never measured, or the host does not hold two guests.</param>
/// <param name="Extrapolates">True when a prediction behind it extrapolates.</param>
public sealed record PlacedHost(int Number, IReadOnlyList<int> Guests, HostScore Score, double? Measured, bool Extrapolates);
