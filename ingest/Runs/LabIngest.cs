using System.Collections.Concurrent;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Observation;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>Ingests lab folders into a lake: one commit a run, so that bad input of one run never touches another.</summary>
/// <param name="lake">A lake opened for writing.</param>
/// <param name="settings">Settings that change results.</param>
/// <param name="assumptions">What manifests would have said about files that have none.</param>
public sealed class LabIngest(Lake lake, IngestSettings settings, Assumptions assumptions)
{
    /// <summary>Name of the stage in the lake.</summary>
    public const string Stage = RunReading.Stage;

    private const string SetAsideCampaign = "set-aside", SetAsidePrefix = "set-aside-";

    /// <summary>Ingests every run below the paths. What the lake already holds from the same bytes is left alone.</summary>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="prune">True to remove runs of the lake that are not below the paths; false to leave and name them.</param>
    /// <param name="jobs">Runs read at a time, at least 1; never changes results.</param>
    /// <param name="progress">Hears of every finished run, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops after the runs in flight are dropped; committed runs stay.</param>
    /// <exception cref="RequestException">A path does not exist, or nothing was recognised (<see cref="ExitCode.NothingMatched"/>).</exception>
    public async Task<IngestSummary> RunAsync(IReadOnlyList<string> paths, bool prune, int jobs, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        CheckPaths(paths);
        IReadOnlyList<RunSource> sources = LabScan.Find(paths, assumptions);
        if (sources.Count == 0)
            throw new RequestException(ExitCode.NothingMatched, $"No run.json and no file of a known format below {string.Join(", ", paths.Select(p => $"'{p}'"))}", "list the known formats with `colocate formats`");

        lake.NoteLabFolders(sources.Select(s => s.LabFolder).Distinct());
        IReadOnlyDictionary<string, (string Fingerprint, string Status)> known = lake.Outputs(Stage);
        int finished = 0, already = 0, lossy = 0, setAside = 0;
        var failures = new ConcurrentQueue<Exception>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        await Parallel.ForEachAsync(sources, options, async (source, token) =>
        {
            (string name, string status, bool isNew) = (source.ManifestPathInLab, "failed", true);
            try
            {
                (name, status, isNew) = source.Manifest is null || source.IsDuplicate
                    ? await SetAsideAsync(source, known).ConfigureAwait(false)
                    : await IngestAsync(source, known, token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (OperationCanceledException or RequestException or IOException))
            {
                // A defect that one run brings to light must not keep the others from the lake; it is told once they are in.
                failures.Enqueue(new InvalidOperationException($"{source.ManifestPathInLab}: {e.Message}", e));
            }

            if (!isNew)
                Interlocked.Increment(ref already);
            if (status == "lossy")
                Interlocked.Increment(ref lossy);
            if (status == "set_aside")
                Interlocked.Increment(ref setAside);
            ColocateEvents.Log.RunDone();
            progress?.Report(new IngestProgress(name, isNew ? status : "already_done", Interlocked.Increment(ref finished), sources.Count));
        }).ConfigureAwait(false);
        if (!failures.IsEmpty)
            throw new AggregateException("some runs could not be ingested; the others are in the lake", failures);
        return new IngestSummary
        {
            Runs = sources.Count, AlreadyDone = already, Lossy = lossy, SetAside = setAside, NotFound = RetireAbsent(sources, known.Keys, prune), Pruned = prune,
        };
    }

    /// <summary>Checks that paths exist, before anything is created for them.</summary>
    /// <exception cref="RequestException">One does not (<see cref="ExitCode.NothingMatched"/>).</exception>
    public static void CheckPaths(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
                throw new RequestException(ExitCode.NothingMatched, $"'{path}' does not exist", "check the path");
        }
    }

    /// <summary>
    /// Runs of the lake that were not found this time: deleted, renamed, or of another lab. What was set aside and is not there any more is
    /// forgotten in any case: it holds no figures.
    /// </summary>
    private string[] RetireAbsent(IReadOnlyList<RunSource> sources, IEnumerable<string> known, bool prune)
    {
        HashSet<string> found = [.. sources.Select(s => s.Manifest is null || s.IsDuplicate ? SetAsideId(s) : s.Manifest.Run)];
        string[] absent = [.. known.Where(run => !found.Contains(run)).Order(StringComparer.Ordinal)];
        foreach (string run in absent.Where(run => prune || IsSetAsideId(run)))
            lake.Retire(Stage, run);
        return [.. absent.Where(run => !IsSetAsideId(run))];
    }

    private async Task<(string Name, string Status, bool IsNew)> IngestAsync(
        RunSource source, IReadOnlyDictionary<string, (string Fingerprint, string Status)> known, CancellationToken cancellation)
    {
        string run = source.Manifest!.Run;
        var reading = new RunReading(source, settings);
        if (known.TryGetValue(run, out (string Fingerprint, string Status) output) && output.Fingerprint == reading.Fingerprint)
            return (run, output.Status, false);
        try
        {
            StageOutput rows = reading.Read(lake, cancellation);
            await lake.CommitAsync(rows).ConfigureAwait(false);
            return (run, rows.Status, true);
        }
        finally
        {
            await reading.DropStagedAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A manifest that breaks its rules describes no run; what is kept is that it was there, and why it was not used.</summary>
    private async Task<(string Name, string Status, bool IsNew)> SetAsideAsync(RunSource source, IReadOnlyDictionary<string, (string Fingerprint, string Status)> known)
    {
        string id = SetAsideId(source), path = source.ManifestPathInLab;
        using var fingerprint = new Fingerprint();
        fingerprint.Add("stage", Stage).Add("manifest", source.ManifestDigest?.Sha256).Add("problems", string.Join('\n', source.Problems));
        string key = fingerprint.Finish();
        if (known.TryGetValue(id, out (string Fingerprint, string Status) output) && output.Fingerprint == key)
            return (path, "set_aside", false);

        DiagnosticKind kind = source.IsDuplicate ? DiagnosticCatalogue.ManifestDuplicate : DiagnosticCatalogue.ManifestInvalid;
        var rows = new RowSink();
        rows.Add(new InputFileRow
        {
            Run = id, Campaign = SetAsideCampaign, File = path, Role = "manifest", Format = "run.json", FormatVersion = 1, Compression = "plain",
            Sha256 = source.ManifestDigest?.Sha256, Bytes = source.ManifestDigest?.Bytes, DecodedBytes = source.ManifestDigest?.Bytes,
            ParsedBytes = 0, SkippedBytes = 0, SetAsideBytes = source.ManifestDigest?.Bytes, Status = "set_aside", Reason = $"{kind.Code}: {source.Problems[0]}",
        });
        foreach (ManifestProblem problem in source.Problems)
            rows.Add(DiagnosticRow.Of(id, SetAsideCampaign, new Finding(kind, path, 1, null, null, problem.ToString())));
        IReadOnlyList<StageInput> inputs = source.ManifestDigest is { } digest ? [new StageInput(path, digest.Sha256, digest.Bytes)] : [];
        await lake.CommitAsync(new StageOutput
        {
            Stage = Stage, Run = id, Campaign = SetAsideCampaign, Fingerprint = key, Status = "set_aside", Inputs = inputs, Tables = [.. rows.Tables()],
        }).ConfigureAwait(false);
        return (path, "set_aside", true);
    }

    private static string SetAsideId(RunSource source)
    {
        using var id = new Fingerprint();
        return SetAsidePrefix + id.Add("path", source.ManifestPathInLab).Add("content", source.ManifestDigest?.Sha256).Finish()[..16];
    }

    private static bool IsSetAsideId(string run) => run.StartsWith(SetAsidePrefix, StringComparison.Ordinal);
}
