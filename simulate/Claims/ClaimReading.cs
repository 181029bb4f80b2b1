namespace Colocate.Simulate.Claims;

/// <summary>What the paper would have printed of one <see cref="ClaimExperiment"/>.</summary>
public sealed record ClaimReading
{
    /// <summary>CPU of the host, 0..1.</summary>
    public required double CpuFraction { get; init; }

    /// <summary>VMM events per second.</summary>
    public required double EventsPerS { get; init; }

    /// <summary>VM switches per second.</summary>
    public required double SwitchesPerS { get; init; }

    /// <summary>Pages exchanged per second.</summary>
    public required double PagesPerS { get; init; }

    /// <summary>The driver domain.</summary>
    public required DomainReading Driver { get; init; }

    /// <summary>The guests: VM1, then VM2 where there is one.</summary>
    public required IReadOnlyList<GuestReading> Guests { get; init; }

    /// <summary>Pages exchanged / executions of the driver domain (paper, section III); 0 when it never ran.</summary>
    public double PagesPerExecution => Driver.ExecutionsPerS == 0 ? 0 : PagesPerS / Driver.ExecutionsPerS;

    /// <summary>Net I/O of all guests, in KB/s.</summary>
    public double NetKbPerS => Guests.Sum(g => g.NetKbPerS);

    /// <summary>Mean over the guests.</summary>
    public double PerGuest(Func<GuestReading, double> value) => Guests.Average(value);
}
