namespace Colocate.Simulate.Calibration;

/// <summary>A column that is compared between a measured run and its simulation.</summary>
/// <param name="Name">Column of <c>client_results</c>, <c>domain_metrics</c> or <c>host_metrics</c>.</param>
/// <param name="Of">Whose column.</param>
/// <param name="Relative">Deviation that counts as one, as a fraction of the measured value.</param>
/// <param name="Least">Deviation that counts as one at least, in the column's unit.</param>
/// <param name="Fitted">True when the calibration minimises it; false when it is only shown.</param>
/// <param name="Read">Its value in a run; null when unknown.</param>
public sealed record Observable(string Name, ObservedPart Of, double Relative, double Least, bool Fitted, Func<RunReading, double?> Read)
{
    /// <summary>Unique name: whose column, and the column; <c>driver.cpu_fraction</c>.</summary>
    public string Key { get; } = $"{Of.ToString().ToLowerInvariant()}.{Name}";

    /// <summary>Deviation from a measured value that counts as one.</summary>
    public double Tolerance(double measured) => Math.Max(Relative * measured, Least);
}
