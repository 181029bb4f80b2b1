using Colocate.Predict.Features;
using Colocate.Predict.Kernels;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>Every trainer. Adding one is a line here; <see cref="Auto"/> then considers it.</summary>
public static class TrainerCatalogue
{
    /// <summary>
    /// The name that stands for a choice by inner leave-one-workload-out folds of the training part: the trainer with the least error there,
    /// among those that the part has enough pairs for.
    /// </summary>
    public const string Auto = "auto";

    /// <summary>Training pairs from which auto considers trainers beside a good simulator that do not build on it: about twice the pair features of a lab.</summary>
    private const int FewestPairs = 100;

    /// <summary>The trainers, simplest first.</summary>
    public static IReadOnlyList<IPairTrainer> All { get; } =
    [
        new RegressionTrainer(
            "grey_box",
            "the calibrated simulator, or without one the constant-demand bound, plus ridge regression of what it leaves, on features of shared resources only",
            PairFeatureCatalogue.CapacityOnly,
            new RidgeRegression(),
            pair => (pair.Simulated ?? ConstantDemand.Bound(pair)).Combined),
        new RegressionTrainer(
            "ridge",
            "closed-form ridge regression on all symmetric features (Hoerl and Kennard 1970; the linear model of TRACON 2011 with a penalty)",
            PairFeatureCatalogue.AllSymmetric,
            new RidgeRegression(),
            fewestPairs: FewestPairs),
        new RegressionTrainer(
            "sdca",
            "ML.NET stochastic dual coordinate ascent on all symmetric features (Shalev-Shwartz and Zhang 2013)",
            PairFeatureCatalogue.AllSymmetric,
            new SdcaRegression(),
            fewestPairs: FewestPairs),
        new RegressionTrainer(
            "fast_forest",
            "ML.NET bagged regression trees on all symmetric features (Breiman 2001)",
            PairFeatureCatalogue.AllSymmetric,
            new ForestRegression(),
            fewestPairs: FewestPairs),
        new KernelTrainer(
            "gaussian_process",
            "Gaussian process on pairs, around the simulated score where there is one; kernel of figures and names chosen by marginal likelihood (Rasmussen and Williams 2006)"),
    ];

    /// <summary>The trainer of that name; null when there is none, and for <see cref="Auto"/>.</summary>
    public static IPairTrainer? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
