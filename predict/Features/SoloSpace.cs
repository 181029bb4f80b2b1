using Colocate.Model.Errors;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Features;

/// <summary>
/// The solo columns of one training part. Rules, all decided on that part alone:
/// a column known for fewer than half the workloads is dropped; elsewhere an unknown value is replaced by the mean of the known;
/// positive columns that are no shares and span more than a factor of <see cref="LogarithmicSpan"/> are compared by logarithm.
/// Columns that <see cref="FeatureCatalogue"/> does not list are used; they count as shares of a common resource with capacity 1
/// when all values lie in 0..1, or in 0..100 under a name that speaks of per cent or utilisation.
/// </summary>
public sealed class SoloSpace
{
    /// <summary>Ratio of largest to smallest value above which a column is compared by logarithm: one decade.</summary>
    public const double LogarithmicSpan = 10;

    private static readonly string[] s_percentMarks = ["percent", "pct", "util"];

    internal SoloSpace(IReadOnlyList<SoloColumn> columns) => Columns = columns;

    /// <summary>The columns in use, by name.</summary>
    public IReadOnlyList<SoloColumn> Columns { get; }

    /// <summary>The space of a training part.</summary>
    public static SoloSpace Fit(TrainingSet part) => new(
    [
        .. part.Profiles.SelectMany(p => p.Features.Keys).Distinct().Order(StringComparer.Ordinal)
            .Where(name => FeatureCatalogue.Find(name)?.InPairs ?? true)
            .Select(name => (Name: name, Known: part.Profiles.Select(p => p[name]).OfType<double>().ToArray()))
            .Where(c => c.Known.Length > 0 && 2 * c.Known.Length >= part.Profiles.Count)
            .Select(c => Column(c.Name, c.Known)),
    ]);

    /// <summary>The pair of two profiles with unknown values replaced.</summary>
    /// <exception cref="RequestException">Wrong use: none of the columns is known for one of them, so there is nothing to predict from.</exception>
    public PairInput Pair(SoloProfile a, SoloProfile b) => new(this, Scale(a), Scale(b));

    /// <summary>True when a known value of the profile lies outside the range of training.</summary>
    public bool IsOutside(SoloProfile profile) => Columns.Any(c => c.IsOutside(profile[c.Name]));

    private double[] Scale(SoloProfile profile)
    {
        if (Columns.Count > 0 && Columns.All(c => profile[c.Name] is null))
        {
            throw new RequestException(
                ExitCode.WrongUse,
                $"nothing is known of '{profile.Workload}' that the model uses",
                $"give at least one of: {string.Join(", ", Columns.Select(c => c.Name))}");
        }

        return [.. Columns.Select(c => c.Scale(profile[c.Name]))];
    }

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
