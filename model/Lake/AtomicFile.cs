using System.Runtime.InteropServices;

namespace Colocate.Model.Lake;

/// <summary>Puts complete files under their final names: written aside, flushed, renamed, folder flushed. A crash leaves the old state or the new one.</summary>
internal static partial class AtomicFile
{
    /// <summary>Moves a complete, flushed file of the same file system to its final name, replacing an older one.</summary>
    internal static void Publish(string staged, string final)
    {
        string folder = Path.GetDirectoryName(final)!;
        Directory.CreateDirectory(folder);
        File.Move(staged, final, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Writes a small file in one go.</summary>
    internal static void Write(string stagingFolder, string final, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(stagingFolder);
        string staged = Path.Combine(stagingFolder, Guid.NewGuid().ToString("N"));
        using (var file = new FileStream(staged, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Publish(staged, final);
    }

    /// <summary>A rename survives a power loss only once its folder is flushed. .NET refuses to open folders, so this asks libc; elsewhere the file system decides.</summary>
    private static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        int descriptor = OpenFolder(folder, 0);
        if (descriptor < 0)
            return;
        _ = FlushDescriptor(descriptor);
        _ = CloseDescriptor(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
