using System.Globalization;

namespace Colocate.Simulate.Guests;

/// <summary>A process on each vcpu of a guest that uses the CPU and nothing else.</summary>
public sealed record ComputingLoad
{
    /// <summary>The workload name that means: computes all the time; a colon and a fraction may follow.</summary>
    public const string Workload = "cpu";

    /// <summary>
    /// Fraction of the time for which a process computes when nobody else wants the pcpu, above 0, at most 1. It computes in bursts and sleeps
    /// in between; both are exponential, and sleeps do not shrink when bursts take longer.
    /// </summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Mean CPU time of a burst in seconds, above 0, on a CPU of any speed; a third of Xen's usual time slice.</summary>
    public double BurstS { get; init; } = 0.01;

    /// <summary>The load that a workload's name means: <c>cpu</c>, or <c>cpu:0.5</c>.</summary>
    /// <param name="workload">The name.</param>
    /// <returns>Null when it means none.</returns>
    public static ComputingLoad? Named(string workload) =>
        workload == Workload ? new ComputingLoad()
        : workload.StartsWith(Workload + ":", StringComparison.Ordinal)
          && double.TryParse(workload.AsSpan(Workload.Length + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double fraction) && fraction is > 0.001 and <= 1
            ? new ComputingLoad { Fraction = fraction }
            : null;
}
