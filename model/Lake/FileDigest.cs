using System.Buffers;

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
        using var digest = new RunningDigest();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        int read;
        while ((read = file.Read(buffer)) > 0)
            digest.Append(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
        return digest.Finish();
    }
}
