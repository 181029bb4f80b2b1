using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>
/// Simulated scores of pairs, none or many. The simulator is calibrated to workloads running alone, never to pairs, so a simulated score is
/// known from solo figures alone: it may serve a pair or a workload that is held out without leaking what was measured. That would not hold for
/// a simulator with parameters fitted to measured pairs; its scores must not be given here. Immutable.
/// </summary>
public sealed class SimulatedPairs
{
    private readonly Dictionary<WorkloadPair, Halves> _pairs;

    /// <summary>Creates the collection. A pair given more than once gets the mean; the halves of two equal workloads are made equal.</summary>
    /// <param name="pairs">Halves in the order of their pair, finite and at least 0.</param>
    public SimulatedPairs(IEnumerable<KeyValuePair<WorkloadPair, Halves>> pairs) =>
        _pairs = pairs.GroupBy(p => p.Key, p => p.Value).ToDictionary(g => g.Key, g => Mean(g.Key, [.. g]));

    /// <summary>No simulated pair.</summary>
    public static SimulatedPairs None { get; } = new([]);

    /// <summary>Number of simulated pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>Halves in the order of the pair; null when it was not simulated.</summary>
    public Halves? this[WorkloadPair pair] => _pairs.TryGetValue(pair, out Halves halves) ? halves : null;

    /// <summary>
    /// The scores of the saturated pairs (kind <c>pair</c>, nominal load 1). A pair of which not exactly two guests are loaded and scored is passed
    /// over, as are scenarios of other kinds.
    /// </summary>
    /// <param name="runs">Rows of <c>simulated_runs</c>, in any order.</param>
    /// <param name="domains">Rows of <c>simulated_domains</c>, in any order.</param>
    public static SimulatedPairs From(IEnumerable<SimulatedRunRow> runs, IEnumerable<SimulatedDomainRow> domains)
    {
        ILookup<string, SimulatedDomainRow> loaded = domains
            .Where(d => d.Workload is not null and not DomainSpec.IdleWorkload)
            .ToLookup(d => d.Scenario, StringComparer.Ordinal);
        var pairs = new List<KeyValuePair<WorkloadPair, Halves>>();
        foreach (SimulatedRunRow run in runs.Where(r => r is { Kind: "pair", RateFraction: 1 }).OrderBy(r => r.Scenario, StringComparer.Ordinal))
        {
            if (loaded[run.Scenario].ToArray() is not [{ Workload: string x, Score: double scoreX }, { Workload: string y, Score: double scoreY }])
                continue;
            var halves = new Halves(scoreX, scoreY);
            pairs.Add(new(WorkloadPair.Of(x, y), WorkloadPair.IsSwapped(x, y) ? halves.Swap() : halves));
        }

        return new SimulatedPairs(pairs);
    }

    /// <summary>What is known of two workloads, in the order asked for; simulated scores go by the names of the two.</summary>
    public PairProfile Of(SoloProfile a, SoloProfile b)
    {
        Halves? halves = this[WorkloadPair.Of(a.Workload, b.Workload)];
        return new PairProfile(a, b, WorkloadPair.IsSwapped(a.Workload, b.Workload) ? halves?.Swap() : halves);
    }

    /// <summary>These pairs, and those of <paramref name="others"/> that are not among them.</summary>
    public SimulatedPairs Or(SimulatedPairs others) => new(_pairs.Concat(others._pairs.Where(p => !_pairs.ContainsKey(p.Key))));

    /// <summary>The pairs of which both workloads are among those given.</summary>
    internal SimulatedPairs Among(IReadOnlySet<string> workloads) =>
        new(_pairs.Where(p => workloads.Contains(p.Key.A) && workloads.Contains(p.Key.B)));

    /// <summary>The pairs in the form of <c>pairs.csv</c>, each with one repeat.</summary>
    internal string Write() => PairsCsv.Write(_pairs.Select(p => new MeasuredPair(p.Key, p.Value.A, p.Value.B, 1)));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="RequestException">Wrong use, with the line: the text is something else.</exception>
    internal static SimulatedPairs Read(TextReader reader, string name) =>
        new(PairsCsv.Read(reader, name).Select(p => KeyValuePair.Create(p.Pair, new Halves(p.ScoreA, p.ScoreB))));

    private static Halves Mean(WorkloadPair pair, Halves[] halves)
    {
        var mean = new Halves(halves.Average(h => h.A), halves.Average(h => h.B));
        return pair.IsEqualPair ? new Halves(mean.Combined / 2, mean.Combined / 2) : mean;
    }
}
