using System.Security.Cryptography;
using System.Text;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary>Measured pairs and the solo profiles of their workloads: all that a trainer sees. Immutable.</summary>
public sealed class TrainingSet
{
    /// <summary>Fewest pairs that are trained on: one to learn from and one to be wrong about on each side of a fold.</summary>
    public const int FewestPairs = 3;

    /// <summary>Fewest workloads that are trained on: with one held out a pair of two others must remain.</summary>
    public const int FewestWorkloads = 3;

    private readonly Dictionary<string, SoloProfile> _profiles;

    /// <summary>Creates the set. Repeats are merged; profiles without a measured pair are left out.</summary>
    /// <exception cref="RequestException">A pair without a solo profile (wrong use), or too little to learn from (nothing matched).</exception>
    public TrainingSet(IEnumerable<SoloProfile> profiles, IEnumerable<MeasuredPair> pairs)
        : this(profiles.ToDictionary(p => p.Workload, StringComparer.Ordinal), MeasuredPair.Merge(pairs))
    {
        if (Pairs.Count < FewestPairs || Profiles.Count < FewestWorkloads)
        {
            throw new RequestException(
                ExitCode.NothingMatched,
                $"{Pairs.Count} measured pairs of {Profiles.Count} workloads are too few to learn from",
                $"measure at least {FewestPairs} pairs of at least {FewestWorkloads} workloads");
        }
    }

    private TrainingSet(Dictionary<string, SoloProfile> profiles, IReadOnlyList<MeasuredPair> pairs)
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
        Key = string.Join('\n', pairs.Select(p => p.Pair));
    }

    /// <summary>The measured pairs, in pair order.</summary>
    public IReadOnlyList<MeasuredPair> Pairs { get; }

    /// <summary>Profiles of the workloads of <see cref="Pairs"/>, in <see cref="WorkloadOrder"/>.</summary>
    public IReadOnlyList<SoloProfile> Profiles { get; }

    /// <summary>Names of the workloads, in <see cref="WorkloadOrder"/>.</summary>
    public IEnumerable<string> Workloads => Profiles.Select(p => p.Workload);

    /// <summary>Profile of a workload; null when no pair has it.</summary>
    public SoloProfile? Profile(string workload) => _profiles.GetValueOrDefault(workload);

    /// <summary>SHA-256, lower-case hex, over the canonical <c>solo.csv</c> and <c>pairs.csv</c> of the set.</summary>
    public string Digest() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SoloCsv.Write(Profiles) + "\n" + PairsCsv.Write(Pairs))));

    /// <summary>Names the pairs; parts of one set are equal when their keys are.</summary>
    internal string Key { get; }

    /// <summary>The part that is left for training when some pairs are held out; workloads left without a pair go too. May be empty.</summary>
    internal TrainingSet Without(Func<WorkloadPair, bool> heldOut) => new(_profiles, [.. Pairs.Where(p => !heldOut(p.Pair))]);
}
