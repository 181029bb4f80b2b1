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

    /// <summary>Lines whose corners, some thousand bytes, may stand on the stack.</summary>
    private const int MostOnStack = 16;

    /// <summary>The lines that hold the halves within 0..1.</summary>
    private static readonly Line[] s_square = [new(1, 0, 1), new(0, 1, 1), new(1, 0, 0), new(0, 1, 0)];

    /// <summary>
    /// The halves of largest sum: max x + y with x u_a + y u_b within every capacity and x, y in 0..1.
    /// Where a whole edge is optimal, the middle of it, so that swapping the pair swaps the halves.
    /// </summary>
    public static Halves Bound(PairInput pair)
    {
        int count = s_square.Length + pair.Space.Capacities.Count, most = count * (count - 1) / 2;
        Span<Line> lines = count <= MostOnStack ? stackalloc Line[count] : new Line[count];
        s_square.CopyTo(lines);
        for (int r = s_square.Length; r < lines.Length; r++)
            lines[r] = Resource(pair, pair.Space.Capacities[r - s_square.Length]);
        double best = double.NegativeInfinity;
        Span<Halves> corners = count <= MostOnStack ? stackalloc Halves[most] : new Halves[most];
        int found = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            for (int j = i + 1; j < lines.Length; j++)
            {
                if (Cross(lines[i], lines[j]) is not { } corner || !IsWithin(corner, lines))
                    continue;
                corners[found++] = corner;
                best = Math.Max(best, corner.Combined);
            }
        }

        double lowA = double.PositiveInfinity, highA = double.NegativeInfinity, lowB = lowA, highB = highA;
        foreach (Halves corner in corners[..found])
        {
            if (corner.Combined <= best - Tolerance)
                continue;
            (lowA, highA) = (Math.Min(lowA, corner.A), Math.Max(highA, corner.A));
            (lowB, highB) = (Math.Min(lowB, corner.B), Math.Max(highB, corner.B));
        }

        return new Halves((lowA + highA) / 2, (lowB + highB) / 2);
    }

    /// <summary>The same when both slow down alike: the largest x = y within every capacity.</summary>
    public static Halves ProportionalShare(PairInput pair)
    {
        double share = 1;
        foreach (int column in pair.Space.Capacities)
        {
            Line resource = Resource(pair, column);
            if (resource.A + resource.B > 0)
                share = Math.Min(share, resource.Limit / (resource.A + resource.B));
        }

        return new Halves(share, share);
    }

    private static Line Resource(PairInput pair, int column) =>
        new(pair.A[column], pair.B[column], Math.Max(pair.Space.Columns[column].Capacity!.Value, Math.Max(pair.A[column], pair.B[column])));

    private static Halves? Cross(Line x, Line y)
    {
        double determinant = (x.A * y.B) - (y.A * x.B);
        return Math.Abs(determinant) < Tolerance
            ? null
            : new Halves(((x.Limit * y.B) - (y.Limit * x.B)) / determinant, ((x.A * y.Limit) - (y.A * x.Limit)) / determinant);
    }

    private static bool IsWithin(Halves corner, ReadOnlySpan<Line> lines)
    {
        if (corner is not { A: > -Tolerance and < 1 + Tolerance, B: > -Tolerance and < 1 + Tolerance })
            return false;
        foreach (Line line in lines)
        {
            if ((line.A * corner.A) + (line.B * corner.B) > line.Limit + Tolerance && line.Limit != 0)
                return false;
        }

        return true;
    }

    /// <summary>A x + B y = Limit.</summary>
    private readonly record struct Line(double A, double B, double Limit);
}
