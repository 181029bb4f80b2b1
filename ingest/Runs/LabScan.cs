using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Published;
using Colocate.Model.Lake;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>Finds the runs below paths, one for each <c>run.json</c> and, in folders that have none, those made of their recognised files; and every file that is of no run.</summary>
internal sealed class LabScan
{
    private static readonly EnumerationOptions s_withoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly Assumptions _assumptions;
    private readonly IInputFormat? _forced;
    private readonly List<RunSource> _sources = [];
    private readonly List<LeftOutFile> _leftOut = [];

    private LabScan(Assumptions assumptions, string? inputFormat) => (_assumptions, _forced) = (assumptions, inputFormat is null ? null : FormatCatalogue.Find(inputFormat));

    /// <summary>The runs, in path order. Folders are read in ordinal order, so that the result depends on names alone.</summary>
    internal IReadOnlyList<RunSource> Sources => MarkDuplicates(_sources);

    internal IReadOnlyList<LeftOutFile> LeftOut => _leftOut;

    /// <summary>Looks below paths.</summary>
    /// <param name="paths">Lab folders, run folders, manifests or loose files.</param>
    /// <param name="assumptions">What manifests would have said about files that have none.</param>
    /// <param name="inputFormat">Id of the format to read every log with, and every file that a path names whatever its content; null to recognise them.</param>
    internal static LabScan Of(IReadOnlyList<string> paths, Assumptions assumptions, string? inputFormat)
    {
        var scan = new LabScan(assumptions, inputFormat);
        foreach (string given in paths.DistinctBy(Path.GetFullPath))
        {
            string path = Path.GetFullPath(given);
            if (Directory.Exists(path))
                scan.LookInLab(given, path);
            else if (Path.GetFileName(path) == ManifestReader.FileName)
                scan._sources.Add(ReadManifest(Path.GetDirectoryName(path)!, ""));
            else
                scan.LookAtFile(given, path);
        }

        return scan;
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

    /// <summary>A run whose id another manifest gave before.</summary>
    internal static RunSource Duplicate(RunSource source, string first) => source with
    {
        DuplicateOf = first, Problems = [new("run", $"the id '{source.Manifest?.Run}' is given by another manifest of this lab, {first}", "give every run an id of its own")],
    };

    private void LookAtFile(string given, string path)
    {
        // Whoever names a link means what it leads to.
        string real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        (IInputFormat? format, string? whyNot) = LooseRuns.Look(real, _forced);
        if (format is null || format.Role == InputRole.Published)
            _leftOut.Add(new LeftOutFile(given, whyNot ?? LooseRuns.OneTable, IsInput: true));
        else
            _sources.AddRange(LooseRuns.Of(Path.GetDirectoryName(real)!, "", [(real, format.Role)], _assumptions));
    }

    private void LookInLab(string given, string lab)
    {
        string[] folders = [lab, .. Directory.EnumerateDirectories(lab, "*", s_withoutLinks).Order(StringComparer.Ordinal)];
        foreach (string link in folders.SelectMany(f => Directory.EnumerateDirectories(f)).Where(f => new DirectoryInfo(f).LinkTarget is not null && !Containment.IsInside(lab, f)).Order(StringComparer.Ordinal))
            _sources.Add(new RunSource { LabFolder = lab, FolderInLab = Relative(lab, link), Problems = [LeadsOut("the folder")] });
        var runs = folders.Where(f => File.Exists(Path.Combine(f, ManifestReader.FileName))).ToDictionary(f => f, f => ReadManifest(lab, Relative(lab, f)));
        _sources.AddRange(runs.Values);
        HashSet<string> named = [.. runs.Values.SelectMany(FilesOf)];
        foreach (string folder in WithoutLakes(lab, folders))
        {
            // Of a folder whose manifest describes no run, that is said.
            bool hasManifest = runs.TryGetValue(folder, out RunSource? run);
            if (hasManifest && run!.Manifest is null)
                continue;
            if (!hasManifest && PublishedRuns.IsIn(folder))
            {
                _sources.AddRange(PublishedRuns.From(lab, Relative(lab, folder), _assumptions));
                named.UnionWith([Path.Combine(folder, PublishedRuns.FirstTable), Path.Combine(folder, PublishedRuns.SecondTable)]);
            }

            LookInFolder(given, lab, folder, hasManifest, named);
        }
    }

    private void LookInFolder(string given, string lab, string folder, bool hasManifest, HashSet<string> named)
    {
        var recognised = new List<(string File, InputRole Role)>();
        foreach (string file in Directory.EnumerateFiles(folder).Where(f => !named.Contains(f)).Order(StringComparer.Ordinal))
        {
            FolderFile found = FolderFile.Of(lab, file, hasManifest);
            if (found.Format is { } format)
                recognised.Add((file, (_forced ?? format).Role));
            if (found.WhyNot is { } whyNot)
                _leftOut.Add(new LeftOutFile(Path.Combine(given, Path.GetRelativePath(lab, file)), whyNot, found.IsInput));
        }

        _sources.AddRange(LooseRuns.Of(lab, Relative(lab, folder), recognised, _assumptions));
    }

    /// <summary>The folders in which logs may lie: no lake, no output of one, nothing hidden.</summary>
    private static IEnumerable<string> WithoutLakes(string lab, string[] folders)
    {
        var skipped = new HashSet<string>();
        foreach (string folder in folders)
        {
            if (folder != lab && (skipped.Contains(Path.GetDirectoryName(folder)!) || Path.GetFileName(folder).StartsWith('.') || Lake.Exists(folder)))
                skipped.Add(folder);
            else
                yield return folder;
        }
    }

    /// <summary>Full paths of the files that a manifest names; none where it is invalid.</summary>
    internal static IEnumerable<string> FilesOf(RunSource source) => source.Manifest is not { } run ? [] :
        from file in (string?[])[run.Trace?.File, run.Xentop?.File, .. run.XenmonFiles, .. run.Domains.Select(d => d.Client?.File), .. run.Domains.Select(d => d.GuestTraceFile)]
        where file is not null
        select Path.GetFullPath(Path.Combine(source.LabFolder, source.FolderInLab, file));

    private static ManifestProblem LeadsOut(string what) => new("", $"{what} is a link that leads out of the lab folder", "copy it into the lab folder, or ingest the folder that it leads to");

    private static List<RunSource> MarkDuplicates(List<RunSource> sources)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. sources.Select(s => s.Manifest is not { } m || first.TryAdd(m.Run, s.ManifestPathInLab) ? s : Duplicate(s, first[m.Run])),
        ];
    }

    private static string Relative(string lab, string folder) => folder == lab ? "" : Path.GetRelativePath(lab, folder).Replace('\\', '/');
}
