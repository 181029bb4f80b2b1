using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's FastForest: bagged regression trees (Breiman, Machine Learning 2001). Two pairs a leaf are enough, since the library's
/// default of ten makes every tree of a small lab a constant; one thread and a seed make it repeatable.
/// </summary>
internal sealed class ForestRegression : MlNetRegression<FastForestRegressionModelParameters>
{
    private const int FewestRowsInLeaf = 2;

    /// <summary>A tree a row, within what averages out the bagging and what nested folds can afford.</summary>
    private static int Trees(int rows) => Math.Clamp(rows, 20, 50);

    /// <summary>Leaves grow with the rows, within the same limits.</summary>
    private static int Leaves(int rows) => Math.Clamp(rows / 4, 4, 32);

    protected override ISingleFeaturePredictionTransformer<FastForestRegressionModelParameters>? Train(RegressionCatalog.RegressionTrainers trainers, IDataView view, int rows, int seed)
    {
        var model = trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            NumberOfTrees = Trees(rows),
            // Split points finer than this cost time and say nothing that a few hundred pairs could support.
            MaximumBinCountPerFeature = 64,
            NumberOfLeaves = Leaves(rows),
            MinimumExampleCountPerLeaf = FewestRowsInLeaf,
            // Quantiles of leaves are not used and would make the saved model twenty times larger.
            NumberOfQuantileSamples = 1,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(view);

        // Where a handful of rows allows no split, the forest has no tree.
        return model.Model.TrainedTreeEnsemble.Trees.Count > 0 ? model : null;
    }

    protected override Func<double[], double> Predictor(FastForestRegressionModelParameters parameters, double offset)
    {
        RegressionTree[] trees = [.. parameters.TrainedTreeEnsemble.Trees.Select(RegressionTree.Of)];
        return x => offset + trees.Average(t => t.Leaf(x));
    }
}
