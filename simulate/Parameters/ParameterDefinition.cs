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
    /// <summary>True when a calibration fits it unless told otherwise.</summary>
    public bool IsFitted => Low is not null;

    /// <summary>True when it is a CPU time, which a faster host shortens.</summary>
    public bool ScalesWithCpu { get; internal init; }

    /// <summary>Least value that the simulator can do with, in its unit. A fit stays within <see cref="Low"/> and <see cref="High"/>, a file may go beyond.</summary>
    public double Least { get; internal init; }

    /// <summary>Largest value that the simulator can do with, in its unit.</summary>
    public double Most { get; internal init; } = double.PositiveInfinity;

    /// <summary>Its place in the catalogue.</summary>
    public int Index { get; internal init; }
}
