using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>Finds the records of a block and hands them over, with every damaged byte accounted for. Allocates nothing per record.</summary>
internal sealed class RecordScanner<TSink>(TSink sink, TraceFaults faults)
    where TSink : IRecordSink
{
    /// <summary>Records to look at for one with a time.</summary>
    private const int RecordsAhead = 16;

    private readonly PcpuClock?[] _clocks = new PcpuClock?[WindowReader.MaxPcpus];
    private readonly uint[] _cut = new uint[RecordBlock.MaxRecordWords];
    private readonly Deferred[] _deferred = TSink.WantsAll ? [] : new Deferred[RecordBlock.MaxRecordWords + RecordBlock.Capacity + 1];
    private TSink _sink = sink;
    private int _cutWords;
    private bool _leavesOut;

    /// <summary>Pcpus of which windows of another recording came.</summary>
    private int _restarts;

    /// <summary>Latest time of any pcpu, of the blocks before this one.</summary>
    private ulong _newest;

    /// <summary>Where reading stands within a block.</summary>
    private struct Position
    {
        /// <summary>Time of the last record.</summary>
        internal ulong Now;

        /// <summary>A time less than this ahead needs no second look.</summary>
        internal ulong Near;

        /// <summary>Time at which the sink wants to hear of it.</summary>
        internal ulong Edge;

        /// <summary>Records of the trace so far.</summary>
        internal long Records;

        /// <summary>Records that the sink is still to be told of.</summary>
        internal int Deferred;
    }

    /// <summary>A record that the sink is still to be told of.</summary>
    private struct Deferred
    {
        internal ulong Tsc;
        internal int Word;
    }

    internal HeaderTable Headers { get; } = new();

    /// <summary>Records handed over.</summary>
    internal long Records { get; private set; }

    /// <summary>Tells the sink when the trace begins; before the first block.</summary>
    internal void Begin(ulong firstTsc) => _sink.Begin(firstTsc);

    /// <summary>Hands over the records of a block. A record that its end cuts waits for the next block of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Scan(RecordBlock block)
    {
        unchecked
        {
            PcpuClock clock = _clocks[block.Pcpu] ??= new PcpuClock(block.Pcpu);
            if (IsLeftOut(block, clock))
                return;
            if (_cutWords > 0)
                Join(block);
            if (block.Breaks != clock.Breaks)
                Break(block, clock);
            if (!clock.HasTime)
                clock.Begin(block);
            TSink sink = _sink;
            sink.BeginBlock(clock, block.OffsetOf(0), block.StartsWindow);

            ref uint words = ref MemoryMarshal.GetArrayDataReference(block.Words);
            ref HeaderTable.Entry entries = ref MemoryMarshal.GetArrayDataReference(Headers.Entries);
            int at = block.Start, end = block.End;
            block.Words[end] = 0;
            var on = new Position { Now = clock.Tsc, Near = clock.NearLimit, Edge = sink.Edge, Records = Records };
            while (at < end)
            {
                if (!TSink.WantsAll)
                {
                    at = Skim(ref words, at, end, ref entries, ref MemoryMarshal.GetArrayDataReference(sink.Hypercalls), ref MemoryMarshal.GetArrayDataReference(_deferred), ref on);
                    if (on.Deferred > 0)
                        Tell(sink, ref words, ref entries, on.Deferred);
                    if (at >= end)
                        break;
                }

                uint header = Unsafe.Add(ref words, at);
                int size = RecordBlock.SizeInWords(header);
                ref HeaderTable.Entry entry = ref Unsafe.Add(ref entries, HeaderTable.SlotOf(header));
                if (at + size > end || entry.Header != header)
                {
                    clock.Tsc = on.Now;
                    at = SkipDamage(block, clock, at);
                    if (at >= end)
                        break;
                    if (clock.MissingSince is not null)
                    {
                        sink.Miss();
                        on.Edge = sink.Edge;
                    }

                    header = Unsafe.Add(ref words, at);
                    size = RecordBlock.SizeInWords(header);
                    entry = ref Headers.Find(header);
                }

                entry.Records++;
                if ((int)header < 0)
                {
                    ulong tsc = TscAt(ref words, at);
                    if (tsc - on.Now >= on.Near)
                    {
                        clock.Tsc = on.Now;
                        clock.Take(tsc, NextTime(block, at + size), _newest, block.OffsetOf(at), faults);
                        (tsc, on.Near) = (clock.Tsc, clock.NearLimit);
                    }

                    on.Now = tsc;
                }

                if (on.Now >= on.Edge)
                {
                    sink.Reach(on.Now, on.Records);
                    on.Edge = sink.Edge;
                }

                on.Records++;
                RecordAction action = entry.Action;
                if ((TSink.WantsAll || action != RecordAction.Count)
                    && !sink.OnRecord(action, header, on.Now, ref Unsafe.Add(ref words, at + PayloadAt(header)), at, on.Records))
                {
                    entry.Do(RecordAction.Count);
                }

                at += size;
            }

            clock.Tsc = on.Now;
            _newest = Math.Max(_newest, on.Now);
            Records = on.Records;
            sink.EndBlock(on.Records);
        }
    }

    /// <summary>Tells the sink of the records that waited.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tell(TSink sink, ref uint words, ref HeaderTable.Entry entries, int count)
    {
        foreach (ref readonly Deferred one in _deferred.AsSpan(0, count))
        {
            uint header = Unsafe.Add(ref words, one.Word);
            ref HeaderTable.Entry entry = ref Unsafe.Add(ref entries, HeaderTable.SlotOf(header));
            if (!sink.OnDeferred(entry.Action, header, one.Tsc, ref Unsafe.Add(ref words, one.Word + PayloadAt(header)), one.Word))
                entry.Do(RecordAction.Count);
        }
    }

    /// <summary>
    /// Counts records, and notes those of which more is to be told, for as long as that may wait; returns where the first one stands of which it may not: an unknown header, a
    /// time to look at, a vcpu that begins to run, the end. A loop without a call and with one branch an outcome that varies: the time it takes is that of finding edges.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Skim(ref uint words, nint at, nint end, ref HeaderTable.Entry entries, ref long hypercalls, ref Deferred deferred, ref Position on)
    {
        unchecked
        {
            ulong now = on.Now, room = on.Edge > now ? Math.Min(on.Near, on.Edge - now) : 0;
            ref Deferred note = ref deferred;
            nint records = 0;
            while (true)
            {
                // At the block's end stands a word that is no header.
                uint header = Unsafe.Add(ref words, at);
                nint payload = at + PayloadAt(header), next = payload + (nint)((header >> 28) & 7);
                ref HeaderTable.Entry entry = ref Unsafe.Add(ref entries, HeaderTable.SlotOf(header));
                if (entry.Skimmed != header || next > end)
                    break;

                // Both what is too far ahead and the edge: time that passes leaves less room for what is to come.
                ulong passed = 0;
                if ((int)header < 0)
                {
                    passed = TscAt(ref words, at) - now;
                    if (passed >= room)
                        break;
                }

                uint number = Unsafe.Add(ref words, payload) & entry.NumberBits;
                if (number >= DomainScan.HypercallNumbers)
                    break;
                now += passed;
                room -= passed;
                entry.Records++;
                records++;

                // Noted whether it is to be told or not, and then overwritten by the next one or not.
                note.Tsc = now;
                note.Word = (int)at;
                note = ref Unsafe.Add(ref note, (nint)(entry.IsTold | (number == entry.ToldNumber ? 1u : 0u)));
                Unsafe.Add(ref hypercalls, (nint)(number | entry.NotANumber))++;
                at = next;
            }

            on.Now = now;
            on.Records += records;
            on.Deferred = (int)(Unsafe.ByteOffset(ref deferred, ref note) / Unsafe.SizeOf<Deferred>());
            return (int)at;
        }
    }

    private static int PayloadAt(uint header) => unchecked(1 + ((int)(header >> 30) & 2));

    private static ulong TscAt(ref uint words, nint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<uint, byte>(ref Unsafe.Add(ref Unsafe.Add(ref words, at), 1)));

    /// <summary>True for a window of another recording, which has no place in the time of this one.</summary>
    private bool IsLeftOut(RecordBlock block, PcpuClock clock)
    {
        if (block.StartsWindow)
        {
            if (clock is { HasTime: true, HasRestarted: false } && clock.IsAfter(block))
            {
                clock.HasRestarted = true;
                _restarts++;
            }

            // One clock may have been set back; with two of them the whole host began anew.
            _leavesOut = clock.HasRestarted || _restarts > 1;
        }

        if (_leavesOut)
            faults.Skip(DiagnosticCatalogue.TraceRestarts, block.OffsetOf(RecordBlock.MaxRecordWords), clock.Pcpu, block.Bytes);
        return _leavesOut;
    }

    /// <summary>What was skipped between windows may have held records of this pcpu.</summary>
    private static void Break(RecordBlock block, PcpuClock clock)
    {
        clock.Breaks = block.Breaks;
        clock.MissingSince ??= clock.Tsc;
    }

    /// <summary>Time of the next record that has one, if it is near.</summary>
    private static ulong? NextTime(RecordBlock block, int at)
    {
        for (int i = 0; i < RecordsAhead && at + 3 <= block.End; i++, at += RecordBlock.SizeInWords(block.Words[at]))
        {
            uint header = block.Words[at];
            if (header >> 31 != 0 && EventClass.IsValid(header & 0x0fffffff))
                return block.Words[at + 1] | ((ulong)block.Words[at + 2] << 32);
        }

        return null;
    }

    /// <summary>Puts the begin of a record that the last block cut before the content of this one.</summary>
    private void Join(RecordBlock block)
    {
        block.Start -= _cutWords;
        _cut.AsSpan(0, _cutWords).CopyTo(block.Words.AsSpan(block.Start));
        _cutWords = 0;
    }

    /// <summary>Goes on to the next whole record with a valid header; the block's end when there is none.</summary>
    private int SkipDamage(RecordBlock block, PcpuClock clock, int at)
    {
        while (at < block.End)
        {
            uint header = block.Words[at];
            int size = RecordBlock.SizeInWords(header), rest = block.End - at;
            if (size > rest)
            {
                if (block.EndsWindow)
                    Skip(DiagnosticCatalogue.TraceTruncatedRecord, block, clock, at, rest);
                else
                    block.Words.AsSpan(at, _cutWords = rest).CopyTo(_cut);
                return block.End;
            }

            bool nested = (header & 0x0fffffff) == EventIds.CpuChange;
            if (!nested && EventClass.IsValid(header & 0x0fffffff))
            {
                clock.BadInARow = 0;
                return at;
            }

            // Three bad records in a row: record edges are lost, and only the next window brings them back.
            if (nested || ++clock.BadInARow >= 3)
                size = rest;
            Skip(nested ? DiagnosticCatalogue.TraceNested : DiagnosticCatalogue.TraceBadClass, block, clock, at, size);
            at += size;
        }

        return at;
    }

    private void Skip(DiagnosticKind kind, RecordBlock block, PcpuClock clock, int at, int words)
    {
        faults.Skip(kind, block.OffsetOf(at), clock.Pcpu, words * 4L);
        clock.MissingSince ??= clock.Tsc;
    }
}
