using Colocate.Ingest.Inputs;

namespace Colocate.Tests.Ingest;

/// <summary>Returns at most a few bytes at a time, as a pipe or a decompressor may.</summary>
internal sealed class DrippingStream(byte[] content, int bytesAtOnce) : ReadOnlyStream(new MemoryStream(content))
{
    public override int Read(Span<byte> buffer) => Source.Read(buffer[..Math.Min(bytesAtOnce, buffer.Length)]);
}
