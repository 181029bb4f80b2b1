using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using ZstdSharp;

namespace Colocate.Ingest.Inputs;

/// <summary>
/// Decoded content of an input file: counts its bytes, and turns a damaged or cut compressed stream into an end of content with a
/// finding, because what came before the damage is still good.
/// </summary>
/// <param name="decoder">Yields the content.</param>
/// <param name="findings">Hears of damage.</param>
/// <param name="digesting">The file below, when it is hashed while it is read.</param>
internal sealed class DecodedStream(Stream decoder, FindingLog findings, DigestingStream? digesting = null) : ReadOnlyStream(decoder)
{
    /// <summary>Traces of an idle host shrink to a hundredth; bombs are made to grow a thousandfold and more.</summary>
    private const int MostGrowth = 500;

    /// <summary>So much is let pass whatever it came from: it is read in a second.</summary>
    private const long FreeBytes = 256L << 20;

    private bool _ended;

    /// <summary>Bytes handed out.</summary>
    internal long Count { get; private set; }

    /// <summary>Bytes to hand out at most; null for no bound. A compressed file that yields more was made to fill memory or time.</summary>
    internal long? MostBytes { get; init; }

    /// <summary>What a compressed file of so many bytes may yield.</summary>
    internal static long MostFrom(long bytes) => Math.Max(FreeBytes, bytes > long.MaxValue / MostGrowth ? long.MaxValue : bytes * MostGrowth);

    /// <summary>The digest of the whole file, what is left of it included; null when it is not hashed while it is read. Nothing is read afterwards.</summary>
    internal InputDigest? CompleteDigest()
    {
        (Source as AheadStream)?.Stop();
        return digesting?.Complete();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.Length == 0)
            return 0;
        int read = 0;
        if (Count >= MostBytes)
        {
            findings.Add(DiagnosticCatalogue.FileBomb, offset: Count);
            _ended = true;
            return 0;
        }

        try
        {
            read = Source.Read(MostBytes is { } most && most - Count < buffer.Length ? buffer[..(int)(most - Count)] : buffer);
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
