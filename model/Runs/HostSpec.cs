namespace Colocate.Model.Runs;

/// <summary>The physical host of a run and its hypervisor.</summary>
public sealed record HostSpec
{
    /// <summary>Name of the host; null when the manifest gives none.</summary>
    public string? Name { get; init; }

    /// <summary>Hypervisor with version, for instance <c>Xen 4.17.7</c>; null when unknown.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Scheduler name as Xen prints it (<c>credit</c>, <c>credit2</c>, ...); null when unknown.</summary>
    public string? Scheduler { get; init; }

    /// <summary>Scheduler time slice in milliseconds; null when unknown.</summary>
    public double? TsliceMs { get; init; }

    /// <summary>Scheduler rate limit in microseconds (0 = off); null when unknown.</summary>
    public double? RatelimitUs { get; init; }

    /// <summary>Physical cpus that Xen schedules on; at least 1.</summary>
    public required int Pcpus { get; init; }

    /// <summary>TSC frequency in Hz; null when not recorded (it is then derived from the trace where that is possible).</summary>
    public double? TscHz { get; init; }

    /// <summary>Rate of the shared network card in Mbit/s; null when unknown.</summary>
    public double? NicMbit { get; init; }

    /// <summary>Token-bucket burst of the card in bytes; null when unknown or not shaped.</summary>
    public long? NicBurstBytes { get; init; }

    /// <summary>Transmit queue of the card in bytes; null when unknown.</summary>
    public long? NicQueueBytes { get; init; }

    /// <summary>Name to show: the given one, else hypervisor and scheduler.</summary>
    public string Label => Name ?? string.Join(", ", new[] { Hypervisor, Scheduler }.Where(s => s is not null));
}
