using Colocate.Predict.Features;
using Colocate.Predict.Kernels;
using Colocate.Predict.Profiles;
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

    /// <summary>Pairs up to which ML.NET's linear trainer is fitted in inner folds: fifty milliseconds on a thousand, and nested folds make hundreds. Its trees take up to a second and never are.</summary>
    private const int MostPairsOfMlNet = 100;

    /// <summary>The trainers, simplest first; the last blends the others.</summary>
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
            fewestPairs: FewestPairs,
            mostPairs: MostPairsOfMlNet),
        new RegressionTrainer(
            "fast_forest",
            "ML.NET bagged regression trees on all symmetric features (Breiman 2001)",
            PairFeatureCatalogue.AllSymmetric,
            new ForestRegression(),
            fewestPairs: FewestPairs,
            mostPairs: 0),
        new RegressionTrainer(
            "fast_tree",
            "ML.NET gradient-boosted regression trees on all symmetric features (Friedman 2001)",
            PairFeatureCatalogue.AllSymmetric,
            new BoostedRegression(),
            fewestPairs: FewestPairs,
            mostPairs: 0),
        new RegressionTrainer(
            "light_gbm",
            "LightGBM through ML.NET, boosted regression trees grown leaf by leaf on all symmetric features (Ke et al. 2017)",
            PairFeatureCatalogue.AllSymmetric,
            new LightGbmRegression(),
            fewestPairs: FewestPairs,
            mostPairs: 0),
        new RegressionTrainer(
            "gam",
            "ML.NET generalised additive model, one step function for each symmetric feature (Lou, Caruana and Gehrke 2012)",
            PairFeatureCatalogue.AllSymmetric,
            new GamRegression(),
            fewestPairs: FewestPairs,
            mostPairs: 0),
        new HalvesTrainer(
            "half_trees",
            "extremely randomised regression trees (Geurts, Ernst and Wehenkel 2006) of what each keeps beside the other, on ordered features; both halves are summed",
            PairFeatureCatalogue.AllOfHalf,
            new ExtraTreesRegression(),
            FewestPairs),
        new KernelTrainer(
            "gaussian_process",
            "Gaussian process on pairs, around the simulated score where there is one; kernel of figures and names chosen by marginal likelihood (Rasmussen and Williams 2006)"),
        new BlendTrainer(
            "blend",
            "weighted mean of the other trainers, weights by inner held-out errors (ensemble selection, Caruana, Niculescu-Mizil, Crew and Ksikes 2004)",
            part => [.. Considered(part).Where(t => t is not BlendTrainer)]),
    ];

    /// <summary>
    /// The trainers that an evaluation of a set fits in inner folds too, which intervals and the choice of auto need. Every other is fitted once an outer fold: its errors are as honest.
    /// </summary>
    public static IEnumerable<IPairTrainer> Nested(TrainingSet set) => All.Where(t => t is not IModelTrainer model || model.MostPairs >= set.Pairs.Count);

    /// <summary>
    /// What auto chooses among. Where a simulator tells the pairs of a small part better than their mean does, trainers that build on it alone: on fewer
    /// pairs than features an inner error says more of luck than of a trainer. A simulator that does not is no reason to leave any out.
    /// </summary>
    internal static IReadOnlyList<IModelTrainer> Considered(TrainingSet part) =>
        [.. Nested(part).OfType<IModelTrainer>().Where(t => !part.SimulatorTells || t.FewestPairs <= part.Pairs.Count)];

    /// <summary>The trainer of that name; null when there is none, and for <see cref="Auto"/>.</summary>
    public static IPairTrainer? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
