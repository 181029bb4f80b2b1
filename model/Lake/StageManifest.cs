using System.Text.Json;
using System.Text.Json.Serialization;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;

namespace Colocate.Model.Lake;

/// <summary>The commit record of one <see cref="StageOutput"/>: an output exists exactly when its manifest does.</summary>
public sealed record StageManifest
{
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

    /// <summary>The run in one line; null for output that is not about a run, and for what an older version committed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunListing? Listing { get; init; }

    /// <summary>Path of this manifest relative to its lake. A later output of the same stage for the same run takes the same path: one rename commits it and ends the old one.</summary>
    [JsonIgnore]
    public string Path => PathOf(Stage, Run);

    /// <summary>Path of the manifest of a stage's output for a run.</summary>
    internal static string PathOf(string stage, string? run) => $"manifests/{run ?? "_lake"}/{stage}.json";

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LakeJson.Default.StageManifest);

    /// <summary>Reads a manifest; null when there is none, or the file is none: damaged by hand or by a disk, or naming files that are not the lake's.</summary>
    internal static StageManifest? TryRead(LakeFiles files, string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize(files.ReadAll(path), LakeJson.Default.StageManifest) is { } manifest && manifest.IsSound ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A manifest decides which files are read and removed: it must not lead out of the lake's tables.</summary>
    private bool IsSound =>
        Files is not null && Inputs is not null && Fingerprint is not null && Stage is not null && Status is not null && ToolVersion is not null
        && Files.All(f => f is { Path: not null, Sha256: not null, Table: not null } && f.Path.StartsWith("tables/", StringComparison.Ordinal)
            && f.Path.Split('/').All(part => part.Length > 0 && part is not ("." or "..") && !part.Contains('\\', StringComparison.Ordinal) && !part.Contains('\0', StringComparison.Ordinal)))
        && Inputs.All(i => i is { Path: not null, Digest: not null });
}
