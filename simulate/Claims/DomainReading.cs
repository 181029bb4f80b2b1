namespace Colocate.Simulate.Claims;

/// <summary>One domain as the paper's monitor tabulates it.</summary>
public record DomainReading
{
    /// <summary>Time running, as a fraction in the monitor's base, 0..1.</summary>
    public required double CpuFraction { get; init; }

    /// <summary>Time runnable and not running, as a fraction in the monitor's base, 0..1.</summary>
    public required double WaitFraction { get; init; }

    /// <summary>Time blocked, as a fraction in the monitor's base, 0..1.</summary>
    public required double BlockFraction { get; init; }

    /// <summary>Executions per second.</summary>
    public required double ExecutionsPerS { get; init; }
}
