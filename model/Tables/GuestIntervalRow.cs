namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What an event trace recorded inside one guest says about one second.</summary>
[Table("guest_intervals", "What an event trace recorded inside one guest says about one second.")]
public sealed record GuestIntervalRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Seconds since the first event.")]
    public int IntervalIndex { get; init; }

    [Column(Unit.Seconds, "Length of the interval; the last one may be shorter.")]
    public double WindowS { get; init; }

    [Column(Unit.Count, "Requests that stopped in this interval.")]
    public long Requests { get; init; }

    [Column(Unit.PerSecond, "Requests / length.")]
    public double RequestsPerS { get; init; }

    [Column(Unit.Milliseconds, "Median reply time of those requests (nearest rank).", NullMeans = "no request")]
    public double? ReplyP50Ms { get; init; }

    [Column(Unit.Milliseconds, "90th percentile (nearest rank).", NullMeans = "no request")]
    public double? ReplyP90Ms { get; init; }

    [Column(Unit.Milliseconds, "99th percentile (nearest rank).", NullMeans = "no request")]
    public double? ReplyP99Ms { get; init; }
}
