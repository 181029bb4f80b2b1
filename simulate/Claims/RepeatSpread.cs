using Colocate.Model.Tables;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Claims;

/// <summary>
/// How far repeats of a run differ: the standard deviation of a score as a fraction of its mean, over runs of one kind with the same workloads at the same
/// rate. Runs that were not repeated have the spread of all repeats together.
/// </summary>
public sealed class RepeatSpread
{
    /// <summary>Default weight, no cap.</summary>
    private static readonly string s_usualShare = Share(null, null);

    private readonly Dictionary<string, string> _groupOf;
    private readonly Dictionary<string, double> _ofGroup = [];

    /// <summary>Measures it.</summary>
    /// <param name="scores">Table <c>scores</c>; rows without a value are passed over.</param>
    /// <param name="value">The value whose spread is meant; null when unknown.</param>
    /// <param name="part">What is compared between runs: one value for each run and part.</param>
    /// <param name="domains">Table <c>run_domains</c>: runs whose domains had other weights or caps are no repeats; null when all had the same.</param>
    public RepeatSpread(IEnumerable<GuestScoreRow> scores, Func<GuestScoreRow, double?> value, Func<GuestScoreRow, string> part, IEnumerable<RunDomainRow>? domains = null)
    {
        GuestScoreRow[] all = [.. scores];
        Dictionary<string, string> shares = (domains ?? []).GroupBy(d => d.Run).ToDictionary(
            g => g.Key, g => string.Join(' ', g.OrderBy(d => d.DomainIndex).Select(d => Share(d.Weight, d.CapFraction))));
        _groupOf = all.GroupBy(s => s.Run).ToDictionary(
            g => g.Key, g => FormattableString.Invariant($"{g.First().Kind} {g.First().RateFraction} {string.Join('+', g.OrderBy(s => s.GuestIndex).Select(s => s.Workload))} {SharesOf(g.Key)}"));
        string SharesOf(string run) => shares.TryGetValue(run, out string? own) && own.Split(' ').Any(s => s != s_usualShare) ? own : "";
        double squares = 0;
        int freedom = 0;
        foreach (var group in all.Where(s => value(s) is not null).GroupBy(s => (_groupOf[s.Run], Part: part(s))))
        {
            double[] values = [.. group.DistinctBy(s => s.Run).Select(s => value(s)!.Value)];
            double mean = values.Average();
            if (values.Length < 2 || mean <= 0)
                continue;
            double sum = values.Sum(v => (v / mean - 1) * (v / mean - 1));
            (squares, freedom) = (squares + sum, freedom + values.Length - 1);
            _ofGroup[Key(group.Key.Item1, group.Key.Part)] = Math.Sqrt(sum / (values.Length - 1));
        }

        Pooled = freedom == 0 ? null : Math.Sqrt(squares / freedom);
    }

    /// <summary>Spread of all repeats together, a fraction of the mean; null when nothing was repeated.</summary>
    public double? Pooled { get; }

    /// <summary>Spread of the repeats of a run, or of all repeats where there are none of it; a fraction of the mean, 0 when nothing was repeated.</summary>
    public double Of(string run, string part) =>
        _groupOf.TryGetValue(run, out string? group) && _ofGroup.TryGetValue(Key(group, part), out double spread) ? spread : Pooled ?? 0;

    private static string Share(double? weight, double? capFraction) => FormattableString.Invariant($"{weight ?? HostScenario.DefaultWeight}/{capFraction ?? 0}");

    private static string Key(string group, string part) => $"{group}|{part}";
}
