using Colocate.Model.Errors;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Features;

/// <summary>
/// The solo columns of one training part. Rules, all decided on that part alone:
/// a column known for fewer than half the workloads is dropped; elsewhere an unknown value is replaced by the mean of the known;
/// positive columns that are no shares and span more than a factor of <see cref="LogarithmicSpan"/> are compared by logarithm.
/// of the columns that <see cref="FeatureCatalogue"/> lists, parts of fewer than <see cref="FewestPairsOfAllColumns"/> pairs use the few marked there alone.
/// Columns that it does not list are always used; they count as shares of a common resource with capacity 1
/// when all values lie in 0..1, or in 0..100 under a name that speaks of per cent or utilisation.
/// Columns of names are used when at least two of the workloads share a name; an unknown name is like no other.
/// Simulated scores are used when every pair of the part has one. For another pair without one the constant-demand bound stands in, moved by the
/// mean distance of the two in training: the training mean again, but for what is known of the pair.
/// </summary>
public sealed class SoloSpace
{
    /// <summary>Ratio of largest to smallest value above which a column is compared by logarithm: one decade.</summary>
    public const double LogarithmicSpan = 10;

    /// <summary>
    /// Pairs from which a training part uses every column that <see cref="FeatureCatalogue"/> lists: there the Gaussian process weighs columns, and fewer pairs than pair features say more of
    /// luck than of a column.
    /// </summary>
    public const int FewestPairsOfAllColumns = 100;

    private static readonly string[] s_percentMarks = ["percent", "pct", "util"];

    internal SoloSpace(IReadOnlyList<SoloColumn> columns, IReadOnlyList<SoloCategory> categories, double? simulatedAboveBound) =>
        (Columns, Categories, Capacities, SimulatedAboveBound) =
            (columns, categories, [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Capacity is not null)], simulatedAboveBound);

    /// <summary>The columns in use, by name.</summary>
    public IReadOnlyList<SoloColumn> Columns { get; }

    /// <summary>The columns of names in use, by name.</summary>
    public IReadOnlyList<SoloCategory> Categories { get; }

    /// <summary>Places among <see cref="Columns"/> of those that have a capacity.</summary>
    internal IReadOnlyList<int> Capacities { get; }

    /// <summary>
    /// Half the mean, over the training pairs and weighted by repeats, of the simulated combined score less the constant-demand bound; null when
    /// a training pair has no simulated score, and none is used.
    /// </summary>
    public double? SimulatedAboveBound { get; }

    /// <summary>The space of a training part.</summary>
    public static SoloSpace Fit(TrainingSet part)
    {
        var space = new SoloSpace(Fitted(part), Named(part), null);
        return part.IsSimulated ? new SoloSpace(space.Columns, space.Categories, space.AboveBound(part)) : space;
    }

    private static SoloCategory[] Named(TrainingSet part) =>
    [
        .. part.Profiles.SelectMany(p => p.Categories).GroupBy(c => c.Key, c => c.Value).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new SoloCategory(g.Key, [.. g.GroupBy(name => name).Where(n => n.Count() >= 2).Select(n => n.Key).Order(StringComparer.Ordinal)]))
            .Where(c => c.Levels.Count > 0),
    ];

    private static SoloColumn[] Fitted(TrainingSet part) =>
    [
        .. part.Profiles.SelectMany(p => p.Features.Keys).Distinct().Order(StringComparer.Ordinal)
            .Where(name => part.Pairs.Count >= FewestPairsOfAllColumns || (FeatureCatalogue.Find(name)?.InPairs ?? true))
            .Select(name => (Name: name, Known: part.Profiles.Select(p => p[name]).OfType<double>().ToArray()))
            .Where(c => c.Known.Length > 0 && 2 * c.Known.Length >= part.Profiles.Count)
            .Select(c => Column(c.Name, c.Known)),
    ];

    /// <summary>The pair with unknown values replaced.</summary>
    /// <exception cref="RequestException">Wrong use: none of the columns is known for one of them, so there is nothing to predict from.</exception>
    public PairInput Pair(PairProfile pair)
    {
        var input = new PairInput(this, Scale(pair.A), Scale(pair.B)) { NamesA = Names(pair.A), NamesB = Names(pair.B) };
        if (SimulatedAboveBound is not double above)
            return input;
        if (pair.Simulated is not null)
            return input with { Simulated = pair.Simulated };
        Halves bound = ConstantDemand.Bound(input);
        return input with { Simulated = new Halves(bound.A + above, bound.B + above) };
    }

    /// <summary>True when simulated scores are used and this pair has none.</summary>
    public bool MissesSimulation(PairProfile pair) => SimulatedAboveBound is not null && pair.Simulated is null;

    private double AboveBound(TrainingSet part) =>
        part.Pairs.Select(p => (p.Weight, Known: part.Known(p.Pair)))
            .Sum(p => p.Weight * (p.Known.Simulated!.Value.Combined - ConstantDemand.Bound(Pair(p.Known)).Combined))
        / part.Pairs.Sum(p => p.Weight) / 2;

    private double[] Scale(SoloProfile profile)
    {
        if (Columns.Count + Categories.Count > 0 && Columns.All(c => profile[c.Name] is null) && Categories.All(c => !profile.Categories.ContainsKey(c.Name)))
        {
            throw new RequestException(
                ExitCode.WrongUse,
                $"nothing is known of '{profile.Workload}' that the model uses",
                $"give at least one of: {string.Join(", ", Columns.Select(c => c.Name).Concat(Categories.Select(c => c.Name)))}");
        }

        return [.. Columns.Select(c => c.Scale(profile[c.Name]))];
    }

    private string?[] Names(SoloProfile profile) => [.. Categories.Select(c => profile.Categories.GetValueOrDefault(c.Name))];

    private static SoloColumn Column(string name, double[] known)
    {
        SoloFeature? listed = FeatureCatalogue.Find(name);
        double low = known.Min(), high = known.Max();
        bool percent = listed is null && low >= 0 && high is > 1 and <= 100
            && s_percentMarks.Any(m => name.Contains(m, StringComparison.OrdinalIgnoreCase));
        bool shared = listed?.IsShared ?? (percent || (low >= 0 && high <= 1));
        bool logarithmic = !shared && low > 0 && high > LogarithmicSpan * low;
        var column = new SoloColumn(name, logarithmic, percent ? 100 : 1, shared, listed is null && shared ? 1 : listed?.Capacity, low, high, 0);
        return column with { Mean = known.Average(v => column.Scale(v)) };
    }
}
