using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Baselines;

/// <summary>Every baseline; an evaluation shows them beside the trainers. Adding one is a line here.</summary>
public static class BaselineCatalogue
{
    /// <summary>Name of the training mean, which skill is measured against.</summary>
    public const string MeanName = "mean";

    private const string SimulatorName = "simulator";

    /// <summary>The baselines, least knowledge first.</summary>
    public static IReadOnlyList<IPairTrainer> All { get; } =
    [
        new Baseline(MeanName, "mean combined score of the training pairs, weighted by repeats", Mean),
        new Baseline(
            "bottleneck",
            "message of the IEEE CLOUD 2010 paper as a rule: workloads with the same scarcest resource score 1, others the mean of mixed pairs",
            BottleneckRule.Fit),
        new Baseline(
            "constant_demand",
            "utilisation law with solo demands (Denning and Buzen 1978): largest x + y within CPU and link, nothing fitted",
            part => OnPairs(part, pair => ConstantDemand.Bound(pair).Combined)),
        new Baseline(
            "proportional_share",
            "utilisation law with solo demands when both slow down alike, as under equal scheduler weights",
            part => OnPairs(part, pair => ConstantDemand.ProportionalShare(pair).Combined)),
        new Baseline(
            "additive",
            "mean plus one effect a workload by least squares (additive analysis of variance); an unseen workload has none",
            AdditiveEffects.Fit),
        new Baseline(
            "nearest_pairs",
            "mean of the training pairs with the nearest solo figures, the weighted-mean idea of Koh et al. (ISPASS 2007)",
            NearestPairs.Fit),
        new Baseline(
            SimulatorName,
            "simulated combined score of a simulator calibrated to workloads running alone, nothing fitted",
            _ => pair => pair.Simulated!.Value.Combined),
    ];

    /// <summary>The baselines that a set allows: the simulator only where every measured pair was simulated.</summary>
    public static IEnumerable<IPairTrainer> For(TrainingSet set) => All.Where(b => b.Name != SimulatorName || set.IsSimulated);

    private static Func<PairProfile, double> Mean(TrainingSet part)
    {
        double mean = part.Pairs.Sum(p => p.Weight * p.Combined) / part.Pairs.Sum(p => p.Weight);
        return _ => mean;
    }

    private static Func<PairProfile, double> OnPairs(TrainingSet part, Func<PairInput, double> combined)
    {
        SoloSpace space = SoloSpace.Fit(part);
        return pair => combined(space.Pair(pair));
    }
}
