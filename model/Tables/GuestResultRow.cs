namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What an event trace recorded inside one guest says about the whole traced window.</summary>
[Table("guest_results", "What an event trace recorded inside one guest says about the whole traced window.")]
public sealed record GuestResultRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Seconds, "First to last event of the trace.")]
    public double WindowS { get; init; }

    [Column(Unit.Count, "Requests whose start and stop both lie in the trace.")]
    public long Requests { get; init; }

    [Column(Unit.Count, "Requests with only one end in the trace; not in the figures.")]
    public long UnpairedRequests { get; init; }

    [Column(Unit.PerSecond, "Requests / window.", NullMeans = "the window is empty")]
    public double? RequestsPerS { get; init; }

    [Column(Unit.Milliseconds, "Mean time from request start to stop inside the server.", NullMeans = "no request")]
    public double? ReplyMeanMs { get; init; }

    [Column(Unit.Milliseconds, "Median reply time (nearest rank).", NullMeans = "no request")]
    public double? ReplyP50Ms { get; init; }

    [Column(Unit.Milliseconds, "90th percentile (nearest rank).", NullMeans = "no request")]
    public double? ReplyP90Ms { get; init; }

    [Column(Unit.Milliseconds, "99th percentile (nearest rank).", NullMeans = "no request")]
    public double? ReplyP99Ms { get; init; }

    [Column(Unit.Milliseconds, "Longest reply time.", NullMeans = "no request")]
    public double? ReplyMaxMs { get; init; }

    [Column(Unit.Count, "Requests that ended with an unhandled exception; the hosting events carry no status.")]
    public long FailedRequests { get; init; }
}
