using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Colocate.Model.Lake.Files;

/// <summary>
/// What a lake does to files. Complete files get their final names: written aside, flushed, renamed, folder flushed. A crash leaves the old state or the new one.
/// </summary>
/// <param name="observer">Hears of every operation before it is done; null for nobody.</param>
internal sealed partial class LakeFiles(IFileObserver? observer)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>What file systems that cannot flush folders answer: EINVAL, ENOSYS, and ENOTSUP of Linux and of macOS. There the system decides.</summary>
    private static readonly int[] s_unableToFlush = [22, 38, 95, 45];

    /// <summary>Makes a folder and those above it, durably.</summary>
    internal void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        string above = Path.GetDirectoryName(folder)!;
        CreateFolder(above);
        observer?.Before(FileOperation.CreateFolder, folder);
        Directory.CreateDirectory(folder);
        FlushFolder(above);
    }

    /// <summary>Makes a new file, to be written and read back. Close it by <see cref="Close"/>.</summary>
    internal Stream Create(string path)
    {
        observer?.Before(FileOperation.Create, path);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes);
        return observer is null ? file : new ObservedStream(file, observer);
    }

    /// <summary>Makes the bytes of a file durable and closes it.</summary>
    internal static void Close(Stream file)
    {
        using (file)
        {
            if (file is ObservedStream observed)
                observed.FlushToDisk();
            else
                ((FileStream)file).Flush(flushToDisk: true);
        }
    }

    /// <summary>Opens a file for reading.</summary>
    internal FileStream OpenRead(string path)
    {
        observer?.Before(FileOperation.Read, path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
    }

    /// <summary>Digest of a file's bytes.</summary>
    internal FileDigest Digest(string path)
    {
        observer?.Before(FileOperation.Read, path);
        return FileDigest.Of(path);
    }

    /// <summary>All bytes of a small file.</summary>
    internal byte[] ReadAll(string path)
    {
        observer?.Before(FileOperation.Read, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>Moves a complete, flushed file of the same file system to its final name, replacing an older one.</summary>
    internal void Publish(string staged, string final)
    {
        string folder = Path.GetDirectoryName(final)!;
        CreateFolder(folder);
        observer?.Before(FileOperation.Rename, final);
        File.Move(staged, final, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>The same for a file whose content is known. A network file system may report a failure of a rename that it did, when only the answer was lost.</summary>
    internal void Publish(string staged, string final, FileDigest content)
    {
        try
        {
            Publish(staged, final);
        }
        catch (IOException) when (!File.Exists(staged) && File.Exists(final) && FileDigest.Of(final) == content)
        {
            FlushFolder(Path.GetDirectoryName(final)!);
        }
    }

    /// <summary>Writes a small file in one go.</summary>
    internal void Write(string stagingFolder, string final, ReadOnlySpan<byte> content)
    {
        CreateFolder(stagingFolder);
        string staged = Path.Combine(stagingFolder, Guid.NewGuid().ToString("N"));
        Stream file = Create(staged);
        try
        {
            file.Write(content);
            Close(file);
            Publish(staged, final);
        }
        catch
        {
            file.Dispose();
            TryDelete(staged);
            throw;
        }
    }

    /// <summary>Removes a file; does nothing when there is none.</summary>
    internal void Delete(string path)
    {
        observer?.Before(FileOperation.Delete, path);
        if (File.Exists(path))
            File.Delete(path);
    }

    /// <summary>The same, durably: after a power loss it is still gone.</summary>
    internal void DeleteForGood(string path)
    {
        Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes an unfinished file; one that stays is nobody's, and the next writer removes it.</summary>
    internal void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Removes a folder with all it holds; does nothing when there is none.</summary>
    internal void DeleteFolder(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        observer?.Before(FileOperation.Delete, folder);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Files below a folder, absolute; none when there is no folder. Links to folders are not followed.</summary>
    internal IEnumerable<string> List(string folder, string pattern)
    {
        observer?.Before(FileOperation.List, folder);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
            : [];
    }

    /// <summary>The same, in no order, with what changes whenever a file is replaced; in one pass and several folders at a time, which counts with thousands of them.</summary>
    internal IReadOnlyCollection<(string Path, string Stamp)> ListStamps(string folder, string ending)
    {
        observer?.Before(FileOperation.List, folder);
        if (!Directory.Exists(folder))
            return [];
        var found = new ConcurrentBag<(string, string)>();

        // Not Parallel.ForEach: what goes wrong shall come as it is, not wrapped.
        Parallel.ForEachAsync(Stamps(folder, ending, isDeep: false), (entry, _) =>
        {
            if (entry.Stamp is not null)
                found.Add((entry.Path, entry.Stamp));
            else
                foreach ((string path, string? stamp) in Stamps(entry.Path, ending, isDeep: true))
                    found.Add((path, stamp!));
            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        return found;
    }

    /// <summary>Files in a folder with their stamps, and, where it is not searched in depth, the folders in it with null. Links are left out.</summary>
    private static FileSystemEnumerable<(string Path, string? Stamp)> Stamps(string folder, string ending, bool isDeep) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory ? null : Stamp(entry.Length, entry.LastWriteTimeUtc.UtcTicks)),
            new EnumerationOptions { RecurseSubdirectories = isDeep, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory ? !isDeep : entry.FileName.EndsWith(ending, StringComparison.Ordinal),
        };

    /// <summary>Changes whenever the file is replaced.</summary>
    internal static string Stamp(FileInfo file) => Stamp(file.Length, file.LastWriteTimeUtc.Ticks);

    private static string Stamp(long length, long ticks) => string.Create(CultureInfo.InvariantCulture, $"{length}-{ticks}");

    /// <summary>A rename survives a power loss only once its folder is flushed. .NET refuses to open folders, so this asks libc; elsewhere the file system decides.</summary>
    private void FlushFolder(string folder)
    {
        observer?.Before(FileOperation.FlushFolder, folder);
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        int descriptor = OpenFolder(folder, 0);
        if (descriptor < 0)
            return;
        int error = FlushDescriptor(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = CloseDescriptor(descriptor);
        if (error != 0 && !s_unableToFlush.Contains(error))
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{folder}'");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
