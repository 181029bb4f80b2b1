using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>One host, its guests and their load: everything a run needs beside the parameters.</summary>
public sealed record HostScenario
{
    /// <summary>Xen's default weight of a domain.</summary>
    public const int DefaultWeight = VcpuShare.DefaultWeight;

    /// <summary>The guests.</summary>
    public required IReadOnlyList<GuestScenario> Guests { get; init; }

    /// <summary>Seconds for which clients offer load; T counts replies within them. The host is idle before: a run starts cold.</summary>
    public required double DurationS { get; init; }

    /// <summary>True: T counts the replies of the window, as a load in its steady state does; false: all replies, from a cold start.</summary>
    public bool CountsWindowOnly { get; init; }

    /// <summary>Start of the window of the metrics, in seconds since the load began.</summary>
    public double WindowStartS { get; init; }

    /// <summary>Length of that window; null: to the end of the load.</summary>
    public double? WindowS { get; init; }

    /// <summary>Age of hypervisor, kernels and card.</summary>
    public HostGeneration Generation { get; init; } = HostGeneration.Xen417;

    /// <summary>Physical cpus.</summary>
    public int Pcpus { get; init; } = 1;

    /// <summary>Pcpus that share a core, numbered one after the other; 1 without hyper-threading.</summary>
    public int ThreadsPerCore { get; init; } = 1;

    /// <summary>Vcpus of the driver domain; interrupts go to the first, its processes run on the last.</summary>
    public int DriverVcpus { get; init; } = 1;

    /// <summary>Name of the scheduler, one of <see cref="SchedulerCatalogue"/>.</summary>
    public string SchedulerName { get; init; } = SchedulerCatalogue.Default;

    /// <summary>Settings of the scheduler; those left out are the scheduler's own.</summary>
    public SchedulerSettings Scheduler { get; init; } = new();

    /// <summary>Weight of the driver domain.</summary>
    public int DriverWeight { get; init; } = DefaultWeight;

    /// <summary>Pcpus on which the driver domain may run, numbers from 0 to 63, at least one that the host has; null: on all.</summary>
    public IReadOnlyList<int>? DriverPins { get; init; }

    /// <summary>Rate of the network card, in Mbit/s.</summary>
    public required double NicMbit { get; init; }

    /// <summary>Burst of the token bucket that shapes the card, in bytes; null when the card's own line is the limit.</summary>
    public long? NicBurstBytes { get; init; }

    /// <summary>Bytes that may wait in front of the card.</summary>
    public long NicQueueBytes { get; init; } = 1_000_000;

    /// <summary>Speed of the host's CPU relative to the one that the parameters stand for; a nuisance of emulated and throttled hosts.</summary>
    public double CpuSpeed { get; init; } = 1;

    /// <summary>Seed of all chance.</summary>
    public long Seed { get; init; } = 1;
}
