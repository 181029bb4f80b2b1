using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>Merges the records of all pcpus by time, ties in file order, holding back only what may still be overtaken.</summary>
/// <remarks>
/// xentrace drains pcpus in rising order, round after round, so whatever is still to come from a pcpu was logged after its turn in the
/// last complete round, and everything in earlier rounds was logged before that round began. The first TSC of each earlier window is
/// therefore a time that nothing can undercut any more, found without walking the window. What is held is about three rounds of
/// windows, and never more than the limit: beyond it records are released early.
/// </remarks>
internal sealed class TimeMerger<TSink>(TSink sink, TraceFaults faults, long maxHeldBytes, Stack<RecordBlock> free)
    where TSink : IRecordSink
{
    private readonly List<PcpuCursor> _cursors = [];
    private readonly PcpuCursor?[] _byPcpu = new PcpuCursor?[WindowReader.MaxPcpus];
    private long _heldBytes;
    private int _lastPcpu = -1;
    private bool _atWindowStart;

    /// <summary>Newest window start of the round before the current one. Of that one alone: a damaged time must not count for ever.</summary>
    private ulong _newestBeforeRound;
    private ulong _newestInRound;
    private ulong _released;

    /// <summary>Records handed to the sink.</summary>
    internal long Records { get; private set; }

    internal void BeginWindow(int pcpu)
    {
        if (pcpu <= _lastPcpu)
        {
            // While only pcpu 0 has shown itself there is nothing to merge with: all others have their turn after it.
            Release(_cursors is [{ Pcpu: 0 }] ? ulong.MaxValue : _newestBeforeRound);
            (_newestBeforeRound, _newestInRound) = (_newestInRound, 0);
        }

        _lastPcpu = pcpu;
        _atWindowStart = true;
        if (_byPcpu[pcpu] is null)
            _cursors.Add(_byPcpu[pcpu] = new PcpuCursor(pcpu, faults, free));
    }

    /// <summary>Takes the next block of the current window.</summary>
    internal void Add(RecordBlock block)
    {
        PcpuCursor cursor = _byPcpu[_lastPcpu]!;
        int first = block.Start;
        ulong start = _atWindowStart && block.End - first >= 3 && block.Words[first] >> 31 != 0 ? block.Words[first + 1] | ((ulong)block.Words[first + 2] << 32) : 0;
        _atWindowStart = false;
        _heldBytes += (block.End - first) * 4L;
        cursor.Append(block);
        if (start > _newestInRound && cursor.IsPlausible(start))
            _newestInRound = start;
        if (_heldBytes > maxHeldBytes)
            Release(ulong.MaxValue);
    }

    /// <summary>Releases everything: the content has ended.</summary>
    internal void Complete() => Release(ulong.MaxValue);

    private void Release(ulong until)
    {
        while (true)
        {
            PcpuCursor? first = null, second = null;
            foreach (PcpuCursor cursor in _cursors)
            {
                if (!cursor.HasRecord)
                    continue;
                if (first is null || IsBefore(cursor, first))
                    (first, second) = (cursor, first);
                else if (second is null || IsBefore(cursor, second))
                    second = cursor;
            }

            if (first is null || first.Tsc > until)
                break;
            Drain(first, second, until);
        }

        _heldBytes = 0;
        foreach (PcpuCursor cursor in _cursors)
            _heldBytes += cursor.HeldBytes;
    }

    /// <summary>Hands over records of one pcpu for as long as they come before everything of all others.</summary>
    private void Drain(PcpuCursor cursor, PcpuCursor? second, ulong until)
    {
        unchecked
        {
            do
            {
                ulong tsc = cursor.Tsc;
                if (tsc < _released)
                {
                    faults.Count(DiagnosticCatalogue.TraceReordered, cursor.FileOffset, cursor.Pcpu);
                    tsc = _released;
                }

                _released = tsc;
                Records++;
                sink.OnRecord(cursor.Pcpu, cursor.Header & 0x0fffffff, tsc, cursor.Payload);
                cursor.Advance();
            }
            while (cursor.HasRecord && cursor.Tsc <= until && (second is null || IsBefore(cursor, second)));
        }
    }

    private static bool IsBefore(PcpuCursor a, PcpuCursor b) => a.Tsc < b.Tsc || (a.Tsc == b.Tsc && a.FileOffset < b.FileOffset);
}
