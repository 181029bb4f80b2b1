using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's FastTree: gradient-boosted regression trees (Friedman, Annals of Statistics 2001; MART). Small trees and few rows a leaf, since the library's defaults are made for many
/// thousand rows; one thread and a seed make it repeatable.
/// </summary>
internal sealed class BoostedRegression : IRegression
{
    private const int Trees = 100, Leaves = 8, FewestRowsInLeaf = 3;

    private const double LearningRate = 0.1;

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        if (rows.Features == 0 || rows.Y.Length < MlNetRows.Fewest)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows, offset);
        var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
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
        return new Fitted(model.Model, offset, new Lazy<byte[]>(() => MlNetModel.Save(context, model, view.Schema, offset)));
    }

    public IRegressor Load(byte[] saved)
    {
        if (saved is [(byte)'{', ..])
            return LinearRegressor.Read(saved);
        (FastTreeRegressionModelParameters parameters, double offset) = MlNetModel.Load<FastTreeRegressionModelParameters>(saved);
        return new Fitted(parameters, offset, new Lazy<byte[]>(saved));
    }

    /// <summary>Adds up the trees itself: ML.NET's prediction engine is slow to make and not safe to share between threads.</summary>
    private sealed class Fitted(FastTreeRegressionModelParameters model, double offset, Lazy<byte[]> saved) : IRegressor
    {
        private readonly RegressionTree[] _trees = [.. model.TrainedTreeEnsemble.Trees.Select(RegressionTree.Of)];
        private readonly double[] _weights = [.. model.TrainedTreeEnsemble.TreeWeights];
        private readonly double _bias = offset + model.TrainedTreeEnsemble.Bias;

        public double Predict(double[] x)
        {
            double sum = _bias;
            for (int i = 0; i < _trees.Length; i++)
                sum += _weights[i] * _trees[i].Leaf(x);
            return sum;
        }

        public byte[] Save() => saved.Value;
    }
}
