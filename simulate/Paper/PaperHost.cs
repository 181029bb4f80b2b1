using Colocate.Model.Tables;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Paper;

/// <summary>The paper's host as its claims are judged on it: every experiment is a what-if on a host that was calibrated to its base cases.</summary>
/// <param name="host">The host.</param>
/// <param name="settings">How experiments are simulated.</param>
public sealed class PaperHost(CalibratedHost host, ExperimentSettings settings) : IPaperHost
{
    /// <inheritdoc/>
    public PaperSettings Settings => new()
    {
        Pcpus = host.Pcpus,
        NicMbit = host.NicMbit,
        Hypervisor = host.Generation == HostGeneration.Xen34 ? "3.4.0" : null,
        GuestWeights = [HostScenario.DefaultWeight, HostScenario.DefaultWeight],
        GuestCapFractions = [0, 0],
        WorkloadsKb = [.. host.Workloads.Select(w => (int)(w.ReplyBytes / 1024))],
        // The monitor shows means over all pcpus.
        MonitorCpuFraction = host.Parameters[ParameterCatalogue.Monitor] / host.Pcpus,
    };

    /// <inheritdoc/>
    public int FreeParameters => host.Fitted.Count + HostEvents.FreeWeights(host.Parameters);

    /// <inheritdoc/>
    public IReadOnlyCollection<ClaimExperiment> SeenPairs { get; } = [.. ClaimCatalogue.Experiments.Where(e => e.OtherKb is not null && host.PairRuns.Contains(PublishedPair.NameOf(e)))];

    /// <inheritdoc/>
    public IReadOnlyList<ClaimReading> Run(IReadOnlyList<ClaimExperiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        [.. Simulate(experiments, progress, cancellation).Select(Read)];

    /// <summary>
    /// Runs experiments and tells all that the simulator knows of them. Their kinds are those of a lab's plan: a workload alone is a base run, two at saturation
    /// are a pair, at less a step of a sweep.
    /// </summary>
    /// <param name="experiments">What to run, each once.</param>
    /// <param name="progress">Told the number of simulations done, from any thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A result for each experiment, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ExperimentResult> Simulate(IReadOnlyList<ClaimExperiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        Experiment[] all = [.. experiments.Select(e => new Experiment(
            e.ToString(), Kind(e), null, e.RatePercent / 100.0, WhatIf.Scenario(host, [.. e.Workloads.Select(w => (w, e.RatePercent / 100.0))])))];
        return new Laboratory(host, settings).Run(all, progress, cancellation);
    }

    /// <summary>What the paper would have printed of a result of <see cref="Simulate"/>.</summary>
    public ClaimReading Read(ExperimentResult result) => new()
    {
        CpuFraction = result.Run.CpuFraction ?? 0,
        EventsPerS = result.Run.EventsPerS ?? 0,
        SwitchesPerS = result.Run.SwitchesPerS ?? 0,
        PagesPerS = result.Run.PagesPerS ?? 0,
        Driver = Domain(result.Domains[0]),
        Guests = [.. result.Domains.Skip(1).Select(Guest)],
    };

    private static string Kind(ClaimExperiment experiment) => experiment.OtherKb is null ? "base" : experiment.RatePercent == 100 ? "pair" : "sweep";

    private static DomainReading Domain(SimulatedDomainRow row) => new()
    {
        CpuFraction = row.CpuFraction ?? 0, WaitFraction = row.WaitFraction ?? 0, BlockFraction = row.BlockFraction ?? 0, ExecutionsPerS = row.ExecutionsPerS ?? 0,
    };

    private GuestReading Guest(SimulatedDomainRow row) => new()
    {
        CpuFraction = row.CpuFraction ?? 0,
        WaitFraction = row.WaitFraction ?? 0,
        BlockFraction = row.BlockFraction ?? 0,
        ExecutionsPerS = row.ExecutionsPerS ?? 0,
        OfferedPerS = row.OfferedPerS ?? 0,
        ThroughputPerS = row.ThroughputPerS ?? 0,
        // The paper's net I/O is that of replies alone: Table I leaves no room for the bytes of requests.
        NetKbPerS = (row.ThroughputPerS * (host.Find(row.Workload!)?.ReplyBytes + host.Generation.ReplyHeaderBytes) / 1024) ?? 0,
        FirstByteMs = row.FirstByteMs,
        BoostedWakesPerExecution = row.BoostedWakesPerExecution,
    };
}
