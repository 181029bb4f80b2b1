namespace Colocate.Predict.Features;

/// <summary>
/// Every pair feature. Symmetric ones serve the combined score, ordered ones (victim first) the difference of the halves.
/// Adding one is a line in a list. The overload terms follow the feature lists of regression studies of co-location
/// (TRACON, SC 2011; ESP, 2017), which take both sides' solo metrics and their interactions.
/// </summary>
public static class PairFeatureCatalogue
{
    /// <summary>Combinations of one column of both workloads, symmetric.</summary>
    public static IReadOnlyList<PairCombination> Symmetric { get; } =
    [
        new("sum", "u_a + u_b", false, (a, b) => a + b),
        new("difference", "|u_a - u_b|", false, (a, b) => Math.Abs(a - b)),
        new("min", "min(u_a, u_b)", false, Math.Min),
        new("max", "max(u_a, u_b)", false, Math.Max),
        new("product", "u_a u_b", false, (a, b) => a * b),
        new("overload", "max(0, u_a + u_b - 1)", true, (a, b) => Math.Max(0, a + b - 1)),
    ];

    /// <summary>Features of the pair as a whole, symmetric.</summary>
    public static IReadOnlyList<PairFeature> WholePair { get; } =
    [
        new("constant_demand", "combined score of the constant-demand bound", pair => ConstantDemand.Bound(pair).Combined),
        new("simulated", "simulated combined score", pair => pair.Simulated!.Value.Combined) { IsSimulated = true },
    ];

    /// <summary>Combinations of a victim's and an aggressor's column; the victim comes first.</summary>
    public static IReadOnlyList<PairCombination> Ordered { get; } =
    [
        new("victim", "u_victim", false, (victim, _) => victim),
        new("squeezed", "u_victim max(0, u_victim + u_aggressor - 1)", true, (victim, aggressor) => victim * Math.Max(0, victim + aggressor - 1)),
    ];

    /// <summary>Combinations, victim first, for trainers that split instead of drawing lines: what either brings, and both together.</summary>
    public static IReadOnlyList<PairCombination> OfHalf { get; } =
    [
        new("victim", "u_victim", false, (victim, _) => victim),
        new("aggressor", "u_aggressor", false, (_, aggressor) => aggressor),
        new("sum", "u_a + u_b", false, (a, b) => a + b),
        new("product", "u_a u_b", false, (a, b) => a * b),
        new("lead", "u_victim - u_aggressor", false, (victim, aggressor) => victim - aggressor),
    ];

    /// <summary>Ordered features of the pair as a whole.</summary>
    public static IReadOnlyList<PairFeature> OrderedWholePair { get; } =
    [
        new("constant_demand_victim", "the victim's half of the constant-demand bound", pair => ConstantDemand.Bound(pair).A),
        new("simulated_victim", "the victim's half of the simulated score", pair => pair.Simulated!.Value.A) { IsSimulated = true },
    ];

    /// <summary>All symmetric features of a space.</summary>
    public static IReadOnlyList<PairFeature> AllSymmetric(SoloSpace space) => [.. Combine(space, Symmetric, _ => true), .. Named(space), .. Known(space, WholePair)];

    /// <summary>The few symmetric features that speak of shared resources running full: sums and overloads of shares, the bound and the simulator.</summary>
    public static IReadOnlyList<PairFeature> CapacityOnly(SoloSpace space) =>
        [.. Combine(space, Symmetric.Where(c => c.SharedOnly || c.Name == "sum"), c => c.IsShared), .. Known(space, WholePair)];

    /// <summary>All ordered features of a space.</summary>
    public static IReadOnlyList<PairFeature> AllOrdered(SoloSpace space) => [.. Combine(space, Ordered, _ => true), .. OrderedNamed(space), .. Known(space, OrderedWholePair)];

    /// <summary>Ordered features of both sides.</summary>
    public static IReadOnlyList<PairFeature> AllOfHalf(SoloSpace space) =>
        [.. Combine(space, OfHalf, _ => true), .. OrderedNamed(space), .. AggressorNamed(space), .. Known(space, OrderedWholePair)];

    /// <summary>Of each column of names: whether both bear the same, and how many of the two bear each that training knows twice.</summary>
    private static IEnumerable<PairFeature> Named(SoloSpace space) => space.Categories.SelectMany((category, i) => category.Levels
        .Select(level => new PairFeature(
            $"count_{category.Name}={level}", "how many of the two bear this name", pair => Bears(pair.NamesA[i], level) + Bears(pair.NamesB[i], level)))
        .Prepend(new PairFeature(
            $"same_{category.Name}", "1 when both bear the same known name, else 0", pair => pair.NamesA[i] is { } name ? Bears(pair.NamesB[i], name) : 0)));

    private static IEnumerable<PairFeature> OrderedNamed(SoloSpace space) => space.Categories.SelectMany((category, i) => category.Levels
        .Select(level => new PairFeature($"victim_{category.Name}={level}", "1 when the victim bears this name, else 0", pair => Bears(pair.NamesA[i], level))));

    private static IEnumerable<PairFeature> AggressorNamed(SoloSpace space) => space.Categories.SelectMany((category, i) => category.Levels
        .Select(level => new PairFeature($"aggressor_{category.Name}={level}", "1 when the aggressor bears this name, else 0", pair => Bears(pair.NamesB[i], level))));

    private static double Bears(string? name, string level) => name == level ? 1 : 0;

    private static IEnumerable<PairFeature> Known(SoloSpace space, IEnumerable<PairFeature> features) =>
        features.Where(f => !f.IsSimulated || space.SimulatedAboveBound is not null);

    private static IEnumerable<PairFeature> Combine(SoloSpace space, IEnumerable<PairCombination> combinations, Func<SoloColumn, bool> wanted) =>
        from column in Enumerable.Range(0, space.Columns.Count)
        where wanted(space.Columns[column])
        from combination in combinations
        where space.Columns[column].IsShared || !combination.SharedOnly
        select combination.Of(space, column);
}
