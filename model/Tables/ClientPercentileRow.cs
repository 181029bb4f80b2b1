namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One percentile of a guest's reply times, as its client saw them.</summary>
[Table("client_percentiles", "One percentile of a guest's reply times, as its client saw them.")]
public sealed record ClientPercentileRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest that was loaded.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "measured: from sending a request to its reply, connecting included for ab; corrected: from when it was due (wrk2); uncorrected: wrk2's from when it was sent.")]
    public string Basis { get; init; } = "";

    [Column(Unit.Fraction, "Share of the replies that took no longer.")]
    public double Fraction { get; init; }

    [Column(Unit.Milliseconds, "Reply time.")]
    public double ReplyMs { get; init; }

    [Column(Unit.Count, "Replies that took no longer.", NullMeans = "the client prints no count")]
    public long? Replies { get; init; }
}
