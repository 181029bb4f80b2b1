using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>The time of one pcpu: the TSC of its last record, and what is believed of the next one's.</summary>
internal sealed class PcpuClock(int pcpu)
{
    /// <summary>Ten minutes at 10 GHz. No pcpu is silent for longer while all events are traced, but a damaged TSC nearly always lies further off.</summary>
    internal const ulong MaxJump = 6_000_000_000_000;

    /// <summary>12 years at 3 GHz: no host is up for longer.</summary>
    internal const ulong MaxTsc = 1UL << 60;

    /// <summary>139 days at 3 GHz. Further ahead no number of records is believed.</summary>
    private const ulong MaxConfirmedJump = 1UL << 55;

    /// <summary>So many records in a row, each older than the last one believed, are no damage and no clock that was set back a little.</summary>
    private const int RestartsAfter = 1000;

    /// <summary>Records in a row that are older than this time, which was believed.</summary>
    private int _backward;
    private ulong _backwardFrom;
    private long _backwardOffset;

    /// <summary>A time too far ahead to be believed before a second record confirms it; 0 when there is none.</summary>
    private ulong _doubted;

    internal int Pcpu => pcpu;

    /// <summary>Time of the last record.</summary>
    internal ulong Tsc { get; set; }

    /// <summary>False until a time was found that another record confirms.</summary>
    internal bool HasTime { get; private set; }

    /// <summary>Damaged records since the last good one.</summary>
    internal int BadInARow { get; set; }

    /// <summary>A time less than this ahead of the last one needs no second look; 0 while every time does.</summary>
    internal ulong NearLimit => HasTime && _doubted == 0 && Tsc < MaxTsc ? MaxJump + 1 : 0;

    /// <summary>
    /// Sets the clock before the first record: to the first time that the next one confirms. A record without time, or with a damaged one,
    /// would otherwise begin the trace at the host's start.
    /// </summary>
    internal void Begin(RecordBlock block)
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
                at += RecordBlock.SizeInWords(header);
                if (header >> 31 == 0 || tsc > MaxTsc || !EventClass.IsValid(header & 0x0fffffff))
                    continue;
                if (found && tsc - candidate <= MaxJump)
                    break;
                (candidate, found) = (tsc, true);
            }

            Tsc = candidate;
            HasTime = found;
        }
    }

    /// <summary>The time of a block's first good record, once the clock has begun: its own when that may be, else the clock's.</summary>
    internal ulong TimeOfFirst(RecordBlock block)
    {
        unchecked
        {
            for (int at = block.Start; at + 3 <= block.End; at += RecordBlock.SizeInWords(block.Words[at]))
            {
                if (!EventClass.IsValid(block.Words[at] & 0x0fffffff))
                    continue;
                ulong tsc = block.Words[at + 1] | ((ulong)block.Words[at + 2] << 32);
                return block.Words[at] >> 31 != 0 && tsc - Tsc <= MaxJump ? tsc : Tsc;
            }

            return Tsc;
        }
    }

    /// <summary>Takes the time of the next record, or keeps the last one when it cannot be true.</summary>
    internal void Take(ulong tsc, long offset, TraceFaults faults)
    {
        unchecked
        {
            bool isNear = tsc - Tsc <= MaxJump && tsc <= MaxTsc;
            bool confirms = _doubted != 0 && tsc <= MaxTsc && tsc - _doubted <= MaxJump && tsc - Tsc <= MaxConfirmedJump;
            if (isNear || confirms)
            {
                _doubted = 0;
                Tsc = tsc;
            }
            else if (tsc < Tsc)
            {
                faults.Count(DiagnosticCatalogue.TraceBackwardTsc, offset, pcpu);
                if (Tsc != _backwardFrom)
                    (_backward, _backwardFrom, _backwardOffset) = (0, Tsc, offset);
                if (++_backward == RestartsAfter)
                    faults.Count(DiagnosticCatalogue.TraceRestarts, _backwardOffset, pcpu);
            }
            else
            {
                faults.Count(DiagnosticCatalogue.TraceJump, offset, pcpu);
                _doubted = tsc;
            }
        }
    }
}
