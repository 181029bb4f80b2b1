namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>Measured combined score of one workload pair, over its repeats.</summary>
[Table("pair_scores", "Measured combined score of one workload pair, over its repeats.")]
public sealed record PairScoreRow
{
    [Column(Unit.Name, "Workload whose name comes first.")]
    public string WorkloadA { get; init; } = "";

    [Column(Unit.Name, "Workload whose name comes second.")]
    public string WorkloadB { get; init; } = "";

    [Column(Unit.Count, "Saturated pair runs, over all campaigns.")]
    public int Runs { get; init; }

    [Column(Unit.Score, "Mean T / B of the first.")]
    public double ScoreAMean { get; init; }

    [Column(Unit.Score, "Mean T / B of the second.")]
    public double ScoreBMean { get; init; }

    [Column(Unit.Score, "Mean combined score.")]
    public double CombinedMean { get; init; }

    [Column(Unit.Score, "Standard deviation of the combined score over the runs (n - 1).", NullMeans = "one run only")]
    public double? CombinedSd { get; init; }

    [Column(Unit.Score, "Best combined score of the pair at any rate, sweeps included.", NullMeans = "never swept")]
    public double? CombinedMax { get; init; }

    [Column(Unit.Fraction, "Rate at which the best one was reached.", NullMeans = "never swept")]
    public double? CombinedMaxRateFraction { get; init; }

    [Column(Unit.Milliseconds, "Mean reply time of the first beside the second, over the saturated runs whose clients report one.", NullMeans = "no client does")]
    public double? ReplyAMs { get; init; }

    [Column(Unit.Milliseconds, "Mean reply time of the second beside the first.", NullMeans = "no client does")]
    public double? ReplyBMs { get; init; }
}
