using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;

namespace Colocate.Simulate.Scenarios;

/// <summary>One guest of a simulated host.</summary>
public sealed record GuestScenario
{
    /// <summary>Name of the domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Workload; <c>idle</c> when not loaded.</summary>
    public required string Workload { get; init; }

    /// <summary>What clients ask of its server; null when they ask nothing.</summary>
    public ClientSettings? Client { get; init; }

    /// <summary>What its processes compute, by themselves and beside the server; null when they do not.</summary>
    public ComputingLoad? Computing { get; init; }

    /// <summary>Server and TCP.</summary>
    public ServerSettings Server { get; init; } = new();

    /// <summary>Vcpus; packets come in on the first, the server's processes run on all.</summary>
    public int Vcpus { get; init; } = 1;

    /// <summary>Scheduler weight; at least 1.</summary>
    public int Weight { get; init; } = HostScenario.DefaultWeight;

    /// <summary>Scheduler cap as a fraction of one pcpu; 0 = none.</summary>
    public double CapFraction { get; init; }

    /// <summary>Pcpus on which it may run, numbers from 0 to 63, at least one that the host has; null: on all.</summary>
    public IReadOnlyList<int>? Pins { get; init; }
}
