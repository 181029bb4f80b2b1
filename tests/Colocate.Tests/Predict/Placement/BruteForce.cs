namespace Colocate.Tests.Predict.Placement;

/// <summary>Answers by trying everything.</summary>
internal static class BruteForce
{
    /// <summary>Most pairs, then the greatest sum, over all divisions of a graph of at most about ten vertices.</summary>
    internal static (int Pairs, double Sum) Best(double?[,] graph)
    {
        return Best(0);

        (int Pairs, double Sum) Best(int used)
        {
            int first = 0;
            while (first < graph.GetLength(0) && (used & (1 << first)) != 0)
                first++;
            if (first == graph.GetLength(0))
                return (0, 0);
            (int Pairs, double Sum) best = Best(used | (1 << first));
            for (int other = first + 1; other < graph.GetLength(0); other++)
            {
                if ((used & (1 << other)) != 0 || graph[first, other] is not double weight)
                    continue;
                (int pairs, double sum) = Best(used | (1 << first) | (1 << other));
                best = (pairs + 1, sum + weight).CompareTo(best) > 0 ? (pairs + 1, sum + weight) : best;
            }

            return best;
        }
    }

    /// <summary>The matching after swaps among two or three of its pairs, as long as they help.</summary>
    internal static int[] Improved(double?[,] graph, int[] mates)
    {
        int[] best = [.. mates];
        int n = best.Length;
        bool moved = true;
        while (moved)
        {
            moved = false;
            for (int a = 0; a < n; a++)
            {
                for (int c = 0; c < n; c++)
                {
                    (int b, int d) = (best[a], best[c]);
                    if (b < 0 || d < 0 || c == a || c == b || graph[a, c] + graph[b, d] <= graph[a, b] + graph[c, d] + 1e-12)
                        continue;
                    (best[a], best[c], best[b], best[d]) = (c, a, d, b);
                    moved = true;
                }

                for (int c = 0; c < n; c++)
                {
                    for (int e = 0; e < n; e++)
                    {
                        (int b, int d, int f) = (best[a], best[c], best[e]);
                        if (b < 0 || d < 0 || f < 0 || new[] { a, b, c, d, e, f }.Distinct().Count() < 6
                            || graph[b, c] + graph[d, e] + graph[f, a] <= graph[a, b] + graph[c, d] + graph[e, f] + 1e-12)
                            continue;
                        (best[b], best[c], best[d], best[e], best[f], best[a]) = (c, b, e, d, a, f);
                        moved = true;
                    }
                }
            }
        }

        return best;
    }
}
