namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>The marks of one pcpu that were read but not yet replayed, in file order.</summary>
internal sealed class MarkCursor(int pcpu, Action<MarkBlock> release)
{
    private readonly Queue<MarkBlock> _waiting = new();
    private MarkBlock? _block;
    private int _next;

    internal int Pcpu => pcpu;

    internal bool HasMark { get; private set; }

    internal Mark Mark { get; private set; }

    internal Loss Loss => _block!.Losses[(int)Mark.Who];

    internal long FileOffset => _block!.Offset + Mark.Word * 4L;

    internal void Append(MarkBlock block)
    {
        _waiting.Enqueue(block);
        if (!HasMark)
            Advance();
    }

    /// <summary>Goes to the next mark.</summary>
    internal void Advance()
    {
        while (_block is null || _next == _block.Count)
        {
            if (_block is not null)
                release(_block);
            _next = 0;
            if (!_waiting.TryDequeue(out _block))
            {
                HasMark = false;
                return;
            }
        }

        Mark = _block.Marks[_next++];
        HasMark = true;
    }
}
