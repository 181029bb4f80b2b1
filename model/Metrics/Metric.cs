namespace Colocate.Model.Metrics;

/// <summary>One of the eight system-level metrics: where it is stored and how it is defined.</summary>
/// <param name="Id">Column name in the metric tables.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Unit">Unit as stored.</param>
/// <param name="Formula">Definition.</param>
/// <param name="Source">Where the definition comes from.</param>
public sealed record Metric(string Id, string Title, string Unit, string Formula, string Source);
