using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>Measured scores of one pair, means over its repeats.</summary>
/// <param name="Pair">The two workloads, in canonical order.</param>
/// <param name="ScoreA">T / B of <see cref="WorkloadPair.A"/>, at least 0.</param>
/// <param name="ScoreB">T / B of <see cref="WorkloadPair.B"/>, at least 0.</param>
/// <param name="Weight">Number of repeats, above 0.</param>
public sealed record MeasuredPair(WorkloadPair Pair, double ScoreA, double ScoreB, double Weight)
{
    /// <summary>Combined score: the sum of the two (section III of the IEEE CLOUD 2010 paper).</summary>
    public double Combined => ScoreA + ScoreB;

    /// <summary>Mean reply time of <see cref="WorkloadPair.A"/> beside the other, in ms, above 0; null when it was not measured.</summary>
    public double? ReplyAMs { get; init; }

    /// <summary>Mean reply time of <see cref="WorkloadPair.B"/> beside the other, in ms, above 0; null when it was not measured.</summary>
    public double? ReplyBMs { get; init; }

    /// <summary>Standard deviation of the combined score of one repeat (n - 1), at least 0; null when it was measured once or the spread was not kept. Nothing is trained on it.</summary>
    public double? CombinedSd { get; init; }

    /// <summary>The pair of a table row.</summary>
    public static MeasuredPair From(PairScoreRow row) =>
        Of(row.WorkloadA, row.WorkloadB, row.ScoreAMean, row.ScoreBMean, row.Runs, row.ReplyAMs, row.ReplyBMs) with { CombinedSd = row.CombinedSd };

    /// <summary>The pair of two workloads in any order.</summary>
    public static MeasuredPair Of(
        string x, string y, double scoreX, double scoreY, double weight, double? replyXMs = null, double? replyYMs = null) =>
        WorkloadPair.IsSwapped(x, y)
            ? new(WorkloadPair.Of(x, y), scoreY, scoreX, weight) { ReplyAMs = replyYMs, ReplyBMs = replyXMs }
            : new(WorkloadPair.Of(x, y), scoreX, scoreY, weight) { ReplyAMs = replyXMs, ReplyBMs = replyYMs };

    /// <summary>One entry a pair, in pair order: repeats are averaged by weight, and their weights added.</summary>
    public static IReadOnlyList<MeasuredPair> Merge(IEnumerable<MeasuredPair> pairs) =>
    [
        .. pairs.GroupBy(p => p.Pair).OrderBy(g => g.Key).Select(g => g.ToArray()).Select(g => g is [var only]
            ? only
            : new MeasuredPair(g[0].Pair, Mean(g, p => p.ScoreA)!.Value, Mean(g, p => p.ScoreB)!.Value, g.Sum(p => p.Weight))
            {
                ReplyAMs = Mean(g, p => p.ReplyAMs), ReplyBMs = Mean(g, p => p.ReplyBMs), CombinedSd = Spread(g),
            }),
    ];

    private static double? Mean(MeasuredPair[] pairs, Func<MeasuredPair, double?> value)
    {
        MeasuredPair[] known = [.. pairs.Where(p => value(p) is not null)];
        return known.Length == 0 ? null : known.Sum(p => p.Weight * value(p)!.Value) / known.Sum(p => p.Weight);
    }

    /// <summary>
    /// Spread of one repeat about the mean of all, where an entry that is itself a mean of n has the n-th part of its variance: squares within entries, where they are known, and
    /// between them, over the repeats less one.
    /// </summary>
    private static double? Spread(MeasuredPair[] pairs)
    {
        double mean = Mean(pairs, p => p.Combined)!.Value;
        double between = pairs.Sum(p => p.Weight * (p.Combined - mean) * (p.Combined - mean));
        bool known = pairs.All(p => p.Weight <= 1 || p.CombinedSd is not null);
        double within = known ? pairs.Sum(p => Math.Max(0, p.Weight - 1) * (p.CombinedSd * p.CombinedSd ?? 0)) : 0;
        return Math.Sqrt((between + within) / (known ? pairs.Sum(p => Math.Max(1, p.Weight)) - 1 : pairs.Length - 1));
    }
}
