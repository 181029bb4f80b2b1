using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colocate.Model.Lake.Files;

namespace Colocate.Model.Lake;

/// <summary>
/// Results of units that become one output together, such as the folds of an evaluation, kept in <c>parts/STAGE/FINGERPRINT.json</c> until the output is
/// committed. A part is complete when its name is there; one that a disk damaged is no part, and is made again.
/// </summary>
internal sealed class LakeParts(string folder, LakeFiles files)
{
    private const string Root = "parts";

    /// <summary>Result of a unit; null when there is none.</summary>
    internal T? TryRead<T>(string stage, string fingerprint)
        where T : class
    {
        string path = PathOf(stage, fingerprint);
        if (!File.Exists(path))
            return null;
        string text = Encoding.UTF8.GetString(files.ReadAll(path));
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        try
        {
            return end > 0 && text[..end] == Digest(text[(end + 1)..]) ? JsonSerializer.Deserialize<T>(text[(end + 1)..]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Write<T>(string staging, string stage, string fingerprint, T result)
        where T : class
    {
        string json = JsonSerializer.Serialize(result);
        files.Write(staging, PathOf(stage, fingerprint), Encoding.UTF8.GetBytes(Digest(json) + "\n" + json));
    }

    /// <summary>Removes all parts of a stage: their output is committed.</summary>
    internal void Remove(string stage) => files.DeleteFolder(Path.Combine(folder, Root, stage));

    private string PathOf(string stage, string fingerprint) => Path.Combine(folder, Root, stage, fingerprint + ".json");

    private static string Digest(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
