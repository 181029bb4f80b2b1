namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The metrics of the whole host in one interval of a run: a second of a trace, a sample of XenMon.</summary>
[Table("host_intervals", "The metrics of the whole host in one interval of a run: a second of a trace, a sample of XenMon.")]
public sealed record HostIntervalRow : HostMeasures
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Index, "Number of the interval, counted from the first record of the trace, or the begin of XenMon's log.")]
    public int IntervalIndex { get; init; }

    [Column(Unit.Seconds, "Start of the interval since then.")]
    public double StartS { get; init; }

    [Column(Unit.Seconds, "Length of the interval; the last one may be shorter.")]
    public double WindowS { get; init; }
}
