using Colocate.Model.Metrics;

namespace Colocate.Simulate.Readout;

/// <summary>What one guest came to.</summary>
public sealed record GuestResult
{
    /// <summary>What its domain did within the window.</summary>
    public required DomainActivity Activity { get; init; }

    /// <summary>T: complete replies / seconds of load; null when not loaded.</summary>
    public required double? ThroughputPerS { get; init; }

    /// <summary>Mean time from request to last byte of the reply, in ms; null when there was none.</summary>
    public required double? ReplyMs { get; init; }

    /// <summary>Mean time from request to first byte of the reply, in ms; null when none began.</summary>
    public required double? FirstByteMs { get; init; }

    /// <summary>Mean time to connect, in ms; null when there was no connection.</summary>
    public required double? ConnectMs { get; init; }

    /// <summary>Requests sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Application bytes in both directions, in KiB/s; null when not loaded.</summary>
    public required double? NetKbPerS { get; init; }

    /// <summary>Wakes within the window that gave the guest the scheduler's boost; null where the scheduler knows none.</summary>
    public required long? BoostedWakes { get; init; }

    /// <summary>Connections given up by the client.</summary>
    public required long TimeOuts { get; init; }

    /// <summary>SYNs dropped because the accept queue was full.</summary>
    public required long SynsDropped { get; init; }
}
