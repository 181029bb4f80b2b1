using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using ZstdSharp;

namespace Colocate.Ingest.Inputs;

/// <summary>
/// Decoded content of an input file: counts its bytes, and turns a damaged or cut compressed stream into an end of content with a
/// finding, because what came before the damage is still good.
/// </summary>
internal sealed class DecodedStream(Stream decoder, FindingLog findings, DigestingStream? digesting = null) : ReadOnlyStream(decoder)
{
    private bool _ended;

    /// <summary>Bytes handed out.</summary>
    internal long Count { get; private set; }

    /// <summary>The digest of the whole file, what is left of it included; null when it is not hashed while it is read. Nothing is read afterwards.</summary>
    internal FileDigest? CompleteDigest() => digesting?.Complete();

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.Length == 0)
            return 0;
        int read = 0;
        try
        {
            read = Source.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdException)
        {
            findings.Add(DiagnosticCatalogue.FileCompression, offset: Count, detail: e.Message);
        }

        _ended = read == 0;
        Count += read;
        return read;
    }
}
