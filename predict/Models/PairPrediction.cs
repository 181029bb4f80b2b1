using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Models;

/// <summary>Predicted scores of two workloads side by side, in the order asked for.</summary>
public sealed record PairPrediction
{
    /// <summary>First workload.</summary>
    public required string WorkloadA { get; init; }

    /// <summary>Second workload.</summary>
    public required string WorkloadB { get; init; }

    /// <summary>Combined score, within 0.02..2.1; 1 when one of the two is idle, 0 when both are.</summary>
    public required double Combined { get; init; }

    /// <summary>Lower end of the interval, at least 0.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the interval, at most 2.1.</summary>
    public required double High { get; init; }

    /// <summary>Level that the interval supports, 0..1: the one asked for unless <see cref="IntervalNote"/> says otherwise.</summary>
    public required double Level { get; init; }

    /// <summary>Why the interval is not one of the level asked for; null when it is.</summary>
    public string? IntervalNote { get; init; }

    /// <summary>T / B of the first.</summary>
    public required double ScoreA { get; init; }

    /// <summary>T / B of the second.</summary>
    public required double ScoreB { get; init; }

    /// <summary>What the first keeps, T / B, with the probability asked for as level; 0 when a model holds no errors of halves.</summary>
    public required double LowA { get; init; }

    /// <summary>What the second keeps with that probability.</summary>
    public required double LowB { get; init; }

    /// <summary>What the first does not exceed with that probability.</summary>
    public required double HighA { get; init; }

    /// <summary>What the second does not exceed with that probability.</summary>
    public required double HighB { get; init; }

    /// <summary>Mean reply time of the first beside the second, in ms; null when <see cref="ReplyReason"/> says why.</summary>
    public double? ReplyAMs { get; init; }

    /// <summary>Mean reply time of the second beside the first, in ms.</summary>
    public double? ReplyBMs { get; init; }

    /// <summary>Why no reply time is predicted; null when one is.</summary>
    public string? ReplyReason { get; init; }

    /// <summary>Whether the pair may share a host on which each workload is to keep at least this score, 0..1.</summary>
    public Admittance Admit(double minScore) => Math.Min(LowA, LowB) >= minScore ? Admittance.Yes
        : Math.Min(HighA, HighB) < minScore ? Admittance.No
        : Admittance.Measure;

    /// <summary>
    /// True when a known solo figure that the model uses lies outside the range of training, when a name that it uses is borne by no workload of the training, and when it uses simulated
    /// scores but the pair has none.
    /// </summary>
    public bool Extrapolates { get; init; }

    /// <summary>Which figures lie outside the range of training, and which names it does not know; null when none does.</summary>
    public string? ExtrapolationNote { get; init; }

    /// <summary>Combined score measured in training (mean of repeats); null when the pair was not measured.</summary>
    public double? Measured { get; init; }

    /// <summary>Trainer that made the prediction.</summary>
    public required string Trainer { get; init; }

    /// <summary>The prediction as a table row, in canonical pair order.</summary>
    public PredictionRow ToRow()
    {
        bool swap = WorkloadPair.IsSwapped(WorkloadA, WorkloadB);
        return new PredictionRow
        {
            WorkloadA = swap ? WorkloadB : WorkloadA,
            WorkloadB = swap ? WorkloadA : WorkloadB,
            Combined = Combined,
            Low = Low,
            High = High,
            Level = Level,
            ScoreA = swap ? ScoreB : ScoreA,
            ScoreB = swap ? ScoreA : ScoreB,
            Extrapolates = Extrapolates,
            Measured = Measured,
            Trainer = Trainer,
            ReplyAMs = swap ? ReplyBMs : ReplyAMs,
            ReplyBMs = swap ? ReplyAMs : ReplyBMs,
        };
    }
}
