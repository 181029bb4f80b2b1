namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>The marks of one pcpu that were read but not yet replayed, in file order.</summary>
internal sealed class MarkCursor(int pcpu, Action<MarkBlock> release)
{
    private readonly Queue<MarkBlock> _waiting = new();
    private MarkBlock? _block;
    private int _at;

    internal int Pcpu => pcpu;

    internal bool HasMark { get; private set; }

    /// <summary>The first mark not yet replayed, while there is one.</summary>
    internal ref readonly Mark Mark => ref _block![_at];

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
        _at++;
        while (_block is null || _at >= _block.Count)
        {
            if (_block is not null)
                release(_block);
            _at = 0;
            if (!_waiting.TryDequeue(out _block))
            {
                HasMark = false;
                return;
            }
        }

        HasMark = true;
    }
}
