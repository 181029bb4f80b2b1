namespace Colocate.Tests.Ingest;

/// <summary>A file on a disk that breaks after so many bytes.</summary>
internal sealed class FailingStream(byte[] content, int failsAtByte) : MemoryStream(content)
{
    public override int Read(Span<byte> buffer) =>
        Position >= failsAtByte ? throw new IOException("the disk is gone") : base.Read(buffer[..(int)Math.Min(buffer.Length, failsAtByte - Position)]);
}
