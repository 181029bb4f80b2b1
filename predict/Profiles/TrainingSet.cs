using System.Security.Cryptography;
using System.Text;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary>Measured pairs, the solo profiles of their workloads, and what a simulator says of these: all that a trainer sees. Immutable.</summary>
public sealed class TrainingSet
{
    /// <summary>Fewest pairs that are trained on: one to learn from and one to be wrong about on each side of a fold.</summary>
    public const int FewestPairs = 3;

    /// <summary>Fewest workloads that are trained on: with one held out a pair of two others must remain.</summary>
    public const int FewestWorkloads = 3;

    private readonly Dictionary<string, SoloProfile> _profiles;

    /// <summary>Creates the set. Repeats are merged; profiles and simulated pairs of workloads without a measured pair are left out.</summary>
    /// <param name="profiles">Solo profiles, one a workload.</param>
    /// <param name="pairs">Measured pairs.</param>
    /// <param name="simulated">Simulated pairs of the same workloads; null when nothing was simulated.</param>
    /// <exception cref="RequestException">A pair without a solo profile (wrong use), or too little to learn from (nothing matched).</exception>
    public TrainingSet(IEnumerable<SoloProfile> profiles, IEnumerable<MeasuredPair> pairs, SimulatedPairs? simulated = null)
        : this(profiles.ToDictionary(p => p.Workload, StringComparer.Ordinal), MeasuredPair.Merge(pairs), simulated ?? SimulatedPairs.None)
    {
        if (Pairs.Count < FewestPairs || Profiles.Count < FewestWorkloads)
        {
            throw new RequestException(
                ExitCode.NothingMatched,
                $"{Pairs.Count} measured pair{(Pairs.Count == 1 ? "" : "s")} of {Profiles.Count} workload{(Profiles.Count == 1 ? "" : "s")} {(Pairs.Count == 1 ? "is" : "are")} too few to learn from",
                $"measure at least {FewestPairs} pairs of at least {FewestWorkloads} workloads");
        }
    }

    private TrainingSet(Dictionary<string, SoloProfile> profiles, IReadOnlyList<MeasuredPair> pairs, SimulatedPairs simulated)
    {
        Pairs = pairs;
        Profiles =
        [
            .. pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(WorkloadOrder.Instance)
                .Select(w => profiles.GetValueOrDefault(w) ?? throw new RequestException(
                    ExitCode.WrongUse,
                    $"the workload '{w}' has measured pairs but no solo figures",
                    "add its solo row or base run, or leave its pairs out")),
        ];
        _profiles = Profiles.ToDictionary(p => p.Workload, StringComparer.Ordinal);
        Simulated = simulated.Among(_profiles.Keys.ToHashSet(StringComparer.Ordinal));
        Key = string.Join('\n', pairs.Select(p => p.Pair));
    }

    /// <summary>The measured pairs, in pair order.</summary>
    public IReadOnlyList<MeasuredPair> Pairs { get; }

    /// <summary>Profiles of the workloads of <see cref="Pairs"/>, in <see cref="WorkloadOrder"/>.</summary>
    public IReadOnlyList<SoloProfile> Profiles { get; }

    /// <summary>Simulated pairs of the workloads, measured or not; may be none, or not all.</summary>
    public SimulatedPairs Simulated { get; }

    /// <summary>True when every measured pair was simulated too.</summary>
    public bool IsSimulated => Pairs.All(p => Simulated[p.Pair] is not null);

    /// <summary>True when every measured pair was simulated and the simulated scores err less, in the mean and weighted by repeats, than the mean score does.</summary>
    internal bool SimulatorTells
    {
        get
        {
            if (!IsSimulated || Pairs.Count == 0)
                return false;
            double mean = Pairs.Sum(p => p.Weight * p.Combined) / Pairs.Sum(p => p.Weight);
            return Pairs.Sum(p => p.Weight * Math.Abs(p.Combined - Simulated[p.Pair]!.Value.Combined)) < Pairs.Sum(p => p.Weight * Math.Abs(p.Combined - mean));
        }
    }

    /// <summary>Names of the workloads, in <see cref="WorkloadOrder"/>.</summary>
    public IEnumerable<string> Workloads => Profiles.Select(p => p.Workload);

    /// <summary>Profile of a workload; null when no pair has it.</summary>
    public SoloProfile? Profile(string workload) => _profiles.GetValueOrDefault(workload);

    /// <summary>SHA-256, lower-case hex, over the canonical <c>solo.csv</c> and <c>pairs.csv</c> of the set, and <c>simulated.csv</c> if it has one.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        SoloCsv.Write(Profiles) + "\n" + PairsCsv.Write(Pairs) + (Simulated.Count > 0 ? "\n" + Simulated.Write() : ""))));

    /// <summary>What is known of a pair of its workloads but for the measurement.</summary>
    internal PairProfile Known(WorkloadPair pair) => Simulated.Of(_profiles[pair.A], _profiles[pair.B]);

    /// <summary>Names the pairs; parts of one set are equal when their keys are.</summary>
    internal string Key { get; }

    /// <summary>The part that is left for training when some pairs are held out; workloads left without a pair go too. May be empty.</summary>
    internal TrainingSet Without(Func<WorkloadPair, bool> heldOut) => new(_profiles, [.. Pairs.Where(p => !heldOut(p.Pair))], Simulated);
}
