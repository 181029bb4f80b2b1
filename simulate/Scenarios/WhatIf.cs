using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>Workloads of a calibrated host put side by side.</summary>
public static class WhatIf
{
    /// <summary>A scenario of guests <c>vm1</c>, <c>vm2</c>, ... on the calibrated host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="guests">Workload of each guest (<c>idle</c> for none, <c>cpu</c> or <c>cpu:0.5</c> for processes that compute, <c>1KB:0.9+100KB:0.1</c> for a mix) with its load as a fraction of its measured B.</param>
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
        DriverVcpus = host.DriverVcpus,
        SchedulerName = scheduler ?? host.Scheduler,
        Scheduler = Definition(scheduler ?? host.Scheduler).Complete(new SchedulerSettings { TsliceMs = host.TsliceMs, RatelimitUs = host.RatelimitUs }),
        NicMbit = host.NicMbit,
        NicBurstBytes = host.NicBurstBytes,
        NicQueueBytes = host.NicQueueBytes,
    };

    private static SchedulerDefinition Definition(string name) => SchedulerCatalogue.Find(name) ?? throw new ArgumentException($"there is no scheduler '{name}'", nameof(name));

    private static GuestScenario Guest(CalibratedHost host, string name, double rateFraction, int index)
    {
        var guest = new GuestScenario { Domain = FormattableString.Invariant($"vm{index + 1}"), Workload = name, Vcpus = host.GuestVcpus };
        if (name == DomainSpec.IdleWorkload)
            return guest;
        if (ComputingLoad.Named(name) is { } computing)
            return guest with { Computing = computing };
        if (host.Find(name) is null && WorkloadMix.Named(name) is { } mix)
            return guest with { Client = Mixed(host, mix, rateFraction), Server = Server(host, Measured(host, mix[0].Workload)) };
        CalibratedWorkload workload = Measured(host, name);
        return guest with { Client = Client(host, workload, rateFraction * workload.BasePerS), Server = Server(host, workload) };
    }

    /// <summary>
    /// Clients who ask for several workloads. Rates are fractions of 1 / sum(fraction / B): each part keeps what bounds it for 1 / B a request (the
    /// utilisation law), so that is what the host takes at least; more where one part is bound by the CPU and another by the card.
    /// </summary>
    private static ClientSettings Mixed(CalibratedHost host, IReadOnlyList<(string Workload, double Fraction)> mix, double rateFraction)
    {
        (CalibratedWorkload Workload, double Fraction)[] parts = [.. mix.Select(m => (Measured(host, m.Workload), m.Fraction))];
        return Client(host, parts[0].Workload, rateFraction / parts.Sum(p => p.Fraction / p.Workload.BasePerS)) with
        {
            OtherReplies = [.. parts.Skip(1).Select(p => new ReplyShare(p.Workload.ReplyBytes, p.Fraction))],
        };
    }

    private static ServerSettings Server(CalibratedHost host, CalibratedWorkload workload) => host.Generation.Server with { Workers = workload.Workers, Backlog = workload.Backlog };

    private static ClientSettings Client(CalibratedHost host, CalibratedWorkload workload, double offeredPerS) => new()
    {
        Load = new OpenLoad(offeredPerS) { Poisson = workload.Poisson },
        ReplyBytes = workload.ReplyBytes,
        TimeoutS = workload.TimeoutS,
        SynTimeoutS = host.Generation.SynTimeoutS,
        AcksPerSegment = host.Generation.AcksPerSegment,
        MayLose = host.Generation.MayLose,
        ReplyHeaderBytes = host.Generation.ReplyHeaderBytes,
    };

    private static CalibratedWorkload Measured(CalibratedHost host, string name) => host.Find(name) ?? throw new RequestException(
        ExitCode.NothingMatched,
        $"the simulator was not calibrated with a workload '{name}'",
        $"use one of: {string.Join(", ", host.Workloads.Select(w => w.Workload))}, {DomainSpec.IdleWorkload}, {ComputingLoad.Workload} or {ComputingLoad.Workload}:0.5");
}
