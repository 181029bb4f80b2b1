using Colocate.Ingest.Inputs;
using Colocate.Ingest.Published;
using Colocate.Model.Lake;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>Finds the runs below paths: one for each <c>run.json</c>, and, where a folder has none, one made of its recognised files.</summary>
internal static class LabScan
{
    private static readonly EnumerationOptions s_withoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The runs, in path order. Folders are read in ordinal order, so that the result depends on names alone.</summary>
    internal static IReadOnlyList<RunSource> Find(IReadOnlyList<string> paths, Assumptions assumptions)
    {
        var sources = new List<RunSource>();
        foreach (string path in paths.Select(Path.GetFullPath).Distinct())
        {
            if (Directory.Exists(path))
                sources.AddRange(FindInFolder(path, assumptions));
            else if (Path.GetFileName(path) == ManifestReader.FileName)
                sources.Add(ReadManifest(Path.GetDirectoryName(path)!, ""));
            else
            {
                // Whoever names a link means what it leads to.
                string real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
                sources.AddRange(LooseRuns.FromFiles(Path.GetDirectoryName(real)!, "", [real], assumptions));
            }
        }

        return MarkDuplicates(sources);
    }

    private static IEnumerable<RunSource> FindInFolder(string lab, Assumptions assumptions)
    {
        string[] folders = [lab, .. Directory.EnumerateDirectories(lab, "*", s_withoutLinks).Order(StringComparer.Ordinal)];
        foreach (string link in folders.SelectMany(f => Directory.EnumerateDirectories(f)).Where(f => new DirectoryInfo(f).LinkTarget is not null && !Containment.IsInside(lab, f)).Order(StringComparer.Ordinal))
            yield return new RunSource { LabFolder = lab, FolderInLab = Relative(lab, link), Problems = [LeadsOut("the folder")] };
        string[] withManifest = [.. folders.Where(f => File.Exists(Path.Combine(f, ManifestReader.FileName)))];
        foreach (string folder in withManifest)
            yield return ReadManifest(lab, Relative(lab, folder));

        // A lab's tables and notes lie beside its runs; only a tree without any manifest is searched for loose files.
        if (withManifest.Length > 0)
            yield break;
        foreach (string folder in folders)
        {
            if (PublishedRuns.IsIn(folder))
            {
                foreach (RunSource source in PublishedRuns.From(lab, Relative(lab, folder), assumptions))
                    yield return source;
                continue;
            }

            string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
            foreach (RunSource source in LooseRuns.FromFiles(lab, Relative(lab, folder), files, assumptions))
                yield return source;
        }
    }

    /// <summary>The run that a manifest describes, or why it describes none.</summary>
    internal static RunSource ReadManifest(string lab, string folderInLab)
    {
        string path = Path.Combine(lab, folderInLab, ManifestReader.FileName);
        if (!Containment.IsInside(lab, path))
            return new RunSource { LabFolder = lab, FolderInLab = folderInLab, Problems = [LeadsOut("the manifest")] };
        try
        {
            byte[] bytes = RealFile.Length(path) == 0 ? [] : File.ReadAllBytes(path);
            RunManifest? manifest = ManifestReader.Parse(bytes, folderInLab, out IReadOnlyList<ManifestProblem> problems);
            return new RunSource { LabFolder = lab, FolderInLab = folderInLab, Manifest = manifest, Problems = problems, ManifestDigest = FileDigest.Of(path) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RunSource { LabFolder = lab, FolderInLab = folderInLab, Problems = [new("", "cannot be read: " + e.Message, "check permissions and the disk")] };
        }
    }

    private static ManifestProblem LeadsOut(string what) => new("", $"{what} is a link that leads out of the lab folder", "copy it into the lab folder, or ingest the folder that it leads to");

    private static List<RunSource> MarkDuplicates(List<RunSource> sources)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. sources.Select(s => s.Manifest is not { } m || first.TryAdd(m.Run, s.ManifestPathInLab) ? s : Duplicate(s, first[m.Run])),
        ];
    }

    /// <summary>A run whose id another manifest gave before.</summary>
    internal static RunSource Duplicate(RunSource source, string first) => source with
    {
        DuplicateOf = first, Problems = [new("run", $"the id '{source.Manifest?.Run}' is given by another manifest of this lab, {first}", "give every run an id of its own")],
    };

    private static string Relative(string lab, string folder) => folder == lab ? "" : Path.GetRelativePath(lab, folder).Replace('\\', '/');
}
