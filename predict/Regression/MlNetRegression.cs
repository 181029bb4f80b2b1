using Microsoft.ML;

namespace Colocate.Predict.Regression;

/// <summary>A trainer of ML.NET: rows and seed in, its parameters out, predictions by our own code, for ML.NET's prediction engine is slow to make and not safe to share between threads.</summary>
/// <typeparam name="TParameters">What it learns.</typeparam>
internal abstract class MlNetRegression<TParameters> : IRegression
    where TParameters : class
{
    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        if (rows.Features == 0 || rows.Y.Length < MlNetRows.Fewest)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows, offset);
        if (Train(context.Regression.Trainers, view, rows.Y.Length, seed) is not { } model)
            return LinearRegressor.Constant(offset, rows.Features);
        return new Fitted(Predictor(model.Model, offset), new Lazy<byte[]>(() => MlNetModel.Save(context, model, view.Schema, offset)));
    }

    public IRegressor Load(byte[] saved)
    {
        if (saved is [(byte)'{', ..])
            return LinearRegressor.Read(saved);
        (TParameters parameters, double offset) = MlNetModel.Load<TParameters>(saved);
        return new Fitted(Predictor(parameters, offset), new Lazy<byte[]>(saved));
    }

    /// <summary>Fits rows of <see cref="MlNetRows"/>, repeatably; null where they tell nothing but their mean.</summary>
    protected abstract ISingleFeaturePredictionTransformer<TParameters>? Train(RegressionCatalog.RegressionTrainers trainers, IDataView view, int rows, int seed);

    /// <summary>What the parameters say of the features of a row, the offset added; any number of threads may ask.</summary>
    protected abstract Func<double[], double> Predictor(TParameters parameters, double offset);

    private sealed class Fitted(Func<double[], double> predict, Lazy<byte[]> saved) : IRegressor
    {
        public double Predict(double[] x) => predict(x);

        public byte[] Save() => saved.Value;
    }
}
