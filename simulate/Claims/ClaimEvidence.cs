namespace Colocate.Simulate.Claims;

/// <summary>Everything that claims are judged on.</summary>
/// <param name="settings">How the simulated host is set up.</param>
/// <param name="readings">The experiments that were run.</param>
/// <param name="published">The paper's tables, for identities.</param>
public sealed class ClaimEvidence(PaperSettings settings, IReadOnlyDictionary<ClaimExperiment, ClaimReading> readings, IReadOnlyList<PublishedBaseCase> published)
{
    /// <summary>How the simulated host is set up.</summary>
    public PaperSettings Settings => settings;

    /// <summary>The paper's tables.</summary>
    public IReadOnlyList<PublishedBaseCase> Published => published;

    /// <summary>Whether an experiment was run.</summary>
    public bool Has(ClaimExperiment experiment) => readings.ContainsKey(experiment);

    /// <summary>The reading of an experiment.</summary>
    /// <exception cref="KeyNotFoundException">It was not run: no claim named it.</exception>
    public ClaimReading this[ClaimExperiment experiment] =>
        readings.TryGetValue(experiment, out ClaimReading? reading) ? reading : throw new KeyNotFoundException($"{experiment} was not run");

    /// <summary>A workload alone at saturation.</summary>
    public ClaimReading Alone(int kb) => this[ClaimExperiment.Alone(kb)];

    /// <summary>Two workloads together, the first on VM1.</summary>
    public ClaimReading Pair(int kb, int otherKb, int ratePercent = 100) => this[ClaimExperiment.Pair(kb, otherKb, ratePercent)];

    /// <summary>B: throughput of a workload alone, 1/s. Pairs are held against what the same host does alone, not against the paper's Table I.</summary>
    public double BasePerS(int kb) => Alone(kb).Guests[0].ThroughputPerS;

    /// <summary>Sum of T / B over both guests at full rate (paper, section III).</summary>
    public double Combined(int kb, int otherKb) => (Pair(kb, otherKb).Guests[0].ThroughputPerS / BasePerS(kb)) + (Pair(kb, otherKb).Guests[1].ThroughputPerS / BasePerS(otherKb));
}
