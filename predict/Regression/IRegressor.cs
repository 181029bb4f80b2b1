namespace Colocate.Predict.Regression;

/// <summary>A fitted regression. Safe to use from several threads.</summary>
internal interface IRegressor
{
    /// <summary>Prediction for standardised features.</summary>
    double Predict(double[] x);

    /// <summary>The regressor as bytes; the same regressor gives the same bytes.</summary>
    byte[] Save();
}
