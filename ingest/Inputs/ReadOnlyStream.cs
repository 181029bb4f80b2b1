namespace Colocate.Ingest.Inputs;

/// <summary>A stream over another one that can only be read forwards; closes the other with itself.</summary>
internal abstract class ReadOnlyStream(Stream source) : Stream
{
    /// <summary>False when the other stream stays open for who opened it.</summary>
    protected virtual bool ClosesSource => true;

    protected Stream Source { get; } = source;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && ClosesSource)
            Source.Dispose();
        base.Dispose(disposing);
    }
}
