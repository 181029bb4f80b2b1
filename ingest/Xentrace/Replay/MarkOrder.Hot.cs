namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Pcpus by the time of their first mark that waits, ties by its place in the file. One that moves on mostly stays near the front, so that few are compared.</summary>
internal sealed class MarkOrder
{
    /// <summary>A cache line of references: what lies behind them in memory belongs to the thread that scans, and a line that one thread writes makes the other wait.</summary>
    private const int Apart = 64 / 8;

    private MarkCursor[] _cursors = new MarkCursor[8 + Apart];
    private int _count;

    /// <summary>The pcpu whose mark comes first; null when none has one.</summary>
    internal MarkCursor? First => _count > 0 ? _cursors[0] : null;

    /// <summary>The one that comes next; null when no other has one.</summary>
    internal MarkCursor? Second => _count > 1 ? _cursors[1] : null;

    /// <summary>Takes in a pcpu that has a mark and was not here.</summary>
    internal void Add(MarkCursor cursor)
    {
        if (_count == _cursors.Length - Apart)
            Array.Resize(ref _cursors, _count * 2 + Apart);
        int at = _count++;
        for (; at > 0 && IsBefore(cursor, _cursors[at - 1]); at--)
            _cursors[at] = _cursors[at - 1];
        _cursors[at] = cursor;
    }

    /// <summary>Puts the first pcpu where it belongs now that some of its marks are gone, or out when all are.</summary>
    internal void FirstMoved()
    {
        MarkCursor moved = _cursors[0];
        int at = 0;
        for (; at + 1 < _count && (!moved.HasMark || IsBefore(_cursors[at + 1], moved)); at++)
            _cursors[at] = _cursors[at + 1];
        _cursors[at] = moved;
        if (!moved.HasMark)
            _cursors[--_count] = null!;
    }

    internal static bool IsBefore(MarkCursor a, MarkCursor b) => a.Mark.Tsc < b.Mark.Tsc || (a.Mark.Tsc == b.Mark.Tsc && a.FileOffset < b.FileOffset);
}
