using Colocate.Model.Errors;
using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>
/// A lake as one of many processes writes to it, on one machine or on several with a shared file system. It knows manifests alone: the catalogue is brought in
/// line later by one <see cref="Lake"/> opened for writing. While a worker has the lake open, nobody can have it alone.
/// </summary>
/// <remarks>Nothing that exists is removed, so that the same work done twice at a time does no harm. Thread safe.</remarks>
public sealed class LakeWorker : IOutputSink, IDisposable
{
    private readonly LakeLock _lock;
    private readonly OutputWriter _writer;
    private readonly LakeFiles _files;

    private LakeWorker(string folder, LakeLock shared, LakeFiles files) => (Folder, _lock, _files, _writer) = (folder, shared, files, new OutputWriter(folder, files));

    /// <summary>The lake's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Opens a lake for work among others, and creates it where there is none.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="observer">Hears of every operation on files; null for nobody.</param>
    /// <exception cref="RequestException">A newer version wrote it, or the folder holds something else (<see cref="ExitCode.WrongUse"/>); a process has it alone (<see cref="ExitCode.Busy"/>).</exception>
    public static LakeWorker Open(string folder, IFileObserver? observer = null)
    {
        var files = new LakeFiles(observer);
        LakeFolder.Prepare(ref folder, files);
        LakeLock shared = LakeLock.Shared(folder);
        try
        {
            LakeFolder.Complete(folder, files);
            return new LakeWorker(folder, shared, files);
        }
        catch
        {
            shared.Dispose();
            throw;
        }
    }

    /// <summary>Status of an output that is committed with all its files; null when there is none with that fingerprint.</summary>
    public string? StatusOf(string stage, string run, string fingerprint) =>
        StageManifest.TryRead(_files, Path.Combine(Folder, StageManifest.PathOf(stage, run))) is { } manifest && manifest.Fingerprint == fingerprint
        && manifest.Files.All(f => File.Exists(Path.Combine(Folder, f.Path)))
            ? manifest.Status
            : null;

    /// <summary>True when the result of a unit is there.</summary>
    /// <typeparam name="T">What it was written as.</typeparam>
    public bool HoldsPart<T>(string stage, string fingerprint)
        where T : class => new LakeParts(Folder, _files).TryRead<T>(stage, fingerprint) is not null;

    /// <summary>Keeps the result of a unit that becomes part of an output of the whole lake.</summary>
    public void WritePart<T>(string stage, string fingerprint, T result)
        where T : class => new LakeParts(Folder, _files).Write(_writer.Staging, stage, fingerprint, result);

    /// <inheritdoc/>
    public Task<StagedTable> BeginTableAsync(Table table) => _writer.BeginTableAsync(table);

    /// <inheritdoc/>
    public async Task CommitAsync(StageOutput output) => _writer.WriteManifest(await _writer.WriteTablesAsync(output).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
