namespace Colocate.Predict.Evaluation;

/// <summary>
/// Errors that come in groups, one for each inner fold: whatever of an error a group has in common was seen only as often as there are groups, the rest as often as there are pairs. How much
/// either weighs is told by the variance between groups and within them (one-way analysis of variance with random effects).
/// </summary>
internal static class GroupedErrors
{
    /// <summary>
    /// Degrees of freedom behind the variance of an error in a group not seen, which is that between groups plus that within them (Satterthwaite, "An approximate distribution of estimates of
    /// variance components", Biometrics Bulletin 2, 1946): about one less than there are groups where errors of a group are all alike, about the number of errors where groups do not matter.
    /// </summary>
    /// <param name="groups">Signed errors of each group; empty groups count as none.</param>
    /// <returns>At least 0; 0 with fewer than two groups, which tell nothing of a third.</returns>
    public static double Freedom(IEnumerable<double[]> groups)
    {
        double[][] some = [.. groups.Where(g => g.Length > 0)];
        int n = some.Sum(g => g.Length), between = some.Length - 1, within = n - some.Length;
        if (between < 1)
            return 0;
        double mean = some.Sum(g => g.Sum()) / n;
        double meanSquareBetween = some.Sum(g => g.Length * Squared(g.Average() - mean)) / between;
        double size = (n - (some.Sum(g => (double)g.Length * g.Length) / n)) / between;
        double meanSquareWithin = within == 0 ? 0 : some.Sum(g => g.Sum(e => Squared(e - g.Average()))) / within;
        double variance = Math.Max(meanSquareWithin, (meanSquareBetween / size) + ((1 - (1 / size)) * meanSquareWithin));
        // Errors without any spread have nothing to be unsure about.
        if (variance <= 0)
            return n - 1;
        double spread = Squared(meanSquareBetween / size) / between;
        if (within > 0)
            spread += Squared((1 - (1 / size)) * meanSquareWithin) / within;
        // Between less than within speaks of chance: there are never more degrees than errors tell.
        return Math.Min(n - 1, Squared(variance) / spread);
    }

    private static double Squared(double value) => value * value;
}
