using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's FastTree: gradient-boosted regression trees (Friedman, Annals of Statistics 2001; MART). Small trees and few rows a leaf, since the library's defaults are made for many
/// thousand rows; one thread and a seed make it repeatable.
/// </summary>
internal sealed class BoostedRegression : MlNetRegression<FastTreeRegressionModelParameters>
{
    private const int Trees = 100, Leaves = 8, FewestRowsInLeaf = 3;

    private const double LearningRate = 0.1;

    protected override ISingleFeaturePredictionTransformer<FastTreeRegressionModelParameters> Train(RegressionCatalog.RegressionTrainers trainers, IDataView view, int rows, int seed) =>
        trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = FewestRowsInLeaf,
            LearningRate = LearningRate,
            MaximumBinCountPerFeature = 64,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(view);

    protected override Func<double[], double> Predictor(FastTreeRegressionModelParameters parameters, double offset) => RegressionTree.Sum(parameters.TrainedTreeEnsemble, offset);
}
