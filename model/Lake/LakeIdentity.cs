using System.Text.Json;

namespace Colocate.Model.Lake;

/// <summary>Content of <c>lake.json</c>.</summary>
/// <param name="Layout">Version of the lake's layout.</param>
internal sealed record LakeIdentity(int Layout)
{
    internal const string FileName = "lake.json";

    /// <summary>The layout this program writes.</summary>
    internal const int CurrentLayout = 1;

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LakeJson.Default.LakeIdentity);

    internal static LakeIdentity? TryRead(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, LakeJson.Default.LakeIdentity);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
