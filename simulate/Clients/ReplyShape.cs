namespace Colocate.Simulate.Clients;

/// <summary>How a reply of one size is cut into packets.</summary>
public sealed class ReplyShape
{
    /// <summary>Payload of a full TCP segment: 1500 bytes of Ethernet less headers of IP (20) and TCP with time stamps (32).</summary>
    public const int SegmentBytes = 1448;

    /// <summary>Headers of a packet on the wire: Ethernet (14), IP (20), TCP with time stamps (32).</summary>
    public const int HeaderBytes = 66;

    /// <summary>Bytes of a SYN or its answer: options of the handshake take 8 more.</summary>
    public const int SynBytes = HeaderBytes + 8;

    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4096;

    /// <summary>Cuts a reply.</summary>
    /// <param name="contentBytes">Bytes of content.</param>
    /// <param name="replyHeaderBytes">Bytes of HTTP header before it.</param>
    public ReplyShape(long contentBytes, int replyHeaderBytes)
    {
        ContentKb = contentBytes / 1024.0;
        TotalBytes = contentBytes + replyHeaderBytes;
        Segments = (int)((TotalBytes + SegmentBytes - 1) / SegmentBytes);
    }

    /// <summary>KiB of content.</summary>
    public double ContentKb { get; }

    /// <summary>Bytes of header and content.</summary>
    public long TotalBytes { get; }

    /// <summary>Segments of a reply.</summary>
    public int Segments { get; }

    /// <summary>Bytes of a segment on the wire.</summary>
    public int BytesOf(int segment) => HeaderBytes + (int)Math.Min(SegmentBytes, TotalBytes - ((long)segment * SegmentBytes));

    /// <summary>Pages that a segment's payload touches, the reply lying in memory without gaps from the start of a page.</summary>
    public int PagesOf(int segment)
    {
        long first = (long)segment * SegmentBytes, last = Math.Min(first + SegmentBytes, TotalBytes) - 1;
        return (int)((last / PageBytes) - (first / PageBytes)) + 1;
    }
}
