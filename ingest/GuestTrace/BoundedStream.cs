namespace Colocate.Ingest.GuestTrace;

/// <summary>
/// What TraceEvent is given to read: it honours cancellation, refuses absurd block sizes before memory is filled, counts, and tells
/// faults of the source from faults of the content.
/// </summary>
internal sealed class BoundedStream(Stream content, CancellationToken cancellation) : Stream
{
    /// <summary>
    /// Largest read in bytes; a reader asks for one block at once. The format's version 6 allows blocks up to 2^24 bytes
    /// (<c>NetTraceFormat.md</c> of PerfView, "Blocks"), and the runtime writes far smaller ones in the versions before.
    /// </summary>
    internal const int MaxReadBytes = 1 << 25;

    /// <summary>Bytes handed over so far.</summary>
    internal long Delivered { get; private set; }

    /// <summary>What the content itself threw; null when it threw nothing.</summary>
    internal Exception? Fault { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Delivered;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        if (buffer.Length > MaxReadBytes)
            throw new InvalidDataException($"a block of {buffer.Length} bytes");
        try
        {
            int read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            Delivered += read;
            return read;
        }
        catch (Exception e)
        {
            Fault = e;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
