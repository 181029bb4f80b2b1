namespace Colocate.Ingest.Inputs;

/// <summary>A stream whose first bytes were read already, to recognise it, and are handed out again.</summary>
internal sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : ReadOnlyStream(rest)
{
    private ReadOnlyMemory<byte> _head = head;

    /// <summary>True where whoever reads may close this stream before all of the rest was read, which others still need.</summary>
    internal bool LeavesOpen { get; init; }

    protected override bool ClosesSource => !LeavesOpen;

    public override int Read(Span<byte> buffer)
    {
        if (_head.IsEmpty)
            return Source.Read(buffer);
        int count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }
}
