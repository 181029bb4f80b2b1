namespace Colocate.Ingest.Inputs;

/// <summary>
/// The raw bytes of a gzip file, handed to a decoder that tells neither whether it got all it needs nor whether something is left over. Behind the last byte stands a
/// probe, a byte that begins no member: a decoder that has finished leaves it lying, one that needs more takes it and asks again.
/// </summary>
/// <remarks>The trailer of the last member (RFC 1952, 2.3.1) is handed out by itself, so that all content is out before its checksum is looked at.</remarks>
internal sealed class GzipBytes(Stream file) : ReadOnlyStream(file)
{
    /// <summary>Raw bytes fetched at a time; the decoder's own are so few that calls cost more than decoding.</summary>
    private const int FetchBytes = 1 << 17;

    /// <summary>CRC-32 and length of the content.</summary>
    private const int TrailerBytes = 8;

    /// <summary>Not the first byte of a member, which is 1f.</summary>
    private const byte Probe = 0;

    private readonly byte[] _bytes = new byte[FetchBytes];
    private int _start;
    private int _end;
    private bool _isFileOut;

    /// <summary>True once the last bytes of the file are with the decoder.</summary>
    internal bool IsTrailerOut { get; private set; }

    /// <summary>True once the decoder, having taken the last byte of the file, looked for more: nothing is left over.</summary>
    internal bool IsProbed { get; private set; }

    /// <summary>True once the decoder took the probe for one of its bytes: it had not finished.</summary>
    internal bool IsCut { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        if (_end - _start <= TrailerBytes && !_isFileOut)
            Fetch();
        if (_start == _end)
            return HandOutProbe(buffer);
        int count = Math.Min(buffer.Length, _end - _start <= TrailerBytes ? _end - _start : _end - _start - TrailerBytes);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        IsTrailerOut = _isFileOut && _start == _end;
        return count;
    }

    /// <summary>Fetches until there is more than a trailer, or nothing comes any more.</summary>
    private void Fetch()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_start, _end) = (0, _end - _start);
        while (_end <= TrailerBytes && !_isFileOut)
        {
            int got = Source.Read(_bytes.AsSpan(_end));
            _end += got;
            _isFileOut = got == 0;
        }
    }

    private int HandOutProbe(Span<byte> buffer)
    {
        IsCut = IsProbed;
        if (IsCut)
            return 0;
        IsProbed = true;
        buffer[0] = Probe;
        return 1;
    }
}
