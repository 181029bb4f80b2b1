using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's LightGBM: gradient-boosted regression trees grown leaf by leaf (Ke et al., NIPS 2017). Small trees and few rows a leaf as for <see cref="BoostedRegression"/>: its defaults of 20 rows a leaf
/// make every tree of a small lab a constant. One thread, its switch for determinism and a seed make it repeatable.
/// </summary>
internal sealed class LightGbmRegression : MlNetRegression<LightGbmRegressionModelParameters>
{
    private const int Trees = 100, Leaves = 8, FewestRowsInLeaf = 3;

    private const double LearningRate = 0.1;

    protected override ISingleFeaturePredictionTransformer<LightGbmRegressionModelParameters>? Train(RegressionCatalog.RegressionTrainers trainers, IDataView view, int rows, int seed)
    {
        var options = new LightGbmRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            NumberOfIterations = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = FewestRowsInLeaf,
            LearningRate = LearningRate,
            MaximumBinCountPerFeature = 64,
            NumberOfThreads = 1,
            Deterministic = true,
            Seed = seed,
            Silent = true,
            Verbose = false,
        };
        try
        {
            return trainers.LightGbm(options).Fit(view);
        }
        catch (ArgumentNullException)
        {
            // Where a handful of rows allows no split, LightGBM ends with one tree of one leaf, of which ML.NET 5.0.1 cannot make a model.
            return null;
        }
    }

    protected override Func<double[], double> Predictor(LightGbmRegressionModelParameters parameters, double offset) => RegressionTree.Sum(parameters.TrainedTreeEnsemble, offset);
}
