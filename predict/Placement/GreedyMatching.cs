namespace Colocate.Predict.Placement;

/// <summary>Pairs by hand: the best pair first, then the best of what is left, and so on. What a maximum matching is compared with.</summary>
public static class GreedyMatching
{
    /// <summary>The partner of each vertex; -1 where it stays alone. Equal pairs are taken in order of their vertices.</summary>
    /// <param name="count">Number of vertices, at least 0.</param>
    /// <param name="weight">Weight of the pair of two vertices, the smaller first; null when they may not be paired.</param>
    public static int[] Of(int count, Func<int, int, double?> weight)
    {
        int[] mates = [.. Enumerable.Repeat(-1, count)];
        IEnumerable<(int I, int J, double Weight)> best =
            from i in Enumerable.Range(0, count)
            from j in Enumerable.Range(i + 1, count - i - 1)
            let w = weight(i, j)
            where w is not null
            orderby w descending, i, j
            select (i, j, w.Value);
        foreach ((int i, int j, _) in best)
        {
            if (mates[i] < 0 && mates[j] < 0)
                (mates[i], mates[j]) = (j, i);
        }

        return mates;
    }
}
