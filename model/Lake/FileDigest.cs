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
        using var digest = new RunningDigest();
        FilePieces.Read(path, digest.Append);
        return digest.Finish();
    }
}
