using System.Reflection;
using Colocate.Model.Errors;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>
/// A folder of Parquet tables with the manifests that commit them and a catalogue over both. Many readers may have it open at once, one
/// writer; commits of one writer may come from several threads.
/// </summary>
/// <remarks>
/// Layout: <c>lake.json</c>, <c>catalogue.db</c>, <c>tables/TABLE/v1/campaign=C/run-RUN-FINGERPRINT.parquet</c>,
/// <c>manifests/RUN/STAGE.json</c>, <c>schema/TABLE.v1.json</c>, <c>staging/</c> for unfinished files, <c>labs.json</c> for where inputs lay.
/// </remarks>
public sealed class Lake : IDisposable
{
    // What a lock held by another process looks like: EWOULDBLOCK, or ERROR_SHARING_VIOLATION on Windows.
    private const int WouldBlockLinux = 11, WouldBlockMac = 35, SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream? _lock;
    private readonly Catalogue _catalogue;
    private readonly object _gate = new();

    private Lake(string folder, FileStream? writeLock)
    {
        Folder = folder;
        _lock = writeLock;
        _catalogue = Catalogue.Open(Path.Combine(folder, "catalogue.db"));
        SyncCatalogue();
    }

    /// <summary>The lake's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Version of the program, as stored with every output.</summary>
    public static string ToolVersion { get; } =
        typeof(Lake).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private string Staging => Path.Combine(Folder, "staging");

    /// <summary>Opens an existing lake for reading.</summary>
    /// <exception cref="RequestException">There is none, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    public static Lake Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(folder, LakeIdentity.FileName)))
            throw new RequestException(ExitCode.WrongUse, $"There is no lake at '{folder}': it has no {LakeIdentity.FileName}", "give its folder with --lake, or make one with `colocate ingest PATH --lake DIR`");
        CheckIdentity(folder);
        return new Lake(folder, null);
    }

    /// <summary>Opens a lake for writing, and creates it where there is none.</summary>
    /// <exception cref="RequestException">A newer version wrote it, or the folder holds something else (<see cref="ExitCode.WrongUse"/>); another process writes to it (<see cref="ExitCode.Busy"/>).</exception>
    public static Lake OpenForWriting(string folder)
    {
        folder = Path.GetFullPath(folder);
        string identity = Path.Combine(folder, LakeIdentity.FileName);
        if (File.Exists(identity))
            CheckIdentity(folder);
        else if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(e => Path.GetFileName(e) is not ("lake.lock" or "staging" or "schema"))))
            throw new RequestException(ExitCode.WrongUse, $"'{folder}' exists and is no lake", "give another folder with --lake, or empty this one");

        Directory.CreateDirectory(folder);
        FileStream writeLock = TakeLock(folder);
        try
        {
            // What a writer left here before it died was never committed.
            string staging = Path.Combine(folder, "staging");
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
            if (!File.Exists(identity))
                AtomicFile.Write(staging, identity, new LakeIdentity(LakeIdentity.CurrentLayout).ToBytes());
            foreach (Table table in TableCatalogue.All)
                WriteIfDifferent(staging, Path.Combine(folder, "schema", $"{table.Name}.v{table.Version}.json"), System.Text.Encoding.UTF8.GetBytes(TableDescription.Json(table)));
            var lake = new Lake(folder, writeLock);
            lake.RemoveUnlisted();
            return lake;
        }
        catch
        {
            writeLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Fingerprint and status of a stage's outputs by run; the empty text stands for output about the whole lake. An output of which a file
    /// is gone is no output: whoever asks will make it again.
    /// </summary>
    public IReadOnlyDictionary<string, (string Fingerprint, string Status)> Outputs(string stage)
    {
        lock (_gate)
        {
            HashSet<string> broken = [.. _catalogue.Files().Where(f => !File.Exists(Path.Combine(Folder, f.Path))).Select(f => f.Manifest)];
            return _catalogue.Outputs(stage).Where(o => !broken.Contains(o.Manifest)).ToDictionary(o => o.Run ?? "", o => (o.Fingerprint, o.Status));
        }
    }

    /// <summary>Files outside the lake that a stage about the whole lake wrote and committed as <see cref="StageOutput.Inputs"/>; empty when there are none.</summary>
    public IReadOnlyList<StageInput> OutsideFiles(string stage)
    {
        lock (_gate)
            return _catalogue.InputsOfWholeLake(stage);
    }

    /// <summary>Settings of a stage about the whole lake; empty when the lake holds no such output, or one from before settings were recorded.</summary>
    public IReadOnlyList<StageSetting> SettingsOf(string stage)
    {
        string path = Path.Combine(Folder, StageManifest.PathOf(null, stage));
        return File.Exists(path) ? StageManifest.TryRead(path)?.Settings ?? [] : [];
    }

    /// <summary>All rows of a table, by campaign and run, in the order in which they were written.</summary>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>()
        where TRow : class, new()
    {
        var rows = new List<TRow>();
        foreach (StageFile file in Files(Table.Of<TRow>()))
            rows.AddRange(await ParquetTable.ReadAsync<TRow>(Path.Combine(Folder, file.Path)).ConfigureAwait(false));
        return rows;
    }

    /// <summary>Committed files of a table.</summary>
    public IReadOnlyList<StageFile> Files(Table table)
    {
        lock (_gate)
            return _catalogue.Files(table.Name);
    }

    /// <summary>Makes an output part of the lake, all of it or nothing, and retires what the same stage held for the same run before.</summary>
    public async Task CommitAsync(StageOutput output)
    {
        var files = new List<StageFile>();
        foreach ((Table table, IReadOnlyList<object> rows) in output.Tables)
            files.Add(await WriteTableAsync(output, table, rows).ConfigureAwait(false));
        foreach (StagedTable staged in output.Staged)
        {
            foreach ((int number, StagedPart part) in staged.Parts.Index())
            {
                await part.CompleteAsync(Metadata(output, staged.Table)).ConfigureAwait(false);
                files.Add(await PublishAsync(output, staged.Table, part.Path, part.Rows, number).ConfigureAwait(false));
            }
        }

        var manifest = new StageManifest
        {
            Stage = output.Stage, Run = output.Run, Campaign = output.Campaign, Fingerprint = output.Fingerprint, Status = output.Status,
            ToolVersion = ToolVersion, Inputs = output.Inputs, Settings = output.Settings, Files = files,
        };
        string path = Path.Combine(Folder, manifest.Path);
        lock (_gate)
        {
            string[] old = [.. _catalogue.FilesOf(manifest.Path).Except(files.Select(f => f.Path))];

            // The manifest's rename is the commit: before it the old output stands, after it the new one. Files that no manifest lists
            // are nobody's, and the next writer removes them.
            AtomicFile.Write(Staging, path, manifest.ToBytes());
            _catalogue.Apply([(manifest, Stamp(path))], []);
            foreach (string file in old)
                File.Delete(Path.Combine(Folder, file));
        }
    }

    /// <summary>Removes what a stage holds for a run; does nothing when there is none.</summary>
    public void Retire(string stage, string run)
    {
        lock (_gate)
        {
            foreach (string manifest in _catalogue.Outputs(stage).Where(o => o.Run == run).Select(o => o.Manifest))
            {
                IReadOnlyList<string> files = _catalogue.FilesOf(manifest);
                File.Delete(Path.Combine(Folder, manifest));
                _catalogue.Apply([], [manifest]);
                foreach (string file in files)
                    File.Delete(Path.Combine(Folder, file));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _catalogue.Dispose();
        _lock?.Dispose();
    }

    private static void CheckIdentity(string folder)
    {
        LakeIdentity? identity = LakeIdentity.TryRead(Path.Combine(folder, LakeIdentity.FileName));
        if (identity is not { Layout: >= 1 })
            throw new RequestException(ExitCode.WrongUse, $"'{folder}/{LakeIdentity.FileName}' is damaged", "restore the file, or ingest into a new lake");
        if (identity.Layout > LakeIdentity.CurrentLayout)
        {
            throw new RequestException(ExitCode.WrongUse, $"The lake at '{folder}' has layout {identity.Layout}; this version reads up to {LakeIdentity.CurrentLayout}",
                "use the newer version of colocate that wrote it, or another --lake");
        }
    }

    private static FileStream TakeLock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lake.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation)
        {
            throw new RequestException(ExitCode.Busy, $"Another process writes to the lake at '{folder}'", "try again when it has finished");
        }
    }

    private static void WriteIfDifferent(string staging, string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            AtomicFile.Write(staging, path, content);
    }

    /// <summary>Folders that inputs were read from, the latest first; notes of this machine, empty when there are none.</summary>
    public IReadOnlyList<string> LabFolders => Model.Lake.LabFolders.Read(Folder);

    /// <summary>Notes the folders that inputs are read from.</summary>
    public void NoteLabFolders(IEnumerable<string> folders)
    {
        string[] known = [.. LabFolders], all = [.. folders.Union(known)];
        if (!all.SequenceEqual(known))
            Model.Lake.LabFolders.Write(Folder, Staging, all);
    }

    /// <summary>Begins a table whose rows do not fit into memory, to be committed as part of an output.</summary>
    public Task<StagedTable> BeginTableAsync(Table table) => StagedTable.CreateAsync(table, StagedPath);

    private string StagedPath()
    {
        Directory.CreateDirectory(Staging);
        return Path.Combine(Staging, Guid.NewGuid().ToString("N") + ".parquet");
    }

    private async Task<StageFile> WriteTableAsync(StageOutput output, Table table, IReadOnlyList<object> rows)
    {
        string staged = StagedPath();
        await using (var file = new FileStream(staged, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            await ParquetTable.WriteAsync(file, table, rows, Metadata(output, table)).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        return await PublishAsync(output, table, staged, rows.Count, part: 0).ConfigureAwait(false);
    }

    private static Dictionary<string, string> Metadata(StageOutput output, Table table) => new()
    {
        ["colocate.table"] = table.Name,
        ["colocate.table_version"] = table.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["colocate.columns"] = TableDescription.Columns(table).ToJsonString(),
        ["colocate.stage"] = output.Stage,
        ["colocate.fingerprint"] = output.Fingerprint,
        ["colocate.inputs"] = System.Text.Json.JsonSerializer.Serialize(output.Inputs.ToDictionary(i => i.Path, i => i.Sha256)),
        ["colocate.tool_version"] = ToolVersion,
    };

    private async Task<StageFile> PublishAsync(StageOutput output, Table table, string staged, long rows, int part)
    {
        string suffix = part == 0 ? ".parquet" : System.FormattableString.Invariant($"-{part}.parquet");
        string name = output.Run is null
            ? $"tables/{table.Name}/v{table.Version}/{output.Stage}-{output.Fingerprint[..16]}{suffix}"
            : $"tables/{table.Name}/v{table.Version}/campaign={output.Campaign}/run-{output.Run}-{output.Fingerprint[..16]}{suffix}";

        // What goes into the lake is first read back: a short write must never be committed.
        await using (FileStream file = File.OpenRead(staged))
        {
            long readBack = await ParquetTable.CountRowsAsync(file).ConfigureAwait(false);
            if (readBack != rows)
                throw new IOException($"{name}: {rows} rows were written, {readBack} can be read");
        }

        FileDigest digest = FileDigest.Of(staged);
        AtomicFile.Publish(staged, Path.Combine(Folder, name));
        return new StageFile(table.Name, name, rows, digest.Bytes, digest.Sha256);
    }

    /// <summary>Brings the catalogue in line with the manifests on disk, whoever wrote or removed them.</summary>
    private void SyncCatalogue()
    {
        string root = Path.Combine(Folder, "manifests");
        HashSet<string> onDisk = Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))]
            : [];
        IReadOnlyDictionary<string, string> known = _catalogue.Manifests();
        List<(StageManifest, string)> added = [];
        foreach (string path in onDisk.Order(StringComparer.Ordinal))
        {
            string stamp = Stamp(Path.Combine(Folder, path));
            if (known.GetValueOrDefault(path) != stamp && StageManifest.TryRead(Path.Combine(Folder, path)) is { } manifest && manifest.Path == path)
                added.Add((manifest, stamp));
        }

        string[] removed = [.. known.Keys.Where(k => !onDisk.Contains(k))];
        if (added.Count > 0 || removed.Length > 0)
            _catalogue.Apply(added, removed);
    }

    /// <summary>Changes whenever the file is replaced.</summary>
    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file.Length}-{file.LastWriteTimeUtc.Ticks}");
    }

    /// <summary>Removes table files that no manifest lists: a writer died before it could commit or after it had replaced them.</summary>
    private void RemoveUnlisted()
    {
        string tables = Path.Combine(Folder, "tables");
        if (!Directory.Exists(tables))
            return;
        HashSet<string> listed = [.. _catalogue.Files().Select(f => f.Path)];
        foreach (string file in Directory.EnumerateFiles(tables, "*.parquet", SearchOption.AllDirectories))
        {
            if (!listed.Contains(Path.GetRelativePath(Folder, file).Replace('\\', '/')))
                File.Delete(file);
        }
    }
}
