using Colocate.Model.Runs;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

/// <summary>Simulated pairs of the small lab's workloads, and labs whose truth the simulator tells or does not.</summary>
internal static class SimulatedLab
{
    /// <summary>All 21 pairs of the lab, scored by a formula of the solo figures and a little noise: what a regression on them can learn.</summary>
    public static TrainingSet Explained { get; } = new(SmallLab.Profiles, Explain());

    /// <summary>Scores of all 21 pairs that no solo figure tells: each half anywhere in 0.3..0.9.</summary>
    public static SimulatedPairs Random(int seed)
    {
        var random = new Random(seed);
        return new SimulatedPairs(
            WorkloadPair.All(SmallLab.Names).Select(p => KeyValuePair.Create(p, new Halves(0.3 + (0.6 * random.NextDouble()), 0.3 + (0.6 * random.NextDouble())))).ToList());
    }

    /// <summary>The lab in which every half is the simulated one less a twentieth of the two workloads' CPU together: 0.06 to 0.1.</summary>
    public static TrainingSet Truth(SimulatedPairs simulated) => new(
        SmallLab.Profiles,
        WorkloadPair.All(SmallLab.Names).Select(p =>
        {
            double residual = -0.05 * (Cpu(p.A) + Cpu(p.B));
            Halves halves = simulated[p]!.Value;
            return new MeasuredPair(p, halves.A + residual, halves.B + residual, 1);
        }),
        simulated);

    /// <summary>The same lab with another simulator.</summary>
    public static TrainingSet With(TrainingSet set, SimulatedPairs simulated) => new(set.Profiles, set.Pairs, simulated);

    /// <summary>The simulated pairs but for one.</summary>
    public static SimulatedPairs Without(SimulatedPairs simulated, WorkloadPair gap) =>
        new(WorkloadPair.All(SmallLab.Names).Where(p => p != gap).Select(p => KeyValuePair.Create(p, simulated[p]!.Value)));

    private static List<MeasuredPair> Explain()
    {
        var random = new Random(5);
        return
        [
            .. from p in WorkloadPair.All(SmallLab.Names)
               let combined = 1.9 - (0.5 * (Cpu(p.A) + Cpu(p.B))) + (0.4 * Math.Abs(Cpu(p.A) - Cpu(p.B))) + (0.04 * random.NextDouble())
               select new MeasuredPair(p, combined / 2, combined / 2, 1),
        ];
    }

    private static double Cpu(string workload) => SmallLab.Profiles.Single(p => p.Workload == workload)["host_cpu_fraction"]!.Value;
}
