using System.Text.Json.Serialization;

namespace Colocate.Model.Lake;

/// <summary>An input file that a stage read.</summary>
/// <param name="Path">Path relative to the lab folder.</param>
/// <param name="Sha256">SHA-256 of its bytes; null where <see cref="Xxh128"/> is there instead.</param>
/// <param name="Bytes">Size.</param>
public sealed record StageInput(string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sha256, long Bytes)
{
    /// <summary>XXH128 of its bytes; null where <see cref="Sha256"/> is there instead, see <see cref="InputDigest"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Xxh128 { get; init; }

    /// <summary>Whichever digest is there.</summary>
    [JsonIgnore]
    public string Digest => Sha256 ?? Xxh128!;

    /// <summary>An input with its digest.</summary>
    public static StageInput Of(string path, InputDigest digest) => new(path, digest.Sha256, digest.Bytes) { Xxh128 = digest.Xxh128 };
}
