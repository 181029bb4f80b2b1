using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's stochastic dual coordinate ascent for squared loss (Shalev-Shwartz and Zhang, JMLR 2013). Features arrive standardised and targets
/// centred; one thread and a seed make it repeatable.
/// </summary>
internal sealed class SdcaRegression : IRegression
{
    /// <summary>L2 penalty relative to the rows: middle of the range that ridge tries.</summary>
    private const float Penalty = 0.1f;

    /// <summary>Passes over the rows at most: enough under this penalty, and each costs ML.NET a tenth of a millisecond whatever the rows.</summary>
    private const int Iterations = 50;

    private const float Tolerance = 1e-5f;

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        if (rows.Features == 0 || rows.Y.Length < MlNetRows.Fewest)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows, offset);
        var model = context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            L1Regularization = 0,
            L2Regularization = Penalty,
            MaximumNumberOfIterations = Iterations,
            ConvergenceTolerance = Tolerance,
            NumberOfThreads = 1,
        }).Fit(view);
        return new Fitted(Linear(model.Model, offset), new Lazy<byte[]>(() => MlNetModel.Save(context, model, view.Schema, offset)));
    }

    public IRegressor Load(byte[] saved)
    {
        if (saved is [(byte)'{', ..])
            return LinearRegressor.Read(saved);
        (LinearRegressionModelParameters parameters, double offset) = MlNetModel.Load<LinearRegressionModelParameters>(saved);
        return new Fitted(Linear(parameters, offset), new Lazy<byte[]>(saved));
    }

    private static LinearRegressor Linear(LinearRegressionModelParameters p, double offset) => new(p.Bias + offset, [.. p.Weights.Select(w => (double)w)]);

    private sealed class Fitted(LinearRegressor linear, Lazy<byte[]> saved) : IRegressor
    {
        public double Predict(double[] x) => linear.Predict(x);

        public byte[] Save() => saved.Value;
    }
}
