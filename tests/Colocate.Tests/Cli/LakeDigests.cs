using System.Security.Cryptography;

namespace Colocate.Tests.Cli;

/// <summary>What a lake is, byte by byte.</summary>
internal static class LakeDigests
{
    /// <summary>Path and digest of every committed file.</summary>
    internal static string[] Of(string lake) =>
    [
        .. new[] { "tables", "manifests", "schema" }.Select(f => Path.Combine(lake, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(lake, f) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
    ];

    /// <summary>Path and digest of every file but the lock and the catalogue; nothing where there is no lake.</summary>
    internal static string[] OfAll(string lake) => !Directory.Exists(lake) ? [] :
    [
        .. Directory.EnumerateFiles(lake, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not ("lake.lock" or "catalogue.db")).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(lake, f) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
    ];
}
