using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>Finds the records of a block and hands them over, with every damaged byte accounted for. Allocates nothing per record.</summary>
internal sealed class RecordScanner<TSink>(TSink sink, TraceFaults faults)
    where TSink : IRecordSink
{
    private readonly PcpuClock?[] _clocks = new PcpuClock?[WindowReader.MaxPcpus];
    private readonly uint[] _cut = new uint[RecordBlock.MaxRecordWords];
    private TSink _sink = sink;
    private int _cutWords;

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
            if (_cutWords > 0)
                Join(block);
            if (!clock.HasTime)
                clock.Begin(block);
            TSink sink = _sink;
            sink.BeginBlock(clock, block.OffsetOf(0), block.StartsWindow);

            ref uint words = ref MemoryMarshal.GetArrayDataReference(block.Words);
            ref HeaderTable.Entry entries = ref MemoryMarshal.GetArrayDataReference(Headers.Entries);
            int at = block.Start, end = block.End;
            var on = new Position { Now = clock.Tsc, Near = clock.NearLimit, Edge = sink.Edge, Records = Records };
            while (at < end)
            {
                if (!TSink.WantsAll)
                {
                    at = Skim(ref words, at, end, ref entries, ref MemoryMarshal.GetArrayDataReference(sink.Hypercalls), ref on);
                    if (at >= end)
                        break;
                }

                uint header = Unsafe.Add(ref words, at);
                int size = RecordBlock.SizeInWords(header);
                ref HeaderTable.Entry entry = ref Unsafe.Add(ref entries, HeaderTable.SlotOf(header));
                if (at + size > end || entry.Header != header)
                {
                    at = SkipDamage(block, clock, at);
                    if (at >= end)
                        break;
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
                        clock.Take(tsc, block.OffsetOf(at), faults);
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
                    entry.Action = RecordAction.Count;
                }

                at += size;
            }

            clock.Tsc = on.Now;
            Records = on.Records;
            sink.EndBlock(on.Records);
        }
    }

    /// <summary>
    /// Counts records for as long as they only count, which most do; returns where the first one stands that needs more: an unknown header, a
    /// time to look at, an action. A loop without a call and with one branch an outcome that varies: the time it takes is that of finding edges.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Skim(ref uint words, int at, int end, ref HeaderTable.Entry entries, ref long hypercalls, ref Position on)
    {
        unchecked
        {
            ulong now = on.Now, near = on.Near, edge = on.Edge;
            int records = 0;
            while (at < end)
            {
                uint header = Unsafe.Add(ref words, at);
                int next = at + RecordBlock.SizeInWords(header);
                ref HeaderTable.Entry entry = ref Unsafe.Add(ref entries, HeaderTable.SlotOf(header));
                if (next > end || entry.Header != header || entry.Action > RecordAction.Hypercall)
                    break;
                ulong tsc = now;
                if ((int)header < 0)
                {
                    tsc = TscAt(ref words, at);
                    if (tsc - now >= near)
                        break;
                }

                if (tsc >= edge)
                    break;

                // What is no hypercall counts in a place that nobody reads: cheaper than a branch that is often wrong.
                uint isHypercall = 0u - (uint)entry.Action, number = Unsafe.Add(ref words, at + PayloadAt(header)) & 0xfffff & isHypercall;
                if (number >= DomainScan.HypercallNumbers)
                    break;
                now = tsc;
                entry.Records++;
                records++;
                Unsafe.Add(ref hypercalls, (nint)(number | (~isHypercall & (DomainScan.HypercallNumbers + 1))))++;
                at = next;
            }

            on.Now = now;
            on.Records += records;
            return at;
        }
    }

    private static int PayloadAt(uint header) => unchecked(1 + ((int)(header >> 30) & 2));

    private static ulong TscAt(ref uint words, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<uint, byte>(ref Unsafe.Add(ref Unsafe.Add(ref words, at), 1)));

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
                    faults.Skip(DiagnosticCatalogue.TraceTruncatedRecord, block.OffsetOf(at), clock.Pcpu, rest * 4L);
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
            faults.Skip(nested ? DiagnosticCatalogue.TraceNested : DiagnosticCatalogue.TraceBadClass, block.OffsetOf(at), clock.Pcpu, size * 4L);
            at += size;
        }

        return at;
    }
}
