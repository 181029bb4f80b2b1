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

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        var all = Moments.Of(rows, Enumerable.Range(0, rows.Y.Length));
        return Solve(all, Choose(rows, all));
    }

    public IRegressor Load(byte[] saved) => LinearRegressor.Read(saved);

    /// <summary>Fit with one given penalty.</summary>
    public LinearRegressor Fit(RegressionRows rows, double penalty) => Solve(Moments.Of(rows, Enumerable.Range(0, rows.Y.Length)), penalty);

    private double Choose(RegressionRows rows, Moments all)
    {
        var errors = new double[s_penalties.Length];
        foreach (int[] heldOut in rows.Folds)
        {
            if (heldOut.Length == rows.Y.Length)
                continue;
            Moments training = all.Without(Moments.Of(rows, heldOut));
            for (int p = 0; p < errors.Length; p++)
            {
                LinearRegressor fit = Solve(training, s_penalties[p]);
                foreach (int i in heldOut)
                    errors[p] += rows.Weights[i] * Math.Abs(rows.Y[i] - fit.Predict(rows.X[i]));
            }
        }

        return s_penalties[Array.IndexOf(errors, errors.Min())];
    }

    private LinearRegressor Solve(Moments moments, double penalty)
    {
        int features = moments.Features;
        double meanY = intercept ? moments.SumY / moments.Weight : 0;
        double[] means = [.. moments.SumX.Select(s => intercept ? s / moments.Weight : 0)];
        if (features == 0)
            return LinearRegressor.Constant(meanY, 0);
        var matrix = new double[features * features];
        var weights = new double[features];
        for (int f = 0; f < features; f++)
        {
            for (int g = 0; g <= f; g++)
                matrix[(f * features) + g] = moments.Squares[(f * features) + g] - (moments.Weight * means[f] * means[g]);
            matrix[(f * features) + f] += penalty * moments.Weight;
            weights[f] = moments.Products[f] - (moments.Weight * means[f] * meanY);
        }

        if (!Cholesky.Factor(matrix, features))
            throw new InvalidOperationException($"a ridge of {features} features with penalty {penalty} is singular");
        Cholesky.Forward(matrix, features, weights);
        Cholesky.Backward(matrix, features, weights);
        double bias = meanY;
        for (int f = 0; f < features; f++)
            bias -= weights[f] * means[f];
        return new LinearRegressor(bias, weights);
    }
}
