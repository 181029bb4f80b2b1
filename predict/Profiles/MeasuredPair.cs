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

    /// <summary>The pair of a table row.</summary>
    public static MeasuredPair From(PairScoreRow row) => Of(row.WorkloadA, row.WorkloadB, row.ScoreAMean, row.ScoreBMean, row.Runs);

    /// <summary>The pair of two workloads in any order.</summary>
    public static MeasuredPair Of(string x, string y, double scoreX, double scoreY, double weight) =>
        WorkloadPair.IsSwapped(x, y)
            ? new(WorkloadPair.Of(x, y), scoreY, scoreX, weight)
            : new(WorkloadPair.Of(x, y), scoreX, scoreY, weight);

    /// <summary>One entry a pair, in pair order: repeats are averaged by weight, and their weights added.</summary>
    public static IReadOnlyList<MeasuredPair> Merge(IEnumerable<MeasuredPair> pairs) =>
    [
        .. pairs.GroupBy(p => p.Pair).OrderBy(g => g.Key).Select(g => g.ToArray()).Select(g => g is [var only]
            ? only
            : new MeasuredPair(g[0].Pair, Mean(g, p => p.ScoreA), Mean(g, p => p.ScoreB), g.Sum(p => p.Weight))),
    ];

    private static double Mean(MeasuredPair[] pairs, Func<MeasuredPair, double> score) =>
        pairs.Sum(p => p.Weight * score(p)) / pairs.Sum(p => p.Weight);
}
