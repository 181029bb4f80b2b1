using System.IO.Compression;

namespace Colocate.Ingest.Inputs;

/// <summary>
/// The content of a gzip file of one member or more. The runtime's decoder takes a file that was cut for one that ends, and leaves what follows the last member unread without a word; here
/// both are an <see cref="InvalidDataException"/> behind the last good byte, as damage is.
/// </summary>
internal sealed class GzipContent : ReadOnlyStream
{
    private const string Cut = "it ends early";

    private readonly GzipBytes _bytes;

    internal GzipContent(Stream file)
        : this(new GzipBytes(file))
    {
    }

    private GzipContent(GzipBytes bytes)
        : base(new GZipStream(bytes, CompressionMode.Decompress)) => _bytes = bytes;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        int read;
        try
        {
            read = Source.Read(buffer);
        }
        catch (InvalidDataException)
        {
            // The library's own words are about archives.
            throw new InvalidDataException(_bytes.IsProbed ? Cut : _bytes.IsTrailerOut ? "the content does not fit the checksum at its end" : "what stands there is no gzip data, or does not fit its checksum");
        }

        // Whatever came of the probe is none of the content.
        if (_bytes.IsCut || (_bytes.IsProbed && read > 0))
            throw new InvalidDataException(Cut);
        return read > 0 || _bytes.IsProbed ? read : throw new InvalidDataException("behind its end follows what is no gzip data");
    }
}
