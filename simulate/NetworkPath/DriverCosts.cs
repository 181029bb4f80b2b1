namespace Colocate.Simulate.NetworkPath;

/// <summary>CPU times of the driver domain, in ns.</summary>
public sealed record DriverCosts
{
    /// <summary>One round of a network poll or one run of a kernel thread, whatever it handles.</summary>
    public required long RoundNs { get; init; }

    /// <summary>A packet from the card: driver, bridge, queue of the virtual interface.</summary>
    public required long ReceiveNs { get; init; }

    /// <summary>A packet that opens a connection, beside that: filters of the bridge that track connections.</summary>
    public long ConnectionNs { get; init; }

    /// <summary>A packet copied into the guest's memory.</summary>
    public required long CopyNs { get; init; }

    /// <summary>A packet from a guest: netback and bridge.</summary>
    public required long TransmitNs { get; init; }

    /// <summary>A page of a guest mapped and, when it has left, unmapped; half is paid at either end.</summary>
    public required long PageNs { get; init; }

    /// <summary>A packet handed to the card and its memory freed afterwards; half is paid at either end.</summary>
    public required long CardNs { get; init; }

    /// <summary>Period of the domain's own work (monitoring, housekeeping).</summary>
    public required long MonitorPeriodNs { get; init; }

    /// <summary>CPU time of one period of that work.</summary>
    public required long MonitorNs { get; init; }
}
