namespace Colocate.Predict.Features;

/// <summary>One solo feature as a training part sees it: how it is scaled, what stands in where it is unknown, and its range.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="IsLogarithmic">True when pairs are compared by the natural logarithm of the value.</param>
/// <param name="Divisor">What the value is divided by first: 100 for per cent, else 1.</param>
/// <param name="IsShared">True for a share (0..1) of something both guests draw on.</param>
/// <param name="Capacity">Largest share both can reach together; null when the column bounds nothing.</param>
/// <param name="Low">Smallest value in training, unscaled.</param>
/// <param name="High">Largest value in training, unscaled.</param>
/// <param name="Mean">Mean over the training workloads, scaled: stands in where the value is unknown.</param>
public sealed record SoloColumn(
    string Name, bool IsLogarithmic, double Divisor, bool IsShared, double? Capacity, double Low, double High, double Mean)
{
    /// <summary>The value as pair features use it; the training mean when unknown, or not positive where a logarithm is needed.</summary>
    public double Scale(double? value) => value switch
    {
        null => Mean,
        double v when IsLogarithmic => v > 0 ? Math.Log(v) : Mean,
        double v => v / Divisor,
    };

    /// <summary>True when a known value lies outside the training range, beyond rounding.</summary>
    public bool IsOutside(double? value)
    {
        double slack = 1e-9 * Math.Max(Math.Abs(Low), Math.Abs(High));
        return value < Low - slack || value > High + slack;
    }
}
