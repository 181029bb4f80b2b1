namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>B of one workload in one campaign: its throughput alone.</summary>
[Table("base_cases", "B of one workload in one campaign: its throughput alone.")]
public sealed record BaseCaseRow
{
    [Column(Unit.Id, "Campaign the base runs belong to.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Workload.")]
    public string Workload { get; init; } = "";

    [Column(Unit.Count, "Saturated base runs.")]
    public int Runs { get; init; }

    [Column(Unit.PerSecond, "B: mean (or maximum, see rule) throughput of those runs.")]
    public double ThroughputPerS { get; init; }

    [Column(Unit.PerSecond, "Standard deviation over the runs (n - 1).", NullMeans = "one run only")]
    public double? ThroughputSd { get; init; }

    [Column(Unit.Name, "mean or max.")]
    public string Rule { get; init; } = "";
}
