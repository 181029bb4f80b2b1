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

    /// <summary>The furthest first; of pairs as far as each other the later.</summary>
    private static readonly Comparer<(double Distance, int Pair)> s_furthest = Comparer<(double Distance, int Pair)>.Create((x, y) => y.CompareTo(x));

    public static Func<PairProfile, double> Fit(TrainingSet part)
    {
        SoloSpace space = SoloSpace.Fit(part);
        double[][] workloads = [.. part.Profiles.Select(p => space.Pair(new(p, p)).A.ToArray())];
        double[] scales = [.. Enumerable.Range(0, space.Columns.Count).Select(c => Spread(workloads, c))];
        (double[] A, double[] B)[] known = [.. part.Pairs.Select(p => Scaled(space.Pair(part.Known(p.Pair))))];
        int neighbours = Math.Min(Most, (int)Math.Round(Math.Sqrt(known.Length)));
        return pair =>
        {
            (double[] A, double[] B) asked = Scaled(space.Pair(pair));
            var closest = new PriorityQueue<int, (double Distance, int Pair)>(neighbours + 1, s_furthest);
            for (int i = 0; i < known.Length; i++)
            {
                double distance = Distance(asked, known[i]);
                if (closest.Count < neighbours)
                    closest.Enqueue(i, (distance, i));
                else if (closest.TryPeek(out _, out (double Distance, int) furthest) && distance < furthest.Distance)
                    closest.EnqueueDequeue(i, (distance, i));
            }

            MeasuredPair[] nearest = [.. closest.UnorderedItems.Select(n => n.Element).Order().Select(i => part.Pairs[i])];
            return nearest.Sum(p => p.Weight * p.Combined) / nearest.Sum(p => p.Weight);
        };

        (double[] A, double[] B) Scaled(PairInput pair) => (Scale(pair.A), Scale(pair.B));

        double[] Scale(IReadOnlyList<double> values) => [.. values.Select((v, c) => scales[c] > 0 ? v / scales[c] : 0)];
    }

    private static double Distance((double[] A, double[] B) x, (double[] A, double[] B) y) => Math.Min(
        Squared(x.A, y.A) + Squared(x.B, y.B),
        Squared(x.A, y.B) + Squared(x.B, y.A));

    private static double Squared(double[] x, double[] y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
            sum += (x[c] - y[c]) * (x[c] - y[c]);
        return sum;
    }

    private static double Spread(double[][] rows, int column)
    {
        double mean = rows.Average(r => r[column]);
        return Math.Sqrt(rows.Average(r => (r[column] - mean) * (r[column] - mean)));
    }
}
