using System.Reflection;
using Colocate.Model.Errors;
using Colocate.Model.Lake.Catalogues;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Microsoft.Data.Sqlite;

namespace Colocate.Model.Lake;

/// <summary>
/// A folder of Parquet tables with the manifests that commit them and a catalogue over both. Many readers may have it open at once, one
/// writer; commits of one writer may come from several threads.
/// </summary>
/// <remarks>
/// Layout: <c>lake.json</c>, <c>catalogue.db</c>, <c>tables/TABLE/v1/campaign=C/run-RUN-FINGERPRINT.parquet</c>,
/// <c>manifests/RUN/STAGE.json</c>, <c>schema/TABLE.v1.json</c>, <c>staging/</c> for unfinished files, <c>labs.json</c> for where inputs lay.
/// </remarks>
public sealed class Lake : IOutputSink, IDisposable
{
    private readonly LakeLock? _lock;
    private readonly LakeFiles _files;
    private readonly OutputWriter _writer;
    private readonly object _gate = new();
    private readonly Catalogue _catalogue;

    private Lake(string folder, LakeLock? writeLock, LakeFiles files, Catalogue? catalogue = null)
    {
        (Folder, _lock, _files, _writer) = (folder, writeLock, files, new OutputWriter(folder, files));

        // A damaged catalogue is gone once it is closed, and the second attempt makes it anew; one that is of no use may stay so.
        _catalogue = catalogue is null ? InLine(OpenCatalogue, OpenCatalogue, Catalogue.InMemory) : InLine(() => catalogue);
    }

    /// <summary>The lake's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Where its catalogue is, for people.</summary>
    public string CataloguePlace => _catalogue.Place;

    /// <summary>Version of the program, as stored with every output.</summary>
    public static string ToolVersion { get; } =
        typeof(Lake).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>True when a folder is a lake, of whatever version.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, LakeIdentity.FileName));

    /// <summary>Opens an existing lake for reading.</summary>
    /// <exception cref="RequestException">There is none, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    public static Lake Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        var files = new LakeFiles(null);
        LakeFolder.Check(folder, files);
        return new Lake(folder, null, files);
    }

    /// <summary>Opens an existing lake for reading with a catalogue of this process alone: for one of many processes on a file system that databases do not work on.</summary>
    /// <exception cref="RequestException">There is none, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    public static Lake OpenByManifests(string folder)
    {
        folder = Path.GetFullPath(folder);
        var files = new LakeFiles(null);
        LakeFolder.Check(folder, files);
        return new Lake(folder, null, files, Catalogue.InMemory());
    }

    /// <summary>Opens a lake for writing, alone, and creates it where there is none. What a writer left there before it died is removed: it was never committed.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="observer">Hears of every operation on files; null for nobody.</param>
    /// <exception cref="RequestException">A newer version wrote it, or the folder holds something else (<see cref="ExitCode.WrongUse"/>); another process writes to it (<see cref="ExitCode.Busy"/>).</exception>
    public static Lake OpenForWriting(string folder, IFileObserver? observer = null)
    {
        var files = new LakeFiles(observer);
        LakeFolder.Prepare(ref folder, files);
        LakeLock writeLock = LakeLock.Alone(folder);
        Lake? lake = null;
        try
        {
            files.DeleteFolder(Path.Combine(folder, "staging"));
            LakeFolder.Complete(folder, files);
            lake = new Lake(folder, writeLock, files);
            lake.RemoveUnlisted();
            return lake;
        }
        catch
        {
            lake?._catalogue.Dispose();
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
    public IReadOnlyList<StageSetting> SettingsOf(string stage) => StageManifest.TryRead(_files, Path.Combine(Folder, StageManifest.PathOf(stage, null)))?.Settings ?? [];

    /// <summary>All rows of a table, by campaign and run, in the order in which they were written.</summary>
    public Task<IReadOnlyList<TRow>> ReadAsync<TRow>()
        where TRow : class, new() => ReadAsync<TRow>(null);

    /// <summary>The same with some columns alone: in a large lake that is most of the time.</summary>
    /// <param name="columns">Columns to read, by name; the others keep their default. Null for all.</param>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(IReadOnlyList<string>? columns)
        where TRow : class, new()
    {
        IReadOnlyList<StageFile> files = Files(Table.Of<TRow>());
        var rows = new List<TRow>[files.Count];
        await Parallel.ForAsync(0, files.Count, async (i, _) => rows[i] = await ParquetTable.ReadAsync<TRow>(Path.Combine(Folder, files[i].Path), columns).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. rows.SelectMany(r => r)];
    }

    /// <summary>Committed files of a table.</summary>
    public IReadOnlyList<StageFile> Files(Table table)
    {
        lock (_gate)
            return _catalogue.FilesOfTable(table.Name);
    }

    /// <summary>Runs in one line each that a stage made known, by campaign and run; null when some were committed by a version that kept no lines: their tables must be read.</summary>
    public IReadOnlyList<RunListing>? Listings(string stage)
    {
        lock (_gate)
            return _catalogue.Listings(stage);
    }

    /// <summary>All that the catalogue holds, one line an entry, in order: equal for equal lakes, whatever database it is kept in.</summary>
    public IReadOnlyList<string> DumpCatalogue()
    {
        lock (_gate)
            return _catalogue.Dump();
    }

    /// <summary>Rows of a table that a stage committed for a run; 0 when there is no such output.</summary>
    public long RowsOf(string stage, string run, Table table) =>
        StageManifest.TryRead(_files, Path.Combine(Folder, StageManifest.PathOf(stage, run)))?.Files.Where(f => f.Table == table.Name).Sum(f => f.Rows) ?? 0;

    /// <summary>Begins a table whose rows do not fit into memory, to be committed as part of an output.</summary>
    public Task<StagedTable> BeginTableAsync(Table table) => _writer.BeginTableAsync(table);

    /// <summary>Makes an output part of the lake, all of it or nothing, and retires what the same stage held for the same run before.</summary>
    public async Task CommitAsync(StageOutput output)
    {
        StageManifest manifest = await _writer.WriteTablesAsync(output).ConfigureAwait(false);
        lock (_gate)
        {
            string[] old = [.. _catalogue.FilesOf(manifest.Path).Except(manifest.Files.Select(f => f.Path))];

            // The manifest's rename is the commit: before it the old output stands, after it the new one. Files that no manifest lists
            // are nobody's, and the next writer removes them.
            _writer.WriteManifest(manifest);
            _catalogue.Apply([(manifest, LakeFiles.Stamp(new FileInfo(Path.Combine(Folder, manifest.Path))))], []);
            foreach (string file in old)
                _files.TryDelete(Path.Combine(Folder, file));
        }
    }

    /// <summary>Result of a unit that <see cref="LakeWorker.WritePart"/> kept; null when there is none.</summary>
    public T? ReadPart<T>(string stage, string fingerprint)
        where T : class => new LakeParts(Folder, _files).TryRead<T>(stage, fingerprint);

    /// <summary>Removes what units of a stage left: their output is committed.</summary>
    public void RemoveParts(string stage) => new LakeParts(Folder, _files).Remove(stage);

    /// <summary>Removes what a stage holds for a run; does nothing when there is none.</summary>
    public void Retire(string stage, string run)
    {
        lock (_gate)
        {
            foreach (string manifest in _catalogue.Outputs(stage).Where(o => o.Run == run).Select(o => o.Manifest))
            {
                IReadOnlyList<string> files = _catalogue.FilesOf(manifest);

                // Were the manifest to come back after a power loss, its files would be missed.
                _files.DeleteForGood(Path.Combine(Folder, manifest));
                _catalogue.Apply([], [manifest]);
                foreach (string file in files)
                    _files.TryDelete(Path.Combine(Folder, file));
            }
        }
    }

    /// <summary>Lists a lake in a shared database from now on, or in a file of its own.</summary>
    /// <param name="folder">The lake; made where there is none.</param>
    /// <param name="postgreSql">Connection string of a PostgreSQL database, without a password; null for the lake's own file.</param>
    /// <param name="name">What tells this lake from others in the database; any text that no other has.</param>
    /// <exception cref="RequestException">The database cannot be used; the old catalogue stays.</exception>
    public static void UseCatalogue(string folder, string? postgreSql, string name)
    {
        var files = new LakeFiles(null);
        CatalogueSettings? chosen = postgreSql is null ? null : CatalogueSettings.Of(postgreSql, name);
        LakeFolder.Prepare(ref folder, files);
        using LakeLock alone = LakeLock.Alone(folder);
        LakeFolder.Complete(folder, files);
        string settings = Path.Combine(folder, CatalogueSettings.FileName), own = Path.Combine(folder, Catalogue.FileName);
        if (chosen is null)
        {
            files.DeleteForGood(settings);
            return;
        }

        Catalogue.Open(chosen).Dispose();
        files.Write(Path.Combine(folder, "staging"), settings, chosen.ToBytes());
        files.Delete(own);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _catalogue.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Folders that inputs were read from, the latest first; notes of this machine, empty when there are none.</summary>
    public IReadOnlyList<string> LabFolders => Model.Lake.LabFolders.Read(Folder);

    /// <summary>Notes the folders that inputs are read from.</summary>
    public void NoteLabFolders(IEnumerable<string> folders)
    {
        string[] known = [.. LabFolders], all = [.. folders.Union(known)];
        if (!all.SequenceEqual(known))
            Model.Lake.LabFolders.Write(Folder, _writer.Staging, all, _files);
    }

    private Catalogue OpenCatalogue()
    {
        string settings = Path.Combine(Folder, CatalogueSettings.FileName);
        if (!File.Exists(settings))
            return Catalogue.Open(Path.Combine(Folder, Catalogue.FileName));
        return Catalogue.Open(CatalogueSettings.TryRead(_files.ReadAll(settings)) ?? throw new RequestException(
            ExitCode.WrongUse, $"'{settings}' is damaged", "remove it: the lake then has a catalogue of its own again, and nothing is lost"));
    }

    /// <summary>The first catalogue of several that can be opened and brought in line with the manifests.</summary>
    private Catalogue InLine(params ReadOnlySpan<Func<Catalogue>> attempts)
    {
        for (int i = 0; ; i++)
        {
            Catalogue catalogue = attempts[i]();
            try
            {
                Sync(catalogue);
                return catalogue;
            }
            catch (IOException e) when (e.InnerException is SqliteException && i + 1 < attempts.Length)
            {
                catalogue.Dispose();
            }
            catch
            {
                catalogue.Dispose();
                throw;
            }
        }
    }

    /// <summary>Brings a catalogue in line with the manifests on disk, whoever wrote or removed them.</summary>
    private void Sync(Catalogue catalogue)
    {
        Dictionary<string, string> onDisk = _files.ListStamps(Path.Combine(Folder, "manifests"), ".json").ToDictionary(f => Relative(f.Path), f => f.Stamp, StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> known = catalogue.Manifests();
        List<(StageManifest, string)> added = [];
        List<string> removed = [.. known.Keys.Where(k => !onDisk.ContainsKey(k))];
        foreach ((string path, string stamp) in onDisk.Where(f => known.GetValueOrDefault(f.Key) != f.Value).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (StageManifest.TryRead(_files, Path.Combine(Folder, path)) is { } manifest && manifest.Path == path)
                added.Add((manifest, stamp));
            else if (known.ContainsKey(path))
                removed.Add(path);
        }

        if (added.Count > 0 || removed.Count > 0)
            catalogue.Apply(added, removed);
    }

    private string Relative(string path) => path[(Folder.Length + (Path.EndsInDirectorySeparator(Folder) ? 0 : 1))..].Replace('\\', '/');

    /// <summary>Removes table files that no manifest lists: a writer died before it could commit or after it had replaced them.</summary>
    private void RemoveUnlisted()
    {
        HashSet<string> listed = [.. _catalogue.Files().Select(f => f.Path)];
        foreach (string file in _files.List(Path.Combine(Folder, "tables"), "*.parquet").Where(f => !listed.Contains(Relative(f))).ToList())
            _files.Delete(file);
    }
}
