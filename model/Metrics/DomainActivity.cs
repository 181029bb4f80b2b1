namespace Colocate.Model.Metrics;

/// <summary>What one domain did within a <see cref="Window"/>: the raw material of its metrics, from a trace or from the simulator.</summary>
public sealed record DomainActivity
{
    /// <summary>Why no event-channel calls show.</summary>
    public const string NoHypercalls = "hypercalls (the PV class) were not traced";

    /// <summary>Virtual cpus of the domain, those that never ran included; at least 1.</summary>
    public required int Vcpus { get; init; }

    /// <summary>Time running, summed over vcpus.</summary>
    public required long RunningTicks { get; init; }

    /// <summary>Time runnable, summed over vcpus.</summary>
    public required long RunnableTicks { get; init; }

    /// <summary>Part of <see cref="RunnableTicks"/> that a wake began; null when causes are not told apart.</summary>
    public long? WaitAfterWakeTicks { get; init; }

    /// <summary>Part of <see cref="RunnableTicks"/> that a preemption began; null when causes are not told apart.</summary>
    public long? WaitAfterPreemptionTicks { get; init; }

    /// <summary>Time blocked, summed over vcpus.</summary>
    public required long BlockedTicks { get; init; }

    /// <summary>Time offline, summed over vcpus.</summary>
    public required long OfflineTicks { get; init; }

    /// <summary>Time in an unknown state because records were lost, summed over vcpus.</summary>
    public required long LostTicks { get; init; }

    /// <summary>Time in which no vcpu runs and at least one is runnable.</summary>
    public required long DomainWaitTicks { get; init; }

    /// <summary>Time in which no vcpu runs or is runnable and at least one is blocked.</summary>
    public required long DomainBlockTicks { get; init; }

    /// <summary>Times a vcpu was put on a pcpu.</summary>
    public required long Executions { get; init; }

    /// <summary>Times a vcpu was woken.</summary>
    public required long Wakes { get; init; }

    /// <summary>Trace records logged while the domain had the pcpu.</summary>
    public required long Events { get; init; }

    /// <summary>Event-channel hypercalls; null when hypercalls were not traced.</summary>
    public required long? EventChannelCalls { get; init; }

    /// <summary>Why <see cref="EventChannelCalls"/> is null; not looked at when it is not.</summary>
    public string NoEventChannel { get; init; } = NoHypercalls;

    /// <summary>Pages done by (a backend) or done for (a guest); null when grants were not traced.</summary>
    public required PageCounts? Pages { get; init; }

    /// <summary>Why <see cref="Pages"/> is null; not looked at when it is not.</summary>
    public string NoPages { get; init; } = "grant operations were not traced";
}
