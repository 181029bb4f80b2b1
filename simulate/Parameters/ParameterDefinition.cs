namespace Colocate.Simulate.Parameters;

/// <summary>One parameter of the simulator.</summary>
/// <param name="Name">Name in <c>params.json</c>, unit at the end.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Start">Value when nothing was fitted, and where a fit starts.</param>
/// <param name="Low">Lower end of the range searched; null when it is not fitted.</param>
/// <param name="High">Upper end of the range searched; null when it is not fitted.</param>
/// <param name="Source">Where value or range come from.</param>
public sealed record ParameterDefinition(string Name, string Unit, string Meaning, double Start, double? Low, double? High, string Source)
{
    /// <summary>True when a calibration fits it.</summary>
    public bool IsFitted => Low is not null;

    /// <summary>True when it is a CPU time, which a faster host shortens.</summary>
    public bool ScalesWithCpu { get; internal init; }

    /// <summary>Least value that the simulator can do with, in its unit. A fit stays within <see cref="Low"/> and <see cref="High"/>, a file may go beyond.</summary>
    public double Least { get; internal init; }

    /// <summary>Largest value that the simulator can do with, in its unit.</summary>
    public double Most { get; internal init; } = double.PositiveInfinity;

    /// <summary>Its place in the catalogue.</summary>
    public int Index { get; internal init; }

    /// <summary>The value at a place of the unit interval; costs are searched on a logarithmic scale, for only their ratios matter.</summary>
    /// <exception cref="InvalidOperationException">The parameter is not fitted.</exception>
    public double FromUnit(double place) => Low is { } low && High is { } high
        ? low * Math.Pow(high / low, place)
        : throw new InvalidOperationException($"{Name} is not fitted");

    /// <summary>The place of a value in the unit interval.</summary>
    /// <exception cref="InvalidOperationException">The parameter is not fitted.</exception>
    public double ToUnit(double value) => Low is { } low && High is { } high
        ? Math.Log(value / low) / Math.Log(high / low)
        : throw new InvalidOperationException($"{Name} is not fitted");
}
