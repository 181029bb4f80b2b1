using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>The records of one pcpu that were read but not yet released, in file order.</summary>
internal sealed class PcpuCursor(int pcpu, TraceFaults faults, Stack<RecordBlock> free)
{
    /// <summary>Ten minutes at 10 GHz. No pcpu is silent for longer while all events are traced, but a damaged TSC nearly always lies further off.</summary>
    private const ulong MaxJump = 6_000_000_000_000;

    /// <summary>12 years at 3 GHz: no host is up for longer.</summary>
    private const ulong MaxTsc = 1UL << 60;

    /// <summary>139 days at 3 GHz. Further ahead no number of records is believed, so that sums of cycles stay far from overflow.</summary>
    private const ulong MaxConfirmedJump = 1UL << 55;

    private readonly Queue<RecordBlock> _waiting = new();
    private int _badInARow;
    private bool _hasTime;

    /// <summary>A time too far ahead to be believed before a second record confirms it; 0 when there is none.</summary>
    private ulong _doubted;

    internal int Pcpu => pcpu;

    /// <summary>The block of the current record.</summary>
    internal RecordBlock? Block { get; private set; }

    /// <summary>Header word of the current record; meaningful while <see cref="HasRecord"/>.</summary>
    internal uint Header { get; private set; }

    /// <summary>Effective TSC of the current record; of the last one when there is none.</summary>
    internal ulong Tsc { get; private set; }

    internal bool HasRecord { get; private set; }

    /// <summary>Bytes held by this cursor.</summary>
    internal long HeldBytes { get; private set; }

    internal long FileOffset => Block!.OffsetOf(Block.Start);

    internal ReadOnlySpan<uint> Payload
    {
        get
        {
            unchecked
            {
                int first = Block!.Start + 1 + (int)(Header >> 31) * 2;
                return Block.Words.AsSpan(first, (int)(Header >> 28) & 7);
            }
        }
    }

    internal void Append(RecordBlock block)
    {
        HeldBytes += (block.End - block.Start) * 4L;
        _waiting.Enqueue(block);
        if (!HasRecord)
            Seek();
    }

    /// <summary>Leaves the current record and finds the next one.</summary>
    internal void Advance()
    {
        unchecked
        {
            int size = SizeInWords(Header);
            Block!.Start += size;
            HeldBytes -= size * 4L;
        }

        Seek();
    }

    internal static int SizeInWords(uint header)
    {
        unchecked
        {
            return 1 + (int)(header >> 31) * 2 + ((int)(header >> 28) & 7);
        }
    }

    private void Seek()
    {
        unchecked
        {
            while (true)
            {
                if (Block is null || Block.Start >= Block.End)
                {
                    if (!NextBlock())
                        return;
                }

                RecordBlock block = Block!;
                uint header = block.Words[block.Start];
                int size = SizeInWords(header);
                if (block.Start + size > block.End)
                {
                    if (!JoinWithNext(block))
                        return;
                    continue;
                }

                if (!EventClass.IsValid(header & 0x0fffffff) || (header & 0x0fffffff) == EventIds.CpuChange)
                {
                    SkipCorrupt(block, size);
                    continue;
                }

                _badInARow = 0;
                Header = header;
                HasRecord = true;
                if (!_hasTime)
                    Begin(block);
                if (header >> 31 != 0)
                    SetTime(block.Words[block.Start + 1] | ((ulong)block.Words[block.Start + 2] << 32), block);
                return;
            }
        }
    }

    /// <summary>True when a time may belong to a record of this pcpu near the current one.</summary>
    internal bool IsPlausible(ulong tsc)
    {
        unchecked
        {
            return _hasTime && (tsc - Tsc <= MaxJump || Tsc - tsc <= MaxJump);
        }
    }

    /// <summary>
    /// Sets the clock before the first record: to the first time that the next one confirms. A record without time, or with a damaged one,
    /// would otherwise begin the trace at the host's start.
    /// </summary>
    private void Begin(RecordBlock block)
    {
        unchecked
        {
            ulong candidate = 0;
            bool found = false;
            int at = block.Start;
            while (at + 3 <= block.End)
            {
                uint header = block.Words[at];
                ulong tsc = block.Words[at + 1] | ((ulong)block.Words[at + 2] << 32);
                at += SizeInWords(header);
                if (header >> 31 == 0 || tsc > MaxTsc || !EventClass.IsValid(header & 0x0fffffff))
                    continue;
                if (found && tsc - candidate <= MaxJump)
                    break;
                (candidate, found) = (tsc, true);
            }

            Tsc = candidate;
            _hasTime = found;
        }
    }

    private void SetTime(ulong tsc, RecordBlock block)
    {
        unchecked
        {
            bool isNear = tsc - Tsc <= MaxJump;
            bool confirms = _doubted != 0 && tsc - _doubted <= MaxJump && tsc - Tsc <= MaxConfirmedJump;
            if (isNear || confirms)
            {
                _doubted = 0;
                Tsc = tsc;
            }
            else if (tsc < Tsc)
            {
                faults.Count(DiagnosticCatalogue.TraceBackwardTsc, block.OffsetOf(block.Start), pcpu);
            }
            else
            {
                faults.Count(DiagnosticCatalogue.TraceJump, block.OffsetOf(block.Start), pcpu);
                _doubted = tsc;
            }
        }
    }

    private bool NextBlock()
    {
        if (Block is not null)
            free.Push(Block);
        Block = null;
        HasRecord = false;
        if (!_waiting.TryDequeue(out RecordBlock? next))
            return false;
        Block = next;
        return true;
    }

    /// <summary>A record crosses the end of its block: continued in the next one, or damaged when its window ends here.</summary>
    private bool JoinWithNext(RecordBlock block)
    {
        int rest = block.End - block.Start;
        if (block.EndsWindow)
        {
            faults.Skip(DiagnosticCatalogue.TraceTruncatedRecord, block.OffsetOf(block.Start), pcpu, rest * 4L);
            HeldBytes -= rest * 4L;
            block.Start = block.End;
            return true;
        }

        if (!_waiting.TryPeek(out RecordBlock? next))
        {
            HasRecord = false;
            return false;
        }

        next.Start -= rest;
        block.Words.AsSpan(block.Start, rest).CopyTo(next.Words.AsSpan(next.Start));
        block.Start = block.End;
        return true;
    }

    private void SkipCorrupt(RecordBlock block, int size)
    {
        bool nested = (block.Words[block.Start] & 0x0fffffff) == EventIds.CpuChange;
        DiagnosticKind kind = nested ? DiagnosticCatalogue.TraceNested : DiagnosticCatalogue.TraceBadClass;

        // Three bad records in a row: record edges are lost, and only the next window brings them back.
        if (nested || ++_badInARow >= 3)
            size = block.End - block.Start;
        faults.Skip(kind, block.OffsetOf(block.Start), pcpu, size * 4L);
        HeldBytes -= size * 4L;
        block.Start += size;
    }
}
