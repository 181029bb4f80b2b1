using System.Text.Json;

namespace Colocate.Predict.Regression;

/// <summary>A generalised additive model: a bias plus one step function for each of some columns; saved as JSON.</summary>
/// <param name="Bias">What is added to the steps.</param>
/// <param name="Columns">The columns that have a step function.</param>
/// <param name="Bounds">Of each of these the upper ends of its steps, rising, but for the last, which has none.</param>
/// <param name="Effects">Of each of these the height of every step, one more than <paramref name="Bounds"/>.</param>
internal sealed record ShapeFunctions(double Bias, int[] Columns, double[][] Bounds, double[][] Effects) : IRegressor
{
    public double Predict(double[] x)
    {
        double sum = Bias;
        for (int i = 0; i < Columns.Length; i++)
        {
            // ML.NET bins single-precision numbers: a value that rounds to a bound belongs below it.
            int step = Array.BinarySearch(Bounds[i], (float)x[Columns[i]]);
            sum += Effects[i][step < 0 ? ~step : step];
        }

        return sum;
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="FormatException">The bytes are not such a model.</exception>
    public static ShapeFunctions Read(byte[] saved)
    {
        try
        {
            return JsonSerializer.Deserialize<ShapeFunctions>(saved) is { Columns: { } columns, Bounds: { } bounds, Effects: { } effects } read
                && columns.Length == bounds.Length && columns.Length == effects.Length && effects.Zip(bounds).All(s => s.First.Length == s.Second.Length + 1)
                ? read
                : throw new FormatException("step functions without their steps");
        }
        catch (JsonException e)
        {
            throw new FormatException("not a generalised additive model", e);
        }
    }
}
