using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Baselines;

/// <summary>
/// Mean, weighted by repeats, of the nearest training pairs. The distance of two pairs is Euclidean over the solo columns, each scaled to
/// standard deviation 1 over the training workloads, with members matched the nearer way round.
/// </summary>
internal static class NearestPairs
{
    /// <summary>Neighbours averaged at most; with fewer than 49 pairs the square root of their number, the usual rule of thumb.</summary>
    private const int Most = 7;

    public static Func<PairProfile, double> Fit(TrainingSet part)
    {
        SoloSpace space = SoloSpace.Fit(part);
        double[][] workloads = [.. part.Profiles.Select(p => space.Pair(new(p, p)).A.ToArray())];
        double[] scales = [.. Enumerable.Range(0, space.Columns.Count).Select(c => Spread(workloads, c))];
        (PairInput Input, MeasuredPair Measured)[] known = [.. part.Pairs.Select(p => (space.Pair(part.Known(p.Pair)), p))];
        int neighbours = Math.Min(Most, (int)Math.Round(Math.Sqrt(known.Length)));
        return pair =>
        {
            PairInput input = space.Pair(pair);
            MeasuredPair[] nearest = [.. known.OrderBy(k => Distance(input, k.Input)).Take(neighbours).Select(k => k.Measured)];
            return nearest.Sum(p => p.Weight * p.Combined) / nearest.Sum(p => p.Weight);
        };

        double Distance(PairInput x, PairInput y) => Math.Min(
            Squared(x.A, y.A) + Squared(x.B, y.B),
            Squared(x.A, y.B) + Squared(x.B, y.A));

        double Squared(IReadOnlyList<double> x, IReadOnlyList<double> y)
        {
            double sum = 0;
            for (int c = 0; c < scales.Length; c++)
                sum += scales[c] > 0 ? (x[c] - y[c]) * (x[c] - y[c]) / (scales[c] * scales[c]) : 0;
            return sum;
        }
    }

    private static double Spread(double[][] rows, int column)
    {
        double mean = rows.Average(r => r[column]);
        return Math.Sqrt(rows.Average(r => (r[column] - mean) * (r[column] - mean)));
    }
}
