using System.Text.Json;
using Colocate.Model.Lake.Files;

namespace Colocate.Model.Lake;

/// <summary>
/// Where the inputs of a lake lay when they were read, in <c>labs.json</c>: a note for whoever needs a raw file again. It holds no data; a lake that was
/// moved to another machine works without it.
/// </summary>
internal static class LabFolders
{
    internal const string FileName = "labs.json";

    internal static IReadOnlyList<string> Read(string lakeFolder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(lakeFolder, FileName)), LakeJson.Default.StringArray) ?? [];
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return [];
        }
    }

    internal static void Write(string lakeFolder, string staging, IEnumerable<string> labs, LakeFiles files) =>
        files.Write(staging, Path.Combine(lakeFolder, FileName), JsonSerializer.SerializeToUtf8Bytes([.. labs], LakeJson.Default.StringArray));
}
