using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>The time of one pcpu: the TSC of its last record, and what is believed of the next one's.</summary>
internal sealed class PcpuClock(int pcpu)
{
    /// <summary>6 ms at 2.8 GHz. Damage of a time that moves it less is not looked for: it can hardly be told from a clock that is read out of turn.</summary>
    internal const ulong NearJump = 1UL << 24;

    /// <summary>98 s at 2.8 GHz. The first record of a pcpu is not believed to be followed by a longer silence.</summary>
    private const ulong MaxFirstJump = 1UL << 38;

    /// <summary>
    /// 1.5 s at 2.8 GHz. The last record of a block, which no other one confirms, is not believed to be so much later than anything before it; so a window that lies so
    /// far back does not do so because of a time that was believed wrongly.
    /// </summary>
    private const ulong MaxUnconfirmedJump = 1UL << 32;

    /// <summary>Ten minutes at 10 GHz. No pcpu is silent for longer while all events are traced, but a damaged TSC nearly always lies further off.</summary>
    internal const ulong MaxJump = 6_000_000_000_000;

    /// <summary>12 years at 3 GHz: no host is up for longer.</summary>
    internal const ulong MaxTsc = 1UL << 60;

    /// <summary>139 days at 3 GHz. Further ahead no number of records is believed.</summary>
    private const ulong MaxConfirmedJump = 1UL << 55;

    /// <summary>A time too far ahead to be believed before a second record confirms it; 0 when there is none.</summary>
    private ulong _doubted;

    internal int Pcpu => pcpu;

    /// <summary>Time of the last record.</summary>
    internal ulong Tsc { get; set; }

    /// <summary>False until a time was found that another record confirms.</summary>
    internal bool HasTime { get; private set; }

    /// <summary>Damaged records since the last good one.</summary>
    internal int BadInARow { get; set; }

    /// <summary>Time of the last record before bytes that were skipped, or windows that are missing; null while the records that follow go on from it.</summary>
    internal ulong? MissingSince { get; set; }

    /// <summary>Records at the begin of a window that tell which recording it is of.</summary>
    private const int RestartsAfter = 16;

    /// <summary>True once a second record showed that the clock began rightly.</summary>
    private bool _isConfirmed;

    /// <summary>True once a window came that is of another recording.</summary>
    internal bool HasRestarted { get; set; }

    /// <summary>Damage between windows that this pcpu's records are known to stand behind; see <see cref="RecordBlock.Breaks"/>.</summary>
    internal int Breaks { get; set; }

    /// <summary>A time less than this ahead of the last one needs no second look; 0 while every time does.</summary>
    internal ulong NearLimit => HasTime && _doubted == 0 && Tsc < MaxTsc ? NearJump + 1 : 0;

    /// <summary>
    /// Sets the clock before the first record: to the first time that one of the next two confirms. A record without time, or with a damaged one, would otherwise begin the
    /// trace at the host's start.
    /// </summary>
    internal void Begin(RecordBlock block)
    {
        unchecked
        {
            ulong? candidate = null, between = null;
            for (int at = block.Start; at + 3 <= block.End; at += RecordBlock.SizeInWords(block.Words[at]))
            {
                uint header = block.Words[at];
                ulong tsc = block.Words[at + 1] | ((ulong)block.Words[at + 2] << 32);
                if (header >> 31 == 0 || tsc > MaxTsc || !EventClass.IsValid(header & 0x0fffffff))
                    continue;
                if (tsc - candidate <= MaxFirstJump)
                {
                    _isConfirmed = true;
                    break;
                }

                if (tsc - between <= MaxFirstJump)
                {
                    (candidate, _isConfirmed) = (between, true);
                    break;
                }

                candidate = between ?? candidate ?? tsc;
                between = candidate == tsc ? null : tsc;
            }

            // With no more than two that contradict each other the later one is as good as any.
            Tsc = (_isConfirmed ? null : between) ?? candidate ?? 0;
            HasTime = candidate is not null;
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
                return block.Words[at] >> 31 != 0 && tsc - Tsc <= NearJump ? tsc : Tsc;
            }

            return Tsc;
        }
    }

    /// <summary>
    /// True when a window is of another recording, or of the time after the clock was set back: its first records are all well before the last one. Not to be asked before the
    /// clock has begun.
    /// </summary>
    internal bool IsAfter(RecordBlock block)
    {
        unchecked
        {
            int before = 0;
            for (int at = block.Start; at + 3 <= block.End && before < RestartsAfter; at += RecordBlock.SizeInWords(block.Words[at]))
            {
                uint header = block.Words[at];
                ulong tsc = block.Words[at + 1] | ((ulong)block.Words[at + 2] << 32);
                if (header >> 31 == 0 || tsc > MaxTsc || !EventClass.IsValid(header & 0x0fffffff))
                    continue;
                if (tsc + MaxUnconfirmedJump >= Tsc)
                {
                    _isConfirmed = true;
                    return false;
                }

                before++;
            }

            return _isConfirmed && before > 0;
        }
    }

    /// <summary>Takes the time of the next record, or keeps the last one when it cannot be true.</summary>
    /// <param name="tsc">Its time.</param>
    /// <param name="next">That of the record after it; null when there is none in sight.</param>
    /// <param name="newest">Latest time of any pcpu before this block.</param>
    /// <param name="offset">Where it stands.</param>
    /// <param name="faults">Hears of a time that is not believed.</param>
    internal void Take(ulong tsc, ulong? next, ulong newest, long offset, TraceFaults faults)
    {
        unchecked
        {
            // One damaged time stands alone: the record after it goes on from the one before.
            bool isAlone = next is { } after && after >= Tsc && after < tsc && tsc - after > NearJump;
            bool isFar = next is null && tsc > Math.Max(Tsc, newest) + MaxUnconfirmedJump;
            bool isNear = tsc - Tsc <= MaxJump && tsc <= MaxTsc && !isAlone && !isFar;
            bool confirms = _doubted != 0 && tsc <= MaxTsc && tsc - _doubted <= MaxJump && tsc - Tsc <= MaxConfirmedJump;
            if (isNear || confirms)
            {
                _doubted = 0;
                Tsc = tsc;
            }
            else if (tsc < Tsc)
            {
                faults.Count(DiagnosticCatalogue.TraceBackwardTsc, offset, pcpu);
            }
            else
            {
                faults.Count(DiagnosticCatalogue.TraceJump, offset, pcpu);
                _doubted = isAlone ? 0 : tsc;
            }
        }
    }
}
