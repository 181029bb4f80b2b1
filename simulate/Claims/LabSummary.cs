using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Simulate.Claims;

/// <summary>How well a simulator does on a lab's pairs, all of them saturated.</summary>
/// <param name="Pairs">Pairs that were measured and simulated.</param>
/// <param name="CombinedError">Mean of |simulated - measured| / measured of the combined score, over pairs; null when there are none.</param>
/// <param name="ScoreError">The same of the scores of single guests, over pairs; null when there are none.</param>
/// <param name="Comparable">Pairs of pairs whose measured scores differ by more than two standard deviations of repeats; 0 when nothing was repeated.</param>
/// <param name="RankCorrelation">
/// Of those, (ordered alike - ordered otherwise) / all: Goodman and Kruskal's gamma (Journal of the American Statistical Association, 1954), -1..1; null when there are none.
/// </param>
public sealed record LabSummary(int Pairs, double? CombinedError, double? ScoreError, int Comparable, double? RankCorrelation)
{
    /// <summary>Differences of scores below so many standard deviations of repeats say nothing of their order.</summary>
    private const double LeastDeviations = 2;

    /// <summary>Summarises comparisons.</summary>
    /// <param name="comparisons">The comparisons of a lab.</param>
    /// <param name="scores">Table <c>scores</c>, for the spread of repeats.</param>
    public static LabSummary Of(IReadOnlyList<LabComparison> comparisons, IEnumerable<GuestScoreRow> scores)
    {
        double? spread = new RepeatSpread(scores.Where(s => s is { Kind: "pair", RateFraction: 1 }), s => s.Combined, _ => "").Pooled;
        (double Measured, double Simulated)[] pairs = [.. Means(comparisons, "combined").Select(p => (p.Measured, p.Simulated))];
        int alike = 0, otherwise = 0;
        foreach ((int i, (double measured, double simulated)) in pairs.Index())
        {
            foreach ((double other, double otherSimulated) in pairs.Skip(i + 1))
            {
                if (spread is null || Math.Abs(measured - other) <= LeastDeviations * spread * (measured + other) / 2)
                    continue;
                int order = Math.Sign(measured - other) * Math.Sign(simulated - otherSimulated);
                (alike, otherwise) = (alike + (order > 0 ? 1 : 0), otherwise + (order < 0 ? 1 : 0));
            }
        }

        return new LabSummary(
            pairs.Length, Error(Means(comparisons, "combined")), Error(Means(comparisons, "score")),
            alike + otherwise, alike + otherwise == 0 ? null : (alike - otherwise) / (double)(alike + otherwise));
    }

    /// <summary>Means over the runs of each pair, and of each guest where a quantity is a guest's.</summary>
    private static IEnumerable<(WorkloadPair Pair, double Measured, double Simulated)> Means(IEnumerable<LabComparison> comparisons, string quantity) =>
        comparisons.Where(c => c.Pair is not null && c.Quantity == quantity && c.Measured > 0)
            .GroupBy(c => (Pair: c.Pair!.Value, c.Domain)).OrderBy(g => g.Key.Pair)
            .Select(g => (g.Key.Pair, g.Average(c => c.Measured), g.Average(c => c.Simulated)));

    private static double? Error(IEnumerable<(WorkloadPair Pair, double Measured, double Simulated)> means) =>
        means.Select(m => (double?)(Math.Abs(m.Simulated - m.Measured) / m.Measured)).Average();
}
