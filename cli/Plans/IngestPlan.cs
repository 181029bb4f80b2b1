using Colocate.Cli.Commands;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Lake;
using Colocate.Model.Plans;
using Colocate.Model.Scores;

namespace Colocate.Cli.Plans;

/// <summary>Ingest as a plan: a unit is a run.</summary>
/// <param name="plan">The plan.</param>
/// <param name="progress">Hears what a commit says.</param>
internal sealed class IngestPlan(WorkPlan plan, ProgressDisplay progress) : IPlannedStage
{
    internal const string Stage = LabIngest.Stage;

    private readonly Chosen _chosen = WorkPlan.FromElement<Chosen>(plan.Settings);

    /// <summary>Cuts the ingest of a lab.</summary>
    /// <param name="lake">Folder of the lake; need not exist.</param>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="settings">How inputs are read.</param>
    /// <param name="assume">What is assumed of files without manifest.</param>
    /// <param name="chunks">At most how many chunks.</param>
    /// <param name="isUnread">True to read the inputs only of runs that the lake holds: the fingerprints of others stay open.</param>
    /// <param name="jobs">Runs whose inputs are read at a time.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static WorkPlan Make(string lake, string[] paths, IngestSettings settings, string[] assume, int chunks, bool isUnread, int jobs, ProgressDisplay progress, CancellationToken cancellation)
    {
        LabContents contents = LabIngest.Look(paths, settings, Assumptions.Parse(assume));
        IReadOnlyList<IngestUnit> units = contents.Units;
        LeftOutReport.Tell(progress, contents.LeftOut);
        IReadOnlyDictionary<string, (string Fingerprint, string Status)> known = KnownOutputs(lake);
        int read = 0;
        Parallel.ForEach(units.Where(u => !isUnread || known.ContainsKey(u.Run)), new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, unit =>
        {
            _ = unit.Fingerprint;
            progress.Report("plan", Interlocked.Increment(ref read), units.Count, "runs");
        });
        WorkUnit[] planned = [.. units.Select(u => new WorkUnit(u.Run, null, u.Bytes, !isUnread || known.ContainsKey(u.Run) ? u.Fingerprint : null, WorkPlan.ToElement(u.Reference)))];
        GuestTraceFence fence = settings.GuestTraceFence!;
        var chosen = new Chosen(settings.InputFormat, settings.Method, settings.Events, assume, fence.MaxMemoryBytes, fence.MaxTimeS);
        return WorkPlan.Create(Stage, chosen, planned, u => !known.TryGetValue(u.Unit, out (string Fingerprint, string Status) output) || output.Fingerprint != u.Fingerprint, chunks);
    }

    /// <inheritdoc/>
    public async Task<string> WorkAsync(WorkUnit unit, LakeWorker lake, CancellationToken cancellation)
    {
        if (unit.Fingerprint is { } known && lake.StatusOf(Stage, unit.Unit, known) is not null)
            return "already_done";
        var assumptions = Assumptions.Parse([.. _chosen.Assume]);
        var settings = new IngestSettings
        {
            TscHz = assumptions.Number("tsc_hz"), TscBehind = assumptions.TscBehind, InputFormat = _chosen.InputFormat, Method = _chosen.Method, Events = _chosen.Events, GuestTraceFence = FenceOptions.Of(_chosen.GuestTraceMemoryBytes, _chosen.GuestTraceTimeS),
        };
        var found = IngestUnit.Find(WorkPlan.FromElement<RunReference>(unit.Input), settings, assumptions);
        return found.Run == unit.Unit ? await found.IngestAsync(lake, unit.Fingerprint, cancellation).ConfigureAwait(false) : "changed";
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> States(Lake lake)
    {
        IReadOnlyDictionary<string, (string Fingerprint, string Status)> known = lake.Outputs(Stage);
        return [.. plan.Units.Select(u => !known.TryGetValue(u.Unit, out (string Fingerprint, string Status) output) ? "missing" : u.Fingerprint is null || output.Fingerprint == u.Fingerprint ? output.Status : "changed")];
    }

    /// <inheritdoc/>
    public async Task CommitAsync(Lake lake, bool isComplete, CancellationToken cancellation)
    {
        lake.NoteLabFolders(plan.Units.Select(u => WorkPlan.FromElement<RunReference>(u.Input).Lab).Distinct());
        LabIngest.Retire(lake, plan.Units.Select(u => u.Unit), prune: false);
        await new LabSteps(lake, progress).ScoreAsync(BaseRule.Mean).ConfigureAwait(false);
    }

    private static IReadOnlyDictionary<string, (string Fingerprint, string Status)> KnownOutputs(string folder)
    {
        if (!Lake.Exists(folder))
            return new Dictionary<string, (string, string)>();
        using Lake lake = Lake.Open(folder);
        return lake.Outputs(Stage);
    }

    /// <summary>Settings as a plan carries them.</summary>
    private sealed record Chosen(string? InputFormat, MetricMethod Method, EventSelection? Events, IReadOnlyList<string> Assume, long GuestTraceMemoryBytes, double GuestTraceTimeS);
}
