namespace Colocate.Model.Metrics;

/// <summary>A stretch of a run that metrics are computed over, in clock ticks (TSC cycles of a trace, nanoseconds of a simulation).</summary>
/// <param name="StartTicks">First tick.</param>
/// <param name="LengthTicks">Length; at least 0.</param>
/// <param name="TicksPerS">Clock frequency in Hz; greater than 0.</param>
public readonly record struct Window(long StartTicks, long LengthTicks, double TicksPerS)
{
    /// <summary>Length in seconds.</summary>
    public double LengthS => LengthTicks / TicksPerS;
}
