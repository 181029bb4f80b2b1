using System.Runtime.CompilerServices;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Merges the marks of all pcpus by time, ties in file order, holding back only what may still be overtaken.</summary>
/// <remarks>
/// xentrace drains pcpus in rising order, round after round, so whatever is still to come from a pcpu was logged after its turn in the
/// last complete round, and everything in earlier rounds was logged before that round began. The first TSC of each earlier window is
/// therefore a time that nothing can undercut any more. What is held is about three rounds of windows, and never more than the limit:
/// beyond it marks are released early.
/// </remarks>
internal sealed class MarkMerger(IMarkSink sink, FindingLog findings, long maxHeldBytes, Action<MarkBlock> free)
{
    private readonly MarkCursor?[] _byPcpu = new MarkCursor?[WindowReader.MaxPcpus];

    /// <summary>Pcpus with a mark, the one that comes first at the front.</summary>
    private readonly MarkOrder _order = new();
    private bool _isPcpu0Alone = true;
    private long _heldBytes;
    private int _lastPcpu = -1;

    /// <summary>Newest window start of the round before the current one. Of that one alone: a damaged time must not count for ever.</summary>
    private ulong _newestBeforeRound;
    private ulong _newestInRound;
    private ulong _released;

    /// <summary>Takes the next block of the file.</summary>
    internal void Add(MarkBlock block)
    {
        if (block.StartsWindow)
            BeginWindow(block);
        _heldBytes += block.HeldBytes;
        MarkCursor cursor = CursorOf(block.Pcpu);
        bool isNew = !cursor.HasMark;
        cursor.Append(block);
        if (isNew && cursor.HasMark)
            _order.Add(cursor);
        if (_heldBytes > maxHeldBytes)
            Release(ulong.MaxValue);
    }

    /// <summary>Releases everything: the content has ended.</summary>
    internal void Complete() => Release(ulong.MaxValue);

    private MarkCursor CursorOf(int pcpu)
    {
        if (_byPcpu[pcpu] is { } known)
            return known;
        _isPcpu0Alone &= pcpu == 0;
        return _byPcpu[pcpu] = new MarkCursor(pcpu, Free);
    }

    private void Free(MarkBlock block)
    {
        _heldBytes -= block.HeldBytes;
        free(block);
    }

    private void BeginWindow(MarkBlock block)
    {
        if (block.Pcpu <= _lastPcpu)
        {
            // While only pcpu 0 has shown itself there is nothing to merge with: all others have their turn after it.
            Release(_isPcpu0Alone ? ulong.MaxValue : _newestBeforeRound);
            (_newestBeforeRound, _newestInRound) = (_newestInRound, 0);
        }

        _lastPcpu = block.Pcpu;
        _newestInRound = Math.Max(_newestInRound, block.FirstTsc);
    }

    private void Release(ulong until)
    {
        while (_order.First is { } first && first.Mark.Tsc <= until)
        {
            Drain(first, _order.Second, until);
            _order.FirstMoved();
        }
    }

    /// <summary>Hands over marks of one pcpu for as long as they come before everything of all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drain(MarkCursor cursor, MarkCursor? second, ulong until)
    {
        // Before this time nothing of the others can come, wherever it stands in the file.
        ulong bound = second is null ? until : Math.Min(until, second.Mark.Tsc);
        do
        {
            ref readonly Mark mark = ref cursor.Mark;
            ulong tsc = mark.Tsc;
            if (tsc < _released)
            {
                findings.Add(DiagnosticCatalogue.TraceReordered, cursor.FileOffset, cursor.Pcpu);
                tsc = _released;
            }

            _released = tsc;
            if (mark.Code == Mark.Loss)
                sink.OnLoss(cursor.Pcpu, tsc, cursor.Loss);
            else
                sink.OnMark(cursor.Pcpu, tsc, mark.Who, mark.Code);
            cursor.Advance();
        }
        while (cursor.HasMark && (cursor.Mark.Tsc < bound || (cursor.Mark.Tsc <= until && (second is null || MarkOrder.IsBefore(cursor, second)))));
    }
}
