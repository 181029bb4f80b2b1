using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's stochastic dual coordinate ascent for squared loss (Shalev-Shwartz and Zhang, JMLR 2013). Features arrive standardised and targets
/// centred; one thread and a seed make it repeatable.
/// </summary>
internal sealed class SdcaRegression : MlNetRegression<LinearRegressionModelParameters>
{
    /// <summary>L2 penalty relative to the rows: middle of the range that ridge tries.</summary>
    private const float Penalty = 0.1f;

    /// <summary>Passes over the rows at most: enough under this penalty, and each costs ML.NET a tenth of a millisecond whatever the rows.</summary>
    private const int Iterations = 50;

    private const float Tolerance = 1e-5f;

    protected override ISingleFeaturePredictionTransformer<LinearRegressionModelParameters> Train(RegressionCatalog.RegressionTrainers trainers, IDataView view, int rows, int seed) =>
        trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            ExampleWeightColumnName = MlNetRows.Weight,
            L1Regularization = 0,
            L2Regularization = Penalty,
            MaximumNumberOfIterations = Iterations,
            ConvergenceTolerance = Tolerance,
            NumberOfThreads = 1,
        }).Fit(view);

    protected override Func<double[], double> Predictor(LinearRegressionModelParameters parameters, double offset) =>
        new LinearRegressor(parameters.Bias + offset, [.. parameters.Weights.Select(w => (double)w)]).Predict;
}
