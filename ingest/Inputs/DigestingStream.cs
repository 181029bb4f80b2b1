using Colocate.Model.Lake;

namespace Colocate.Ingest.Inputs;

/// <summary>A file that is hashed as it is read, so that its bytes are fetched once.</summary>
/// <param name="file">The file.</param>
/// <param name="bytes">Its size; null when unknown.</param>
internal sealed class DigestingStream(Stream file, long? bytes) : ReadOnlyStream(file)
{
    private readonly RunningInputDigest _digest = new(bytes);

    public override int Read(Span<byte> buffer)
    {
        int got = Source.Read(buffer);
        _digest.Append(buffer[..got]);
        return got;
    }

    /// <summary>Reads what is left and returns the digest of the whole file. I/O errors are thrown.</summary>
    internal InputDigest Complete()
    {
        byte[] rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
        }

        return _digest.Finish();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _digest.Dispose();
        base.Dispose(disposing);
    }
}
