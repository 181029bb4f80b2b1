namespace Colocate.Predict.Models;

/// <summary>One solo feature of a model card.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Unit">Unit; null for a column that came from a CSV file and is not in the catalogue.</param>
/// <param name="Source">Where it came from and how it is derived.</param>
/// <param name="Low">Smallest value in training.</param>
/// <param name="High">Largest value in training.</param>
public sealed record CardFeature(string Name, string? Unit, string Source, double Low, double High);
