namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The metrics of the whole host over the whole window of a run.</summary>
[Table("host_metrics", "The metrics of the whole host over the whole window of a run.")]
public sealed record HostMetricsRow : HostMeasures
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Seconds, "Length of the window: first to last record of the trace.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? WindowS { get; init; }
}
