using System.Security.Cryptography;
using Colocate.Model.Lake.Files;

namespace Colocate.Model.Lake;

/// <summary>Digest and size of a file's bytes.</summary>
/// <param name="Sha256">SHA-256 in 64 hexadecimal digits.</param>
/// <param name="Bytes">Size.</param>
public readonly record struct FileDigest(string Sha256, long Bytes)
{
    /// <summary>Reads a file and computes its digest. I/O errors are thrown.</summary>
    public static FileDigest Of(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        FilePieces.Read(path, piece =>
        {
            hash.AppendData(piece);
            bytes += piece.Length;
        });
        return new FileDigest(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}
