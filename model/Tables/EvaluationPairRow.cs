namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One held-out prediction of one model under one protocol.</summary>
[Table("evaluation_pairs", "One held-out prediction of one model under one protocol.")]
public sealed record EvaluationPairRow
{
    [Column(Unit.Name, "Protocol, as in evaluations.")]
    public string Protocol { get; init; } = "";

    [Column(Unit.Name, "Trainer or baseline.")]
    public string Model { get; init; } = "";

    [Column(Unit.Name, "What the fold held out.")]
    public string HeldOut { get; init; } = "";

    [Column(Unit.Name, "First workload of the pair.")]
    public string WorkloadA { get; init; } = "";

    [Column(Unit.Name, "Second workload of the pair.")]
    public string WorkloadB { get; init; } = "";

    [Column(Unit.Score, "Measured combined score.")]
    public double Measured { get; init; }

    [Column(Unit.Score, "Predicted combined score.")]
    public double Predicted { get; init; }

    [Column(Unit.Score, "Lower end of the interval.", NullMeans = "the model states none")]
    public double? Low { get; init; }

    [Column(Unit.Score, "Upper end of the interval.", NullMeans = "the model states none")]
    public double? High { get; init; }

    [Column(Unit.Count, "Measured runs behind the score.")]
    public double Weight { get; init; }

    [Column(Unit.Name, "Trainer that auto chose in this fold.", NullMeans = "not the auto row")]
    public string? Chosen { get; init; }

    [Column(Unit.Score, "Measured T / B of the first; 0 when evaluated by an older version.")]
    public double MeasuredA { get; init; }

    [Column(Unit.Score, "Measured T / B of the second; 0 when evaluated by an older version.")]
    public double MeasuredB { get; init; }

    [Column(Unit.Score, "Predicted T / B of the first.", NullMeans = "evaluated by an older version")]
    public double? PredictedA { get; init; }

    [Column(Unit.Score, "Predicted T / B of the second.", NullMeans = "evaluated by an older version")]
    public double? PredictedB { get; init; }

    [Column(Unit.Score, "What the first keeps with the probability of the level, as predicted.", NullMeans = "evaluated by an older version")]
    public double? LowA { get; init; }

    [Column(Unit.Score, "What the second keeps with the probability of the level, as predicted.", NullMeans = "evaluated by an older version")]
    public double? LowB { get; init; }
}
