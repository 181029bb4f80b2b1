using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Fitted parameters as points: a coordinate is the natural logarithm of value over start in standard deviations of the prior, so that the prior of every
/// coordinate is the standard normal distribution, and the start the origin.
/// </summary>
/// <param name="start">Values of all parameters; those not fitted keep theirs.</param>
/// <param name="fitted">The fitted ones, in the order of the coordinates.</param>
public sealed class ParameterSpace(HostParameters start, IReadOnlyList<FittedParameter> fitted)
{
    /// <summary>The search looks this many standard deviations of the prior around; beyond, the prior would cost as much as ten observables that are off by one.</summary>
    private const double Reach = 3;

    /// <summary>The fitted parameters.</summary>
    public IReadOnlyList<FittedParameter> Fitted => fitted;

    /// <summary>How many coordinates a point has.</summary>
    public int Dimensions => fitted.Count;

    /// <summary>Lower ends of the coordinates: those of the parameters' ranges, or where the prior leaves next to nothing.</summary>
    public IReadOnlyList<double> Low { get; } = [.. fitted.Select(f => Math.Max(Coordinate(f, f.Low), -Reach))];

    /// <summary>Upper ends of the coordinates.</summary>
    public IReadOnlyList<double> High { get; } = [.. fitted.Select(f => Math.Min(Coordinate(f, f.High), Reach))];

    /// <summary>Widest range of a coordinate: one step in the unit cube is at most as many standard deviations of the prior.</summary>
    public double Width => Low.Zip(High, (low, high) => high - low).Max();

    /// <summary>The point of some values.</summary>
    public double[] Point(HostParameters parameters) => Clamped([.. fitted.Select(f => Coordinate(f, parameters[f.Definition]))]);

    /// <summary>The values at a point.</summary>
    public HostParameters Parameters(IReadOnlyList<double> point) => start.With(fitted.Select((f, i) => (f.Definition, f.Clamp(f.Start * Math.Exp(f.PriorSd * point[i])))));

    /// <summary>The nearest point within all ranges.</summary>
    public double[] Clamped(IReadOnlyList<double> point) => [.. point.Select((x, i) => Math.Clamp(x, Low[i], High[i]))];

    /// <summary>The point of a place in the unit cube whose corners are the ends of the coordinates.</summary>
    public double[] FromCube(IReadOnlyList<double> place) => [.. place.Select((u, i) => Low[i] + (u * (High[i] - Low[i])))];

    /// <summary>The place of a point in that cube.</summary>
    public double[] ToCube(IReadOnlyList<double> point) => [.. point.Select((x, i) => Math.Clamp((x - Low[i]) / (High[i] - Low[i]), 0, 1))];

    private static double Coordinate(FittedParameter parameter, double value) => Math.Log(value / parameter.Start) / parameter.PriorSd;
}
