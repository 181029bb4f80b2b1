using Colocate.Predict;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

/// <summary>Six workloads from CPU-bound to network-bound whose pairs follow a formula: physics plus something physics does not know.</summary>
internal static class SmallLab
{
    public static readonly string[] Names = ["1KB", "4KB", "10KB", "30KB", "50KB", "100KB"];

    public static IReadOnlyList<SoloProfile> Profiles { get; } = [.. Names.Select((name, i) => Profile(name, 1 - (0.08 * i), 0.2 + (0.15 * i)))];

    public static IReadOnlyList<MeasuredPair> Pairs { get; } =
    [
        .. from i in Enumerable.Range(0, Names.Length)
           from j in Enumerable.Range(i, Names.Length - i)
           where (i + j) % 3 != 1
           let half = 0.45 + (0.06 * (j - i)) + (0.01 * ((i * 7) + (j * 3) % 5))
           select MeasuredPair.Of(Names[i], Names[j], half, half + (0.02 * (j - i)), 1 + (i % 2)),
    ];

    public static TrainingSet Set { get; } = new(Profiles, Pairs);

    public static SoloProfile Profile(string name, double cpu, double net) => new(name,
    [
        new("throughput_per_s", 100 / net),
        new("host_cpu_fraction", cpu),
        new("dom0_cpu_fraction", 0.3 + (cpu / 10)),
        new("net_fraction", net),
    ]);

    public static EvaluationResult Evaluate(TrainingSet set, string protocol, int parallelism = 1) =>
        new Study(set, new StudySettings { Parallelism = parallelism }).Evaluate([ProtocolCatalogue.Find(protocol)!]);
}
