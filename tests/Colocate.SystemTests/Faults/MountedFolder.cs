using Colocate.SystemTests.Cluster;

namespace Colocate.SystemTests.Faults;

/// <summary>A file system of its own in a temporary folder, as only root may make one.</summary>
internal sealed class MountedFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-mounted-");

    private MountedFolder()
    {
    }

    internal string Path => _folder.FullName;

    /// <summary>A memory disk of so many kilobytes; null when this user may not mount one.</summary>
    internal static Task<MountedFolder?> OfMemoryAsync(int kilobytes) => MountAsync(path => ["-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path]);

    /// <summary>A folder that can only be read; null when this user may not mount one.</summary>
    internal static async Task<MountedFolder?> ReadOnlyAsync(string source)
    {
        MountedFolder? mounted = await MountAsync(path => ["--bind", source, path]);
        if (mounted is not null)
            await Shell.RunAsync("mount", new Dictionary<string, string>(), "-o", "remount,ro,bind", mounted.Path);
        return mounted;
    }

    internal Task ResizeAsync(int kilobytes) => Shell.RunAsync("mount", new Dictionary<string, string>(), "-o", $"remount,size={kilobytes}k", Path);

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("umount", new Dictionary<string, string>(), Path);
        _folder.Delete();
    }

    private static async Task<MountedFolder?> MountAsync(Func<string, string[]> arguments)
    {
        var mounted = new MountedFolder();
        try
        {
            await Shell.RunAsync("mount", new Dictionary<string, string>(), arguments(mounted.Path));
            return mounted;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            mounted._folder.Delete();
            return null;
        }
    }
}
