using System.Buffers;
using System.Security.Cryptography;

namespace Colocate.Model.Lake;

/// <summary>Digest and size of a file's bytes.</summary>
/// <param name="Sha256">SHA-256 in 64 hexadecimal digits.</param>
/// <param name="Bytes">Size.</param>
public readonly record struct FileDigest(string Sha256, long Bytes)
{
    private const int PieceBytes = 256 * 1024;

    /// <summary>Reads a file and computes its digest. I/O errors are thrown.</summary>
    public static FileDigest Of(string path)
    {
        // Large pieces: the library's own reading asks for 4 KiB at a time, which costs more than hashing them.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        long bytes = 0;
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return new FileDigest(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}
