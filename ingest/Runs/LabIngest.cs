using System.Collections.Concurrent;
using Colocate.Ingest.Formats;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Observation;

namespace Colocate.Ingest.Runs;

/// <summary>Ingests lab folders into a lake: one commit a run, so that bad input of one run never touches another.</summary>
/// <param name="lake">A lake opened for writing.</param>
/// <param name="settings">Settings that change results.</param>
/// <param name="assumptions">What manifests would have said about files that have none.</param>
public sealed class LabIngest(Lake lake, IngestSettings settings, Assumptions assumptions)
{
    /// <summary>Name of the stage in the lake.</summary>
    public const string Stage = RunReading.Stage;

    /// <summary>Files that are named where nothing was recognised.</summary>
    private const int MostNamed = 5;

    /// <summary>Ingests every run below the paths. What the lake already holds from the same bytes is left alone.</summary>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="prune">True to remove runs of the lake that are not below the paths; false to leave and name them.</param>
    /// <param name="jobs">Runs read at a time, at least 1; never changes results.</param>
    /// <param name="progress">Hears of every finished run, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops after the runs in flight are dropped; committed runs stay.</param>
    /// <exception cref="RequestException">A path does not exist, or nothing was recognised (<see cref="ExitCode.NothingMatched"/>).</exception>
    public Task<IngestSummary> RunAsync(IReadOnlyList<string> paths, bool prune, int jobs, IProgress<IngestProgress>? progress, CancellationToken cancellation) =>
        RunAsync(Find(paths, settings, assumptions), prune, jobs, progress, cancellation);

    /// <summary>Ingests units. What the lake already holds from the same bytes is left alone.</summary>
    /// <param name="units">What to ingest.</param>
    /// <param name="prune">True to remove other runs of the lake; false to leave and name them.</param>
    /// <param name="jobs">Runs read at a time, at least 1; never changes results.</param>
    /// <param name="progress">Hears of every finished run, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops after the runs in flight are dropped; committed runs stay.</param>
    public async Task<IngestSummary> RunAsync(IReadOnlyList<IngestUnit> units, bool prune, int jobs, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        lake.NoteLabFolders(units.Where(u => !u.IsPiped).Select(u => u.LabFolder).Distinct());
        IReadOnlyDictionary<string, (string Fingerprint, string Status)> known = lake.Outputs(Stage);
        int finished = 0, already = 0, lossy = 0, setAside = 0;
        var failures = new ConcurrentQueue<Exception>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        await Parallel.ForEachAsync(units, options, async (unit, token) =>
        {
            (string status, bool isNew) = ("failed", true);
            try
            {
                (status, isNew) = !unit.IsPiped && known.TryGetValue(unit.Run, out (string Fingerprint, string Status) output) && output.Fingerprint == unit.Fingerprint
                    ? (output.Status, false)
                    : (await unit.IngestAsync(lake, expected: null, token).ConfigureAwait(false), true);
            }
            catch (Exception e) when (e is not (OperationCanceledException or RequestException or IOException))
            {
                // A defect that one run brings to light must not keep the others from the lake; it is told once they are in.
                failures.Enqueue(new InvalidOperationException($"{unit.Name}: {e.Message}", e));
            }

            if (!isNew)
                Interlocked.Increment(ref already);
            if (status == "lossy")
                Interlocked.Increment(ref lossy);
            if (status == "set_aside")
                Interlocked.Increment(ref setAside);
            ColocateEvents.Log.RunDone();
            progress?.Report(new IngestProgress(unit.Name, isNew ? status : "already_done", Interlocked.Increment(ref finished), units.Count));
        }).ConfigureAwait(false);
        if (!failures.IsEmpty)
            throw new AggregateException("some runs could not be ingested; the others are in the lake", failures);
        return new IngestSummary
        {
            Runs = units.Count, AlreadyDone = already, Lossy = lossy, SetAside = setAside, NotFound = units.Any(u => u.IsPiped) ? [] : Retire(lake, units.Select(u => u.Run), prune), Pruned = prune,
        };
    }

    /// <summary>Every run below the paths, each to be ingested for itself.</summary>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="settings">How inputs are read.</param>
    /// <param name="assumptions">What manifests would have said about files that have none.</param>
    /// <exception cref="RequestException">A path does not exist, or nothing was recognised (<see cref="ExitCode.NothingMatched"/>).</exception>
    public static IReadOnlyList<IngestUnit> Find(IReadOnlyList<string> paths, IngestSettings settings, Assumptions assumptions) => Look(paths, settings, assumptions).Units;

    /// <summary>Every run below the paths, and the files that are of none.</summary>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="settings">How inputs are read.</param>
    /// <param name="assumptions">What manifests would have said about files that have none.</param>
    /// <exception cref="RequestException">A path does not exist, or nothing was recognised (<see cref="ExitCode.NothingMatched"/>).</exception>
    public static LabContents Look(IReadOnlyList<string> paths, IngestSettings settings, Assumptions assumptions)
    {
        CheckPaths(paths);
        var scan = LabScan.Of(paths, assumptions, settings.InputFormat);
        IReadOnlyList<RunSource> sources = scan.Sources;
        if (sources.Count == 0)
        {
            string named = string.Join(", ", scan.LeftOut.Take(MostNamed).Select(f => $"'{f.Path}' ({f.Why})")) + (scan.LeftOut.Count > MostNamed ? ", ..." : "");
            throw new RequestException(
                ExitCode.NothingMatched,
                paths.All(File.Exists) ? named : $"No run.json and no file of a known format below {string.Join(", ", paths.Select(p => $"'{p}'"))}{(named.Length > 0 ? ": " : "")}{named}",
                "list the known formats with `colocate formats`");
        }

        return new LabContents([.. sources.Select(s => new IngestUnit(s, settings))], scan.LeftOut);
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
    /// <param name="lake">The lake.</param>
    /// <param name="found">Ids of all runs that were found.</param>
    /// <param name="prune">True to remove the others.</param>
    /// <returns>Ids of the others, in order.</returns>
    public static IReadOnlyList<string> Retire(Lake lake, IEnumerable<string> found, bool prune)
    {
        HashSet<string> there = [.. found];
        string[] absent = [.. lake.Outputs(Stage).Keys.Where(run => !there.Contains(run)).Order(StringComparer.Ordinal)];
        foreach (string run in absent.Where(run => prune || IngestUnit.IsSetAside(run)))
            lake.Retire(Stage, run);
        return [.. absent.Where(run => !IngestUnit.IsSetAside(run))];
    }
}
