namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One loaded guest of a run held against its base case.</summary>
[Table("scores", "One loaded guest of a run held against its base case.")]
public sealed record GuestScoreRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Kind of the run.")]
    public string Kind { get; init; } = "";

    [Column(Unit.Fraction, "Nominal load of the run.", NullMeans = "the run has no such notion")]
    public double? RateFraction { get; init; }

    [Column(Unit.Index, "Place among the loaded guests, in manifest order.")]
    public int GuestIndex { get; init; }

    [Column(Unit.Name, "Guest.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "Its workload.")]
    public string Workload { get; init; } = "";

    [Column(Unit.PerSecond, "T: complete replies / test duration.", NullMeans = "no usable client result", ReasonIn = nameof(ScoreReason))]
    public double? ThroughputPerS { get; init; }

    [Column(Unit.PerSecond, "B: throughput of the workload alone.", NullMeans = "the workload has no base case", ReasonIn = nameof(ScoreReason))]
    public double? BasePerS { get; init; }

    [Column(Unit.Id, "Campaign that B comes from.", NullMeans = "no base case")]
    public string? BaseCampaign { get; init; }

    [Column(Unit.Score, "T / B.", NullMeans = "T or B is unknown", ReasonIn = nameof(ScoreReason))]
    public double? Score { get; init; }

    [Column(Unit.Score, "Sum of T / B over the loaded guests of the run (the paper's combined score); the same in every row of a run.", NullMeans = "a score of the run is unknown", ReasonIn = nameof(ScoreReason))]
    public double? Combined { get; init; }

    [Column(Unit.Text, "Why a value is unknown.", NullMeans = "all are known")]
    public string? ScoreReason { get; init; }
}
