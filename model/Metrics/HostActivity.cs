namespace Colocate.Model.Metrics;

/// <summary>What the whole host did within a <see cref="Window"/>.</summary>
public sealed record HostActivity
{
    /// <summary>Physical cpus seen.</summary>
    public required int Pcpus { get; init; }

    /// <summary>Time the idle domain ran, summed over pcpus.</summary>
    public required long IdleTicks { get; init; }

    /// <summary>Time in which records were lost, summed over pcpus.</summary>
    public required long LostTicks { get; init; }

    /// <summary>Time in which nothing tells whether the idle domain ran, summed over pcpus: that in which records were lost, and after it until the next change.</summary>
    public long IdleUnknownTicks { get; init; }

    /// <summary>Trace records of all pcpus.</summary>
    public required long Events { get; init; }

    /// <summary>Records that the recorder dropped.</summary>
    public required long LostRecords { get; init; }

    /// <summary>Switches of all pcpus, those to and from idle included.</summary>
    public required long Switches { get; init; }

    /// <summary>Switches between two domains that are not idle.</summary>
    public required long GuestSwitches { get; init; }

    /// <summary>Executions of all domains but idle.</summary>
    public required long Executions { get; init; }

    /// <summary>Executions of Domain-0.</summary>
    public required long DriverExecutions { get; init; }

    /// <summary>Event-channel hypercalls of all domains; null when hypercalls were not traced.</summary>
    public required long? EventChannelCalls { get; init; }

    /// <summary>Pages exchanged; null when grants were not traced.</summary>
    public required PageCounts? Pages { get; init; }

    /// <summary>Why <see cref="Pages"/> is null; not looked at when it is not.</summary>
    public string NoPages { get; init; } = "grant operations were not traced";
}
