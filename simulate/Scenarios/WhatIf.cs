using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>Workloads of a calibrated host put side by side.</summary>
public static class WhatIf
{
    /// <summary>A scenario of guests <c>vm1</c>, <c>vm2</c>, ... on the calibrated host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="guests">Workload of each guest (<c>idle</c> for none) with its load as a fraction of its measured B.</param>
    /// <param name="scheduler">Name of the scheduler, one of <see cref="SchedulerCatalogue"/>; null: the host's own.</param>
    /// <exception cref="ArgumentException">There is no such scheduler.</exception>
    /// <exception cref="RequestException">Nothing matched: a workload that was never measured alone.</exception>
    public static HostScenario Scenario(CalibratedHost host, IReadOnlyList<(string Workload, double RateFraction)> guests, string? scheduler = null) => new()
    {
        Guests = [.. guests.Select((g, i) => Guest(host, g.Workload, g.RateFraction, i))],
        DurationS = host.LoadS,
        WindowStartS = host.Generation.SettleS < host.LoadS ? host.Generation.SettleS : 0,
        CountsWindowOnly = host.Generation.SettleS > 0,
        Generation = host.Generation,
        Pcpus = host.Pcpus,
        ThreadsPerCore = host.ThreadsPerCore,
        DriverVcpus = host.VcpusPerDomain,
        SchedulerName = scheduler ?? host.Scheduler,
        Scheduler = Definition(scheduler ?? host.Scheduler).Complete(new SchedulerSettings { TsliceMs = host.TsliceMs, RatelimitUs = host.RatelimitUs }),
        NicMbit = host.NicMbit,
        NicBurstBytes = host.NicBurstBytes,
        NicQueueBytes = host.NicQueueBytes,
    };

    private static SchedulerDefinition Definition(string name) => SchedulerCatalogue.Find(name) ?? throw new ArgumentException($"there is no scheduler '{name}'", nameof(name));

    private static GuestScenario Guest(CalibratedHost host, string name, double rateFraction, int index)
    {
        HostGeneration generation = host.Generation;
        var guest = new GuestScenario { Domain = FormattableString.Invariant($"vm{index + 1}"), Workload = name, Vcpus = host.VcpusPerDomain };
        if (name == DomainSpec.IdleWorkload)
            return guest;
        CalibratedWorkload workload = host.Find(name) ?? throw new RequestException(
            ExitCode.NothingMatched,
            $"the simulator was not calibrated with a workload '{name}'",
            $"use one of: {string.Join(", ", host.Workloads.Select(w => w.Workload))}, {DomainSpec.IdleWorkload}");
        return guest with
        {
            Client = new ClientSettings
            {
                OfferedPerS = rateFraction * workload.BasePerS,
                ReplyBytes = workload.ReplyBytes,
                TimeoutS = workload.TimeoutS,
                Poisson = workload.Poisson,
                SynTimeoutS = generation.SynTimeoutS,
                AcksPerSegment = generation.AcksPerSegment,
            },
            Server = generation.Server with { Workers = workload.Workers, Backlog = workload.Backlog },
        };
    }
}
