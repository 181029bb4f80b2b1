namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One quantity of a run that two sources tell of, and whether they agree.</summary>
[Table("cross_checks", "One quantity of a run that two sources tell of, and whether they agree.")]
public sealed record CrossCheckRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "cpu_fraction (of one pcpu) or replies_per_s.")]
    public string Quantity { get; init; } = "";

    [Column(Unit.Name, "trace, xenmon or client.")]
    public string FirstSource { get; init; } = "";

    [Column(Unit.Count, "Its figure.", NullMeans = "the source does not tell")]
    public double? FirstValue { get; init; }

    [Column(Unit.Name, "xenmon, xentop or guest_trace.")]
    public string SecondSource { get; init; } = "";

    [Column(Unit.Count, "Its figure.", NullMeans = "the source does not tell")]
    public double? SecondValue { get; init; }

    [Column(Unit.Count, "Second figure minus first.", NullMeans = "one of them is unknown")]
    public double? Difference { get; init; }

    [Column(Unit.Count, "Largest difference, either way, that is no disagreement.", NullMeans = "one of them is unknown")]
    public double? Tolerance { get; init; }

    [Column(Unit.Text, "Where the tolerance comes from.")]
    public string ToleranceSource { get; init; } = "";

    [Column(Unit.Name, "agree, disagree or not_compared.")]
    public string Verdict { get; init; } = "";

    [Column(Unit.Text, "Why the two were not compared.", NullMeans = "they were")]
    public string? Reason { get; init; }
}
