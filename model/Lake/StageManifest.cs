using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colocate.Model.Lake;

/// <summary>The commit record of one <see cref="StageOutput"/>: an output exists exactly when its manifest does.</summary>
public sealed record StageManifest
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Stage name.</summary>
    public required string Stage { get; init; }

    /// <summary>Run id; null for output about the whole lake.</summary>
    public string? Run { get; init; }

    /// <summary>Campaign; null for output about the whole lake.</summary>
    public string? Campaign { get; init; }

    /// <summary>What determines the output.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>ok, lossy or set_aside.</summary>
    public required string Status { get; init; }

    /// <summary>Version of the program that wrote it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Input files.</summary>
    public required IReadOnlyList<StageInput> Inputs { get; init; }

    /// <summary>Settings that determined the output; null in manifests written before they were recorded.</summary>
    public IReadOnlyList<StageSetting>? Settings { get; init; }

    /// <summary>Committed files.</summary>
    public required IReadOnlyList<StageFile> Files { get; init; }

    /// <summary>Path of this manifest relative to its lake. A later output of the same stage for the same run takes the same path: one rename commits it and ends the old one.</summary>
    [JsonIgnore]
    public string Path => PathOf(Run, Stage);

    internal static string PathOf(string? run, string stage) => $"manifests/{run ?? "_lake"}/{stage}.json";

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>Reads a manifest; null when the file is none (damaged by hand or by a disk).</summary>
    internal static StageManifest? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StageManifest>(File.ReadAllBytes(path), s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
