namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What the client of one guest counted in one stretch of its test.</summary>
[Table("client_intervals", "What the client of one guest counted in one stretch of its test.")]
public sealed record ClientIntervalRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest that was loaded.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Number of the interval, from the begin of the test.")]
    public int IntervalIndex { get; init; }

    [Column(Unit.Seconds, "Start of the interval since the begin of the test.")]
    public double StartS { get; init; }

    [Column(Unit.Seconds, "Length of the interval.")]
    public double WindowS { get; init; }

    [Column(Unit.PerSecond, "Replies per second in the interval.", NullMeans = "the client samples sessions only")]
    public double? RepliesPerS { get; init; }

    [Column(Unit.PerSecond, "Sessions ended per second in the interval.", NullMeans = "the client samples replies only")]
    public double? SessionsPerS { get; init; }
}
