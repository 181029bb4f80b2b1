using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's generalised additive model: a step function a feature, boosted in turn (Lou, Caruana and Gehrke, KDD 2012). Few rounds, since its default of 9500 is made for
/// many thousand rows; one thread and a seed make it repeatable.
/// </summary>
internal sealed class AdditiveRegression : IRegression
{
    private const int Rounds = 200, MostBins = 32, FewestRowsInBin = 3;

    private const double LearningRate = 0.05;

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        if (rows.Features == 0 || rows.Y.Length < MlNetRows.Fewest)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows, offset);
        var model = context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            NumberOfIterations = Rounds,
            LearningRate = LearningRate,
            MaximumBinCountPerFeature = MostBins,
            MinimumExampleCountPerLeaf = FewestRowsInBin,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(view);
        return new Fitted(model.Model, rows.Features, offset, new Lazy<byte[]>(() => MlNetModel.Save(context, model, view.Schema, offset)));
    }

    public IRegressor Load(byte[] saved)
    {
        if (saved is [(byte)'{', ..])
            return LinearRegressor.Read(saved);
        (GamRegressionModelParameters parameters, double offset) = MlNetModel.Load<GamRegressionModelParameters>(saved);
        return new Fitted(parameters, parameters.NumberOfShapeFunctions, offset, new Lazy<byte[]>(saved));
    }

    /// <summary>Adds up the steps itself: ML.NET's prediction engine is slow to make and not safe to share between threads.</summary>
    private sealed class Fitted(GamRegressionModelParameters model, int features, double offset, Lazy<byte[]> saved) : IRegressor
    {
        private readonly double[][] _bounds = [.. Enumerable.Range(0, features).Select(f => model.GetBinUpperBounds(f).ToArray())];
        private readonly double[][] _effects = [.. Enumerable.Range(0, features).Select(f => model.GetBinEffects(f).ToArray())];
        private readonly double _bias = offset + model.Bias;

        public double Predict(double[] x)
        {
            double sum = _bias;
            for (int f = 0; f < _bounds.Length; f++)
            {
                int bin = 0;
                while (bin < _bounds[f].Length - 1 && (float)x[f] > _bounds[f][bin])
                    bin++;
                sum += _effects[f][bin];
            }

            return sum;
        }

        public byte[] Save() => saved.Value;
    }
}
