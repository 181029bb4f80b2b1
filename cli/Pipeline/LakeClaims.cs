using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>The measured runs of a lake held against their simulation.</summary>
internal static class LakeClaims
{
    /// <summary>Simulations that the lake holds: of runs with several guests by <c>run</c>, of the others by the calibration.</summary>
    internal static async Task<LabTables> StoredAsync(Lake lake) => (await MeasuredAsync(lake).ConfigureAwait(false)) with
    {
        SimulatedRuns = await lake.ReadAsync<SimulatedRunRow>().ConfigureAwait(false),
        SimulatedDomains = await lake.ReadAsync<SimulatedDomainRow>().ConfigureAwait(false),
        Residuals = await lake.ReadAsync<CalibrationResidualRow>().ConfigureAwait(false),
    };

    /// <summary>Every measured run simulated anew on a calibrated host.</summary>
    internal static async Task<LabTables> SimulatedAsync(Lake lake, CalibratedHost host, ExperimentSettings settings, ProgressDisplay progress, CancellationToken cancellation)
    {
        await LakeSimulation.TellRefusedAsync(lake, progress).ConfigureAwait(false);
        IReadOnlyList<Experiment> runs = await LakeSimulation.MeasuredAsync(lake).ConfigureAwait(false);
        IReadOnlyList<ExperimentResult> results = new Laboratory(host, settings).Run(runs, new ExperimentReport(progress, runs.Count * settings.Replicas), cancellation);
        return (await MeasuredAsync(lake).ConfigureAwait(false)) with
        {
            SimulatedRuns = [.. results.Select(r => r.Run)],
            SimulatedDomains = [.. results.SelectMany(r => r.Domains)],
            Seen = host.Runs,
        };
    }

    /// <summary>The comparisons of a lab.</summary>
    /// <exception cref="RequestException">Nothing matched: no measured run was simulated.</exception>
    internal static IReadOnlyList<LabComparison> Compare(LabTables tables) => LabComparisons.Of(tables) is { Count: > 0 } all
        ? all
        : throw new RequestException(ExitCode.NothingMatched, "the lake holds no simulation of a measured run", "give parameters with --params, or make lake and parameters with `colocate run`");

    private static async Task<LabTables> MeasuredAsync(Lake lake) => new()
    {
        Measured = new CalibrationTables
        {
            Runs = await lake.ReadAsync<RunRow>().ConfigureAwait(false),
            Domains = await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
            Clients = await lake.ReadAsync<ClientResultRow>().ConfigureAwait(false),
            DomainMetrics = await lake.ReadAsync<DomainMetricsRow>().ConfigureAwait(false),
            HostMetrics = await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false),
        },
        Scores = (await LakeScores.ComputeAsync(lake).ConfigureAwait(false)).GuestScores,
        SimulatedRuns = [],
        SimulatedDomains = [],
    };
}
