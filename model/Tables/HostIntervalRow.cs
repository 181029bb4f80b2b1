namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The metrics of the whole host in one second of a run.</summary>
[Table("host_intervals", "The metrics of the whole host in one second of a run.")]
public sealed record HostIntervalRow : HostMeasures
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Index, "Number of the interval, counted from the first record of the trace.")]
    public int IntervalIndex { get; init; }

    [Column(Unit.Seconds, "Start of the interval since the first record.")]
    public double StartS { get; init; }

    [Column(Unit.Seconds, "Length of the interval; the last one may be shorter.")]
    public double WindowS { get; init; }
}
