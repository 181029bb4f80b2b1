namespace Colocate.Cli.Report;

/// <summary>What of a large set is drawn: those that tell most, in their own order. The numbers beside a figure still hold the others.</summary>
public static class Largest
{
    /// <summary>Picks.</summary>
    /// <param name="all">The whole set in reading order.</param>
    /// <param name="most">How many to draw at most.</param>
    /// <param name="size">How much one tells; of equals the first is drawn.</param>
    /// <param name="which">What is drawn, in words, after the number: for instance <c>readings furthest apart</c>.</param>
    /// <param name="omitted">The sentence for <see cref="Drawing.Omitted"/>; null when all are drawn.</param>
    public static List<T> Of<T>(IReadOnlyList<T> all, int most, Func<T, double> size, string which, out string? omitted)
    {
        omitted = null;
        if (all.Count <= most)
            return [.. all];
        omitted = $"Drawn are the {most} {which}; the other {Show.Count(all.Count - most, "stands", "stand")} in the numbers alone.";
        HashSet<int> kept = [.. all.Index().OrderByDescending(i => size(i.Item)).Take(most).Select(i => i.Index)];
        return [.. all.Where((_, i) => kept.Contains(i))];
    }
}
