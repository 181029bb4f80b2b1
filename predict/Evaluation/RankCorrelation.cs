namespace Colocate.Predict.Evaluation;

/// <summary>Rank correlations: Spearman's (The American Journal of Psychology, 1904) and Kendall's (Biometrika, 1938).</summary>
public static class RankCorrelation
{
    /// <summary>
    /// Correlation of the ranks, -1..1; equal values share the average of their ranks.
    /// Null with fewer than three values, or when one side has no spread.
    /// </summary>
    public static double? Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Count, x.Count);
        if (x.Count < 3)
            return null;
        double[] a = Ranks(x), b = Ranks(y);
        double mean = (x.Count + 1) / 2.0, products = 0, squaresA = 0, squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            products += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }

        return squaresA == 0 || squaresB == 0 ? null : products / Math.Sqrt(squaresA * squaresB);
    }

    /// <summary>
    /// Kendall's tau-b, -1..1: concordant less discordant couples of values, over the geometric mean of the couples not tied on either side.
    /// Null with fewer than three values, or when one side has no spread.
    /// </summary>
    public static double? Kendall(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Count, x.Count);
        long agreement = 0, untiedX = 0, untiedY = 0;
        for (int i = 0; i < x.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int a = x[i].CompareTo(x[j]), b = y[i].CompareTo(y[j]);
                agreement += a * b;
                untiedX += a * a;
                untiedY += b * b;
            }
        }

        return x.Count < 3 || untiedX == 0 || untiedY == 0 ? null : agreement / (Math.Sqrt(untiedX) * Math.Sqrt(untiedY));
    }

    /// <summary>Ranks from 1; equal values share the average of theirs.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
        }

        return ranks;
    }
}
