namespace Colocate.Model.Runs;

/// <summary>One domain of a run.</summary>
public sealed record DomainSpec
{
    /// <summary>The workload name that means: running, but not loaded.</summary>
    public const string IdleWorkload = "idle";

    /// <summary>Name as Xen shows it, unique in the run.</summary>
    public required string Name { get; init; }

    /// <summary>Domain id during this run; ids change when guests are created anew. Null for a domain that did not exist during the run.</summary>
    public required int? Domid { get; init; }

    /// <summary>Virtual cpus; at least 1.</summary>
    public required int Vcpus { get; init; }

    /// <summary>Memory in MiB; null when unknown.</summary>
    public double? MemoryMb { get; init; }

    /// <summary>Scheduler weight (Xen's default is 256); null when unknown.</summary>
    public double? Weight { get; init; }

    /// <summary>Scheduler cap as a fraction of one pcpu, 0 = no cap; null when unknown.</summary>
    public double? CapFraction { get; init; }

    /// <summary><c>driver</c> for the domain that owns the network card, else <c>guest</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Workload name; <see cref="IdleWorkload"/> when not loaded; null for a driver domain.</summary>
    public string? Workload { get; init; }

    /// <summary>Bytes of content in one reply; null when unknown.</summary>
    public long? ReplyBytes { get; init; }

    /// <summary>Requests per second that the client offered; null when unknown or closed-loop.</summary>
    public double? OfferedPerS { get; init; }

    /// <summary>The server that answers; null when unknown.</summary>
    public ServerSpec? Server { get; init; }

    /// <summary>The client that loaded this guest; null when none did.</summary>
    public ClientSpec? Client { get; init; }

    /// <summary>Event trace recorded inside the guest, relative to the manifest; null when there is none.</summary>
    public string? GuestTraceFile { get; init; }

    /// <summary>True when the domain drives the network card.</summary>
    public bool IsDriver => Role == "driver";

    /// <summary>True when a client loaded this guest.</summary>
    public bool IsLoaded => !IsDriver && Workload is not null and not IdleWorkload;
}
