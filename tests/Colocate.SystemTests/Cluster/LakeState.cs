using System.Security.Cryptography;
using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Cluster;

/// <summary>What a lake holds, to be held against another.</summary>
internal static class LakeState
{
    /// <summary>Path and digest of every committed file.</summary>
    internal static string[] Digests(string lake) =>
    [
        .. new[] { "tables", "manifests", "schema" }.Select(f => Path.Combine(lake, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(lake, f) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
    ];

    /// <summary>What writers have not finished; nothing where the last one had no need of the folder.</summary>
    internal static string[] Staged(string lake) => Path.Combine(lake, "staging") is var folder && Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    /// <summary>Path, digest and time of every file of a folder.</summary>
    internal static string[] Everything(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))} {File.GetLastWriteTimeUtc(f).Ticks}"),
    ];

    /// <summary>All that the catalogue holds.</summary>
    internal static async Task<string[]> DumpAsync(string lake)
    {
        (int code, string output, string error) = await ColocateProcess.RunAsync("catalogue", "--dump", "--lake", lake);
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The lake is whole, and the same as another.</summary>
    internal static async Task AssertEqualAsync(string expected, string lake)
    {
        Assert.Equal(Digests(expected), Digests(lake));
        Assert.Equal(await DumpAsync(expected), await DumpAsync(lake));
        (int code, string problems, _) = await ColocateProcess.RunAsync("check", "--lake", lake, "-q");
        Assert.True(code == 0, problems);
    }
}
