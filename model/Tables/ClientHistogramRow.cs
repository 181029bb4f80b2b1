namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>How often one value occurred in what the client of a guest counted.</summary>
[Table("client_histograms", "How often one value occurred in what the client of a guest counted.")]
public sealed record ClientHistogramRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest that was loaded.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "connection_lifetime_ms (the middle of a bin of 1 ms) or session_length (replies of a session).")]
    public string Quantity { get; init; } = "";

    [Column(Unit.Count, "The value, in the unit that the quantity names.")]
    public double Value { get; init; }

    [Column(Unit.Count, "Occurrences.")]
    public long Count { get; init; }
}
