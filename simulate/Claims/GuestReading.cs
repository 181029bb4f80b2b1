namespace Colocate.Simulate.Claims;

/// <summary>One loaded guest as monitor and client tell of it.</summary>
public sealed record GuestReading : DomainReading
{
    /// <summary>Requests offered per second.</summary>
    public required double OfferedPerS { get; init; }

    /// <summary>Complete replies per second.</summary>
    public required double ThroughputPerS { get; init; }

    /// <summary>Application bytes of requests and replies, in KB (1024 bytes) per second.</summary>
    public required double NetKbPerS { get; init; }

    /// <summary>Mean time from request to first byte of the reply, in ms; null when there was no reply.</summary>
    public double? FirstByteMs { get; init; }

    /// <summary>Wakes that gave the guest the scheduler's boost, per execution; null when it never ran.</summary>
    public double? BoostedWakesPerExecution { get; init; }
}
