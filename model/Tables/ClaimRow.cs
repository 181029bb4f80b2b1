namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One statement that a simulation was held against.</summary>
[Table("claims", "One statement that a simulation was held against.")]
public sealed record ClaimRow
{
    [Column(Tables.Unit.Id, "F302 and the like: a claim of the paper; RUN/QUANTITY or RUN/DOMAIN/QUANTITY: a measured run of the lab.")]
    public string Claim { get; init; } = "";

    [Column(Tables.Unit.Name, "paper or lab.")]
    public string Source { get; init; } = "";

    [Column(Tables.Unit.Name, "Section, table or figure of the paper; the run of a lab.")]
    public string Subject { get; init; } = "";

    [Column(Tables.Unit.Name, "config, identity, calibrate (the calibration saw it), validate (it did not) or none (never judged).")]
    public string Role { get; init; } = "";

    [Column(Tables.Unit.Text, "The statement in words.")]
    public string Statement { get; init; } = "";

    [Column(Tables.Unit.Text, "What the value is held against, in the claim's unit.")]
    public string Target { get; init; } = "";

    [Column(Tables.Unit.Text, "How far off is still right.")]
    public string Tolerance { get; init; } = "";

    [Column(Tables.Unit.Text, "Unit of the value.")]
    public string Unit { get; init; } = "";

    [Column(Tables.Unit.Text, "Simulated value, in the claim's unit: the furthest off where there are several, the share of relations that hold for an order.", NullMeans = "there is none")]
    public double? Value { get; init; }

    [Column(Tables.Unit.Text, "How far it misses, in tolerances; 0 = on target.", NullMeans = "not tested, or it has no tolerance and does not hold")]
    public double? Miss { get; init; }

    [Column(Tables.Unit.Name, "pass: within its tolerance; near: within twice of it, or one of at least three relations does not hold; fail; not_tested.")]
    public string Verdict { get; init; } = "";

    [Column(Tables.Unit.Text, "Why it does not pass or was not tested.", NullMeans = "it passes")]
    public string? Reason { get; init; }

    [Column(Tables.Unit.Text, "The commands that simulate what it was judged on.", NullMeans = "nothing was simulated for it")]
    public string? Command { get; init; }
}
