using Colocate.Predict.Profiles;

namespace Colocate.Predict.Features;

/// <summary>
/// What operational analysis says of a pair when every request keeps the demand it has alone (the utilisation law, Denning and Buzen,
/// "The Operational Analysis of Queueing Network Models", ACM Computing Surveys 1978): no fitting.
/// With shares u of resource r, guests that reach x and y of their solo throughput use x u_a + y u_b of it.
/// The capacity of a resource is that of its column, or the larger solo share where a workload alone went beyond it;
/// a resource that is not known binds nothing.
/// </summary>
public static class ConstantDemand
{
    private const double Tolerance = 1e-9;

    /// <summary>
    /// The halves of largest sum: max x + y with x u_a + y u_b within every capacity and x, y in 0..1.
    /// Where a whole edge is optimal, the middle of it, so that swapping the pair swaps the halves.
    /// </summary>
    public static Halves Bound(PairInput pair)
    {
        List<(double A, double B, double Limit)> lines = [(1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), .. Resources(pair)];
        var corners = new List<Halves>();
        for (int i = 0; i < lines.Count; i++)
        {
            for (int j = i + 1; j < lines.Count; j++)
            {
                double determinant = (lines[i].A * lines[j].B) - (lines[j].A * lines[i].B);
                if (Math.Abs(determinant) < Tolerance)
                    continue;
                var corner = new Halves(
                    ((lines[i].Limit * lines[j].B) - (lines[j].Limit * lines[i].B)) / determinant,
                    ((lines[i].A * lines[j].Limit) - (lines[j].A * lines[i].Limit)) / determinant);
                if (corner is { A: > -Tolerance and < 1 + Tolerance, B: > -Tolerance and < 1 + Tolerance }
                    && lines.All(l => (l.A * corner.A) + (l.B * corner.B) <= l.Limit + Tolerance || l.Limit == 0))
                    corners.Add(corner);
            }
        }

        double best = corners.Max(c => c.Combined);
        Halves[] optimal = [.. corners.Where(c => c.Combined > best - Tolerance)];
        return new Halves((optimal.Min(c => c.A) + optimal.Max(c => c.A)) / 2, (optimal.Min(c => c.B) + optimal.Max(c => c.B)) / 2);
    }

    /// <summary>The same when both slow down alike: the largest x = y within every capacity.</summary>
    public static Halves ProportionalShare(PairInput pair)
    {
        double share = Resources(pair).Select(r => r.A + r.B > 0 ? r.Limit / (r.A + r.B) : 1).Append(1).Min();
        return new Halves(share, share);
    }

    private static IEnumerable<(double A, double B, double Limit)> Resources(PairInput pair)
    {
        for (int i = 0; i < pair.Space.Columns.Count; i++)
        {
            if (pair.Space.Columns[i].Capacity is double capacity)
                yield return (pair.A[i], pair.B[i], Math.Max(capacity, Math.Max(pair.A[i], pair.B[i])));
        }
    }
}
