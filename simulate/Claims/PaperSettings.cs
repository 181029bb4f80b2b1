namespace Colocate.Simulate.Claims;

/// <summary>How a simulated host is set up, for the claims about the paper's testbed. Null is what the host's model does not say.</summary>
public sealed record PaperSettings
{
    /// <summary>Physical cpus.</summary>
    public required int Pcpus { get; init; }

    /// <summary>Rate of the network card, in Mbit/s.</summary>
    public required double NicMbit { get; init; }

    /// <summary>Version of the hypervisor whose rules are simulated, for instance 3.4.0; null when none is followed.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Scheduler weights of the guests.</summary>
    public required IReadOnlyList<int> GuestWeights { get; init; }

    /// <summary>Scheduler caps of the guests, as fractions of one pcpu; 0 = none.</summary>
    public required IReadOnlyList<double> GuestCapFractions { get; init; }

    /// <summary>Sizes of the files that are served, in KB.</summary>
    public required IReadOnlyList<int> WorkloadsKb { get; init; }

    /// <summary>Address remappings for each packet to a guest; null when they are not modelled one by one.</summary>
    public int? RemapsPerReceived { get; init; }

    /// <summary>Address remappings for each packet from a guest; null when they are not modelled one by one.</summary>
    public int? RemapsPerSent { get; init; }

    /// <summary>CPU that monitoring takes, 0..1; null when it is not modelled.</summary>
    public double? MonitorCpuFraction { get; init; }
}
