using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Predict.Regression;

/// <summary>
/// Closed-form ridge (Hoerl and Kennard, Technometrics 1970), weighted, with an unpenalised intercept unless it is switched off.
/// The penalty is the one with the least mean absolute error over the inner folds of the rows, each of which holds out a workload,
/// because that is the question asked later; equal errors prefer the stronger penalty.
/// </summary>
internal sealed class RidgeRegression(bool intercept = true) : IRegression
{
    /// <summary>Penalties tried, relative to the total weight of the rows: from nearly least squares to nearly the mean, strongest first.</summary>
    private static readonly double[] s_penalties = [100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];

    public IRegressor Fit(RegressionRows rows, int seed) => Solve(rows, Enumerable.Range(0, rows.Y.Length).ToArray(), [Choose(rows)])[0];

    public IRegressor Load(byte[] saved) => LinearRegressor.Read(saved);

    /// <summary>Fit with one given penalty.</summary>
    public LinearRegressor Fit(RegressionRows rows, double penalty) => Solve(rows, Enumerable.Range(0, rows.Y.Length).ToArray(), [penalty])[0];

    private double Choose(RegressionRows rows)
    {
        var errors = new double[s_penalties.Length];
        foreach (int[] heldOut in rows.Folds)
        {
            int[] training = [.. Enumerable.Range(0, rows.Y.Length).Except(heldOut)];
            if (training.Length == 0)
                continue;
            LinearRegressor[] fits = Solve(rows, training, s_penalties);
            for (int p = 0; p < fits.Length; p++)
                errors[p] += heldOut.Sum(i => rows.Weights[i] * Math.Abs(rows.Y[i] - fits[p].Predict(rows.X[i])));
        }

        return s_penalties[Array.IndexOf(errors, errors.Min())];
    }

    private LinearRegressor[] Solve(RegressionRows rows, int[] training, double[] penalties)
    {
        int features = rows.Features;
        double total = training.Sum(i => rows.Weights[i]);
        double meanY = intercept ? training.Sum(i => rows.Weights[i] * rows.Y[i]) / total : 0;
        if (features == 0)
            return [.. penalties.Select(_ => LinearRegressor.Constant(meanY, 0))];
        var means = new double[features];
        if (intercept)
        {
            for (int f = 0; f < features; f++)
                means[f] = training.Sum(i => rows.Weights[i] * rows.X[i][f]) / total;
        }

        Matrix<double> gram = Matrix<double>.Build.Dense(features, features);
        Vector<double> moment = Vector<double>.Build.Dense(features);
        foreach (int i in training)
        {
            for (int f = 0; f < features; f++)
            {
                double weighted = rows.Weights[i] * (rows.X[i][f] - means[f]);
                moment[f] += weighted * (rows.Y[i] - meanY);
                for (int g = 0; g <= f; g++)
                    gram[f, g] += weighted * (rows.X[i][g] - means[g]);
            }
        }

        for (int f = 0; f < features; f++)
        {
            for (int g = 0; g < f; g++)
                gram[g, f] = gram[f, g];
        }

        return [.. penalties.Select(Fit)];

        LinearRegressor Fit(double penalty)
        {
            Matrix<double> penalised = gram.Clone();
            for (int f = 0; f < features; f++)
                penalised[f, f] += penalty * total;
            Vector<double> weights = penalised.Cholesky().Solve(moment);
            double bias = meanY;
            for (int f = 0; f < features; f++)
                bias -= weights[f] * means[f];
            return new LinearRegressor(bias, [.. weights]);
        }
    }
}
