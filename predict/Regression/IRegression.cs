namespace Colocate.Predict.Regression;

/// <summary>A way to fit rows.</summary>
internal interface IRegression
{
    /// <summary>Fits the rows; the same rows and seed give the same regressor, on any thread.</summary>
    IRegressor Fit(RegressionRows rows, int seed);

    /// <summary>Reads what <see cref="IRegressor.Save"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not such a regressor.</exception>
    IRegressor Load(byte[] saved);
}
