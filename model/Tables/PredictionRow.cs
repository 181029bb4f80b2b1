namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>Predicted combined score of one workload pair.</summary>
[Table("predictions", "Predicted combined score of one workload pair.")]
public sealed record PredictionRow
{
    [Column(Unit.Name, "First workload of the pair.")]
    public string WorkloadA { get; init; } = "";

    [Column(Unit.Name, "Second workload of the pair.")]
    public string WorkloadB { get; init; } = "";

    [Column(Unit.Score, "Predicted combined score.")]
    public double Combined { get; init; }

    [Column(Unit.Score, "Lower end of the interval.")]
    public double Low { get; init; }

    [Column(Unit.Score, "Upper end of the interval.")]
    public double High { get; init; }

    [Column(Unit.Fraction, "Nominal level of the interval.")]
    public double Level { get; init; }

    [Column(Unit.Score, "Predicted T / B of the first.")]
    public double ScoreA { get; init; }

    [Column(Unit.Score, "Predicted T / B of the second.")]
    public double ScoreB { get; init; }

    [Column(Unit.Flag, "True when an input lies outside the range seen in training, or the simulated score that the model builds on is missing.")]
    public bool Extrapolates { get; init; }

    [Column(Unit.Score, "Measured combined score (mean of repeats).", NullMeans = "never measured")]
    public double? Measured { get; init; }

    [Column(Unit.Name, "Trainer that made the prediction.")]
    public string Trainer { get; init; } = "";

    [Column(Unit.Milliseconds, "Predicted mean reply time of the first beside the second.", NullMeans = "the model learned no reply times")]
    public double? ReplyAMs { get; init; }

    [Column(Unit.Milliseconds, "Predicted mean reply time of the second beside the first.", NullMeans = "the model learned no reply times")]
    public double? ReplyBMs { get; init; }
}
