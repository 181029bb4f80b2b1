using System.Text.Json;

namespace Colocate.Predict.Regression;

/// <summary>Bias plus weighted sum of the features; saved as JSON.</summary>
internal sealed record LinearRegressor(double Bias, double[] Weights) : IRegressor
{
    public static LinearRegressor Constant(double value, int features) => new(value, new double[features]);

    public double Predict(double[] x)
    {
        double sum = Bias;
        for (int i = 0; i < Weights.Length; i++)
            sum += Weights[i] * x[i];
        return sum;
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static LinearRegressor Read(byte[] saved)
    {
        try
        {
            return JsonSerializer.Deserialize<LinearRegressor>(saved) is { Weights: not null } regressor
                ? regressor
                : throw new FormatException("no weights");
        }
        catch (JsonException e)
        {
            throw new FormatException("not a linear regressor", e);
        }
    }
}
