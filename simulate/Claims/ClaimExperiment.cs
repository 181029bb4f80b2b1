using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>A run of the paper's host that claims ask for: one workload alone at saturation, or two together at a rate.</summary>
/// <param name="WorkloadKb">Size of the file that VM1 serves, in KB.</param>
/// <param name="OtherKb">Size of the file that VM2 serves, in KB; null when VM1 is alone.</param>
/// <param name="RatePercent">Load of every guest in per cent of the throughput of its workload alone, as the paper's axes count it.</param>
public sealed record ClaimExperiment(int WorkloadKb, int? OtherKb, int RatePercent)
{
    /// <summary>The rates of the paper's sweeps, in per cent.</summary>
    public static IReadOnlyList<int> Rates { get; } = [.. Enumerable.Range(1, 10).Select(step => 10 * step)];

    /// <summary>Names of the workloads, as in <c>--vm 1KB</c>.</summary>
    public IEnumerable<string> Workloads => new[] { WorkloadKb, OtherKb }.OfType<int>().Select(kb => Invariant($"{kb}KB"));

    /// <summary>A workload alone at saturation.</summary>
    public static ClaimExperiment Alone(int kb) => new(kb, null, 100);

    /// <summary>Two workloads together, the first on VM1.</summary>
    public static ClaimExperiment Pair(int kb, int otherKb, int ratePercent = 100) => new(kb, otherKb, ratePercent);

    /// <summary>Two workloads together at the rates of the sweep from one to another, both included.</summary>
    public static IEnumerable<ClaimExperiment> Sweep(int kb, int otherKb, int fromPercent = 10, int toPercent = 100) =>
        Rates.Where(r => r >= fromPercent && r <= toPercent).Select(r => Pair(kb, otherKb, r));

    /// <summary>The commands that run experiments, those of one sweep as a loop of the shell.</summary>
    /// <param name="experiments">The experiments; none gives no command.</param>
    /// <param name="parameters">Path of <c>params.json</c>.</param>
    public static string? Command(IEnumerable<ClaimExperiment> experiments, string parameters)
    {
        string[] commands =
        [
            .. from sweep in experiments.Distinct().GroupBy(e => (e.WorkloadKb, e.OtherKb))
               let rates = sweep.Select(e => Invariant($"{e.RatePercent / 100.0:0.##}")).ToArray()
               let run = $"colocate simulate --params {ShellWord.Of(parameters)} {string.Join(' ', sweep.First().Workloads.Select(w => $"--vm {w}"))} --rate "
               select rates.Length == 1 ? run + rates[0] : $"for rate in {string.Join(' ', rates)}; do {run}$rate; done",
        ];
        return commands.Length == 0 ? null : string.Join("; ", commands);
    }

    /// <summary>In the paper's notation, for instance <c>(1, 100) at 50 %</c>.</summary>
    public override string ToString() => OtherKb is null ? Invariant($"{WorkloadKb} KB alone") : Invariant($"({WorkloadKb}, {OtherKb}) at {RatePercent} %");
}
