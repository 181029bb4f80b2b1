using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's FastForest: bagged regression trees (Breiman, Machine Learning 2001). Two pairs a leaf are enough, since the library's
/// default of ten makes every tree of a small lab a constant; one thread and a seed make it repeatable.
/// </summary>
internal sealed class ForestRegression : IRegression
{
    private const int FewestRowsInLeaf = 2;

    /// <summary>A tree a row, within what averages out the bagging and what nested folds can afford.</summary>
    private static int Trees(int rows) => Math.Clamp(rows, 20, 50);

    /// <summary>Leaves grow with the rows, within the same limits.</summary>
    private static int Leaves(int rows) => Math.Clamp(rows / 4, 4, 32);

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        if (rows.Features == 0 || rows.Y.Length < MlNetRows.Fewest)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows, offset);
        var model = context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            NumberOfTrees = Trees(rows.Y.Length),
            // Split points finer than this cost time and say nothing that a few hundred pairs could support.
            MaximumBinCountPerFeature = 64,
            NumberOfLeaves = Leaves(rows.Y.Length),
            MinimumExampleCountPerLeaf = FewestRowsInLeaf,
            // Quantiles of leaves are not used and would make the saved model twenty times larger.
            NumberOfQuantileSamples = 1,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(view);
        return new Fitted(model.Model.TrainedTreeEnsemble.Trees, offset, new Lazy<byte[]>(() => MlNetModel.Save(context, model, view.Schema, offset)));
    }

    public IRegressor Load(byte[] saved)
    {
        if (saved is [(byte)'{', ..])
            return LinearRegressor.Read(saved);
        (FastForestRegressionModelParameters parameters, double offset) = MlNetModel.Load<FastForestRegressionModelParameters>(saved);
        return new Fitted(parameters.TrainedTreeEnsemble.Trees, offset, new Lazy<byte[]>(saved));
    }

    /// <summary>Walks the trees itself: ML.NET's prediction engine is slow to make and not safe to share between threads.</summary>
    private sealed class Fitted : IRegressor
    {
        private readonly RegressionTree[] _trees;
        private readonly double _offset;
        private readonly Lazy<byte[]> _saved;

        public Fitted(IEnumerable<RegressionTreeBase> trees, double offset, Lazy<byte[]> saved)
        {
            _trees = [.. trees.Select(RegressionTree.Of)];
            (_offset, _saved) = (offset, saved);
        }

        public double Predict(double[] x) => _offset + _trees.Average(t => t.Leaf(x));

        public byte[] Save() => _saved.Value;
    }
}
