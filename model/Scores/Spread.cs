namespace Colocate.Model.Scores;

/// <summary>Mean and spread of repeats.</summary>
public static class Spread
{
    /// <summary>Standard deviation with n - 1 in the denominator; null for fewer than two values.</summary>
    public static double? Sd(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return null;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
