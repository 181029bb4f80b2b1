using System.Buffers;

namespace Colocate.Model.Lake.Files;

/// <summary>Reads whole files in pieces that are large: the library's own reading asks for 4 KiB at a time, which costs more than hashing them.</summary>
internal static class FilePieces
{
    private const int PieceBytes = 256 * 1024;

    /// <summary>Takes the next bytes of a file, which are there until it returns.</summary>
    internal delegate void Taker(ReadOnlySpan<byte> piece);

    /// <summary>Hands over a file from its first to its last byte. I/O errors are thrown.</summary>
    internal static void Read(string path, Taker take)
    {
        // A named pipe or a device has no length either: opening it could wait for ever.
        if (RealFile.Length(path) == 0 && File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        int read;
        while ((read = file.Read(buffer)) > 0)
            take(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
