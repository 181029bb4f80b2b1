using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Parameters;

/// <summary>A simulator fitted to one host: everything that <c>params.json</c> holds.</summary>
public sealed record CalibratedHost
{
    /// <summary>The parameters.</summary>
    public required HostParameters Parameters { get; init; }

    /// <summary>The parameters that were fitted to runs; the others were set beforehand.</summary>
    public required IReadOnlyList<FittedParameter> Fitted { get; init; }

    /// <summary>The workloads measured alone on it, by name.</summary>
    public required IReadOnlyList<CalibratedWorkload> Workloads { get; init; }

    /// <summary>Age of its software and hardware.</summary>
    public HostGeneration Generation { get; init; } = HostGeneration.Xen417;

    /// <summary>Pcpus that share a core.</summary>
    public int ThreadsPerCore { get; init; } = 1;

    /// <summary>Vcpus of the driver domain.</summary>
    public int DriverVcpus { get; init; } = 1;

    /// <summary>Vcpus of every guest.</summary>
    public int GuestVcpus { get; init; } = 1;

    /// <summary>Physical cpus.</summary>
    public required int Pcpus { get; init; }

    /// <summary>Name of the scheduler, one of <see cref="SchedulerCatalogue"/>.</summary>
    public string Scheduler { get; init; } = SchedulerCatalogue.Default;

    /// <summary>Scheduler slice in ms; that of the credit scheduler when the host's own has none.</summary>
    public required int TsliceMs { get; init; }

    /// <summary>Scheduler rate limit in us, 0 = none; that of the credit scheduler when the host's own has none.</summary>
    public required int RatelimitUs { get; init; }

    /// <summary>Rate of the network card in Mbit/s.</summary>
    public required double NicMbit { get; init; }

    /// <summary>Burst of its token bucket in bytes; null when it has none.</summary>
    public required long? NicBurstBytes { get; init; }

    /// <summary>Bytes that may wait in front of it.</summary>
    public required long NicQueueBytes { get; init; }

    /// <summary>Seconds of load of its base runs; what-ifs last as long unless told otherwise.</summary>
    public required double LoadS { get; init; }

    /// <summary>Standard deviation of the logarithm of the CPU's speed between runs.</summary>
    public required double SpeedSd { get; init; }

    /// <summary>Seed of the search.</summary>
    public required long Seed { get; init; }

    /// <summary>Runs it was fitted to.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Candidates that the search tried.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Squared residuals in tolerances, outliers held, that are left, summed.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// Parameter vectors that explain the runs about as well as <see cref="Parameters"/>: simulations go through all of them, so that intervals say how far
    /// the runs leave the parameters open. Empty = <see cref="Parameters"/> alone.
    /// </summary>
    public IReadOnlyList<AcceptedVector> Accepted { get; init; } = [];

    /// <summary>Pair runs that parameters were fitted to besides, none of which says anything of the simulator's errors on pairs.</summary>
    public IReadOnlyList<string> PairRuns { get; init; } = [];

    /// <summary>The workload of that name; null when it was never measured alone.</summary>
    public CalibratedWorkload? Find(string workload) => Workloads.FirstOrDefault(w => w.Workload == workload);
}
