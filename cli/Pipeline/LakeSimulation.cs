using Colocate.Cli.Progress;
using Colocate.Model.Errors;
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

    /// <summary>Runs that cannot be simulated, by id, with the reason.</summary>
    internal static async Task<IReadOnlyList<(string Run, string Reason)>> RefusedAsync(Lake lake)
    {
        ILookup<string, RunDomainRow> domains = (await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false)).ToLookup(d => d.Run);
        return
        [
            .. from run in (await lake.ReadAsync<RunRow>().ConfigureAwait(false)).OrderBy(r => r.Run, StringComparer.Ordinal)
               let reason = RecordedRun.Scenario(run, domains[run.Run], null, out string? why) is null ? why : null
               where reason is not null
               select (run.Run, reason),
        ];
    }

    /// <summary>A measured run, to be simulated.</summary>
    /// <exception cref="RequestException">There is no such run, or it cannot be simulated (<see cref="ExitCode.NothingMatched"/>).</exception>
    internal static async Task<Experiment> LikeAsync(Lake lake, string run)
    {
        IReadOnlyList<Experiment> measured = await MeasuredAsync(lake).ConfigureAwait(false);
        if (measured.FirstOrDefault(e => e.LikeRun == run) is { } experiment)
            return experiment;
        string? reason = (await RefusedAsync(lake).ConfigureAwait(false)).FirstOrDefault(r => r.Run == run).Reason;
        throw reason is null
            ? new RequestException(ExitCode.NothingMatched, $"the lake has no run '{run}'", "list them with `colocate runs`")
            : new RequestException(ExitCode.NothingMatched, $"the run '{run}' cannot be simulated: {reason}", "complete its run.json and ingest it again");
    }

    /// <summary>Says which runs cannot be simulated, those of one reason together.</summary>
    internal static async Task TellRefusedAsync(Lake lake, ProgressDisplay progress)
    {
        foreach (IGrouping<string, string> runs in (await RefusedAsync(lake).ConfigureAwait(false)).GroupBy(r => r.Reason, r => r.Run))
            progress.Talk($"not simulated: {string.Join(", ", runs.Take(5))}{(runs.Count() > 5 ? FormattableString.Invariant($" and {runs.Count() - 5} more") : "")}: {runs.Key}");
    }

    internal static async Task<IReadOnlyList<Experiment>> PlanAsync(Lake lake, CalibratedHost host) => LabPlan.Of(
        host,
        await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false));
}
