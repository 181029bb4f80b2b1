namespace Colocate.Simulate.Guests;

/// <summary>CPU times of a guest, in ns.</summary>
public sealed record GuestCosts
{
    /// <summary>One round of a network poll, whatever it handles.</summary>
    public required long RoundNs { get; init; }

    /// <summary>A packet received: netfront and TCP.</summary>
    public required long ReceiveNs { get; init; }

    /// <summary>A packet without payload sent: TCP and netfront.</summary>
    public required long ControlNs { get; init; }

    /// <summary>A segment of a reply sent: TCP and netfront; freeing it afterwards included.</summary>
    public required long SegmentNs { get; init; }

    /// <summary>The server's work for one request, whatever its size.</summary>
    public required long RequestNs { get; init; }

    /// <summary>The server's work for each KiB of content.</summary>
    public required long RequestKbNs { get; init; }

    /// <summary>Period of the guest's own work (housekeeping of kernel and processes).</summary>
    public required long BackgroundPeriodNs { get; init; }

    /// <summary>CPU time of one period of that work.</summary>
    public required long BackgroundNs { get; init; }
}
