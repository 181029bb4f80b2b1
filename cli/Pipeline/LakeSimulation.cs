using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Cli.Pipeline;

/// <summary>What the simulator needs of a lake.</summary>
internal static class LakeSimulation
{
    internal static async Task<IReadOnlyList<CalibrationRun>> RunsAsync(Lake lake) => CalibrationRuns.From(new CalibrationTables
    {
        Runs = await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        Domains = await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        Clients = await lake.ReadAsync<ClientResultRow>().ConfigureAwait(false),
        DomainMetrics = await lake.ReadAsync<DomainMetricsRow>().ConfigureAwait(false),
        HostMetrics = await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false),
    });

    /// <summary>Every measured run that can be simulated.</summary>
    internal static async Task<IReadOnlyList<Experiment>> MeasuredAsync(Lake lake) => LabPlan.Measured(
        await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false));

    /// <summary>Why a run cannot be simulated; null when the lake does not have it.</summary>
    internal static async Task<string?> ReasonAsync(Lake lake, string run)
    {
        if ((await lake.ReadAsync<RunRow>().ConfigureAwait(false)).FirstOrDefault(r => r.Run == run) is not { } found)
            return null;
        RecordedRun.Scenario(found, (await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false)).Where(d => d.Run == run), null, out string? reason);
        return reason;
    }

    internal static async Task<IReadOnlyList<Experiment>> PlanAsync(Lake lake, CalibratedHost host) => LabPlan.Of(
        host,
        await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false));
}
