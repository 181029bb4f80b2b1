using Colocate.Model.Lake.Files;

namespace Colocate.Model.Lake;

/// <summary>
/// Digest and size of an input file's bytes: SHA-256 up to <see cref="LargestSha256Bytes"/>, XXH128 (<c>xxhsum -H128</c>) above. It tells whether a file is the one that was read; nobody is
/// kept from forging one. SHA-256 of a long trace takes as long as counting its records does, XXH128 a tenth of that.
/// </summary>
/// <param name="Hex">64 hexadecimal digits of SHA-256, or 32 of XXH128.</param>
/// <param name="Bytes">Size.</param>
public readonly record struct InputDigest(string Hex, long Bytes)
{
    /// <summary>Size of the largest file of which SHA-256 is taken: 256 MiB, a few tenths of a second.</summary>
    public const long LargestSha256Bytes = 256L << 20;

    /// <summary>Its SHA-256; null for a larger file.</summary>
    public string? Sha256 => Bytes <= LargestSha256Bytes ? Hex : null;

    /// <summary>Its XXH128; null for a smaller file.</summary>
    public string? Xxh128 => Bytes <= LargestSha256Bytes ? null : Hex;

    /// <summary>Reads a file and computes its digest. I/O errors are thrown.</summary>
    public static InputDigest Of(string path)
    {
        using var digest = new RunningInputDigest(new FileInfo(path).Length);
        FilePieces.Read(path, digest.Append);
        return digest.Finish();
    }
}
