namespace Colocate.Simulate.Claims;

/// <summary>What Tables I and II of the paper print of one workload alone, as far as identities are checked on it.</summary>
public sealed record PublishedBaseCase
{
    /// <summary>Size of the file served, in KB.</summary>
    public required int WorkloadKb { get; init; }

    /// <summary>Requests per second at saturation.</summary>
    public required double ThroughputPerS { get; init; }

    /// <summary>Net I/O in KB/s.</summary>
    public required double NetKbPerS { get; init; }

    /// <summary>Response time in ms; to the first byte of the reply, for 100 KB need longer on the wire.</summary>
    public required double FirstByteMs { get; init; }

    /// <summary>CPU of the host, 0..1.</summary>
    public required double CpuFraction { get; init; }

    /// <summary>Pages exchanged per second.</summary>
    public required double PagesPerS { get; init; }

    /// <summary>Pages per execution of the driver domain, as printed.</summary>
    public required double PagesPerExecution { get; init; }

    /// <summary>CPU of the driver domain, 0..1.</summary>
    public required double DriverCpuFraction { get; init; }

    /// <summary>Executions of the driver domain per second.</summary>
    public required double DriverExecutionsPerS { get; init; }

    /// <summary>CPU of the guest, 0..1.</summary>
    public required double GuestCpuFraction { get; init; }

    /// <summary>VMM events per second.</summary>
    public required double EventsPerS { get; init; }

    /// <summary>VM switches per second.</summary>
    public required double SwitchesPerS { get; init; }

    /// <summary>Waiting time of the driver domain, 0..1.</summary>
    public required double DriverWaitFraction { get; init; }

    /// <summary>Blocked time of the driver domain, 0..1.</summary>
    public required double DriverBlockFraction { get; init; }

    /// <summary>Waiting time of the guest, 0..1.</summary>
    public required double GuestWaitFraction { get; init; }

    /// <summary>Blocked time of the guest, 0..1.</summary>
    public required double GuestBlockFraction { get; init; }

    /// <summary>Executions of the guest per second.</summary>
    public required double GuestExecutionsPerS { get; init; }
}
