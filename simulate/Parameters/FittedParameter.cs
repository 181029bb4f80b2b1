namespace Colocate.Simulate.Parameters;

/// <summary>A parameter that a calibration moves, and what is thought of it before any run is seen.</summary>
/// <param name="Definition">The parameter.</param>
/// <param name="Start">Where the search starts and the prior has its middle, in its unit; between the ends.</param>
/// <param name="Low">Lower end of the range searched, in its unit; above 0.</param>
/// <param name="High">Upper end of the range searched, in its unit.</param>
public sealed record FittedParameter(ParameterDefinition Definition, double Start, double Low, double High)
{
    /// <summary>The parameters that <see cref="ParameterCatalogue"/> marks as fitted, as it has them.</summary>
    public static IReadOnlyList<FittedParameter> Catalogue { get; } =
        [.. ParameterCatalogue.All.Where(p => p.IsFitted).Select(p => new FittedParameter(p, p.Start, p.Low!.Value, p.High!.Value))];

    /// <summary>Standard deviation of the prior around the start, in units of natural logarithm; above 0. The default is a factor of three: what is known is an order of magnitude.</summary>
    public double PriorSd { get; init; } = 1.1;

    /// <summary>The value at a place of the unit interval; costs are searched on a logarithmic scale, for only their ratios matter.</summary>
    public double FromUnit(double place) => Low * Math.Pow(High / Low, place);

    /// <summary>The place of a value in the unit interval.</summary>
    public double ToUnit(double value) => Math.Log(value / Low) / Math.Log(High / Low);

    /// <summary>The nearest value in the range.</summary>
    public double Clamp(double value) => Math.Clamp(value, Low, High);
}
