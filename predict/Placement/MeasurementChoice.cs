using Colocate.Model.Runs;
using MathNet.Numerics.Distributions;

namespace Colocate.Predict.Placement;

/// <summary>
/// Which pair to measure next: the one after whose measurement the best matching is expected to score most, the knowledge gradient (Frazier,
/// Powell and Dayanik, SIAM Journal on Control and Optimization 47, 2008). With a score x of pair e the best total is the greater of the best without e,
/// and of the best with e, which rises with x. For x normal with standard deviation s around the prediction, and d the distance of those two totals
/// at the prediction over s, the expected gain is s (phi(d) - d Phi(-d)). Where a workload runs more than once, one host of the pair counts.
/// </summary>
/// <param name="seats">Number of vertices.</param>
/// <param name="weight">Weight of two vertices, the smaller first; null when they may not be paired.</param>
/// <param name="spread">Standard deviation of what is not known of that weight; 0 when it is known.</param>
internal sealed class MeasurementChoice(int seats, Func<int, int, double?> weight, Func<int, int, double> spread)
{
    /// <summary>Expected gain below which no run is worth its time: a thousandth of what one workload does alone.</summary>
    private const double Least = 0.001;

    /// <summary>The pair with the greatest expected gain; null when none is worth a run.</summary>
    /// <param name="mates">The best matching by what is predicted.</param>
    /// <param name="names">Names of the first vertices; the others stand for empty seats.</param>
    public NextMeasurement? Best(int[] mates, IReadOnlyList<string> names)
    {
        double best = Total(mates, weight);
        NextMeasurement? next = null;
        var seen = new HashSet<WorkloadPair>();
        HashSet<WorkloadPair> used = [.. mates.Select((m, v) => (m, v)).Where(p => p.v < p.m && p.m < names.Count).Select(p => WorkloadPair.Of(names[p.v], names[p.m]))];
        var candidates =
            from i in Enumerable.Range(0, names.Count)
            from j in Enumerable.Range(i + 1, names.Count - i - 1)
            let s = spread(i, j)
            where s > 0 && weight(i, j) is not null
            orderby s descending, i, j
            select (I: i, J: j, Spread: s);
        foreach ((int i, int j, double s) in candidates)
        {
            // No pair gains more than one whose two totals are equal; the rest is surer still.
            if (next is not null && s * Normal.PDF(0, 1, 0) <= next.ExpectedGain)
                break;
            var pair = WorkloadPair.Of(names[i], names[j]);
            if (!seen.Add(pair))
                continue;
            double other = used.Contains(pair) ? Without(pair, names) : With(i, j);
            if (double.IsNegativeInfinity(other))
                continue;
            double d = (best - other) / s, gain = s * (Normal.PDF(0, 1, d) - (d * Normal.CDF(0, 1, -d)));
            if (gain > (next?.ExpectedGain ?? Least))
                next = new NextMeasurement(names[i], names[j], gain);
        }

        return next;
    }

    /// <summary>Best total when no two of these workloads may be paired; minus infinity when somebody is then left over.</summary>
    private double Without(WorkloadPair pair, IReadOnlyList<string> names)
    {
        double? Allowed(int a, int b) => b < names.Count && WorkloadPair.Of(names[a], names[b]) == pair ? null : weight(a, b);
        return Total(MaximumMatching.Of(seats, Allowed), Allowed);
    }

    /// <summary>Best total when the two are paired; minus infinity when somebody is then left over.</summary>
    private double With(int i, int j)
    {
        double? Allowed(int a, int b) => (a == i || a == j || b == i || b == j) && (a, b) != (i, j) ? null : weight(a, b);
        return Total(MaximumMatching.Of(seats, Allowed), Allowed);
    }

    private static double Total(int[] mates, Func<int, int, double?> weight)
    {
        double total = 0;
        for (int v = 0; v < mates.Length; v++)
        {
            if (mates[v] < 0)
                return double.NegativeInfinity;
            if (v < mates[v])
                total += weight(v, mates[v])!.Value;
        }

        return total;
    }
}
