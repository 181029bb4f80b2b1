using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
            ulong now = clock.Tsc, near = clock.NearLimit;
            long records = 0;
            while (at < end)
            {
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
                records++;
                if ((int)header < 0)
                {
                    ulong tsc = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<uint, byte>(ref Unsafe.Add(ref words, at + 1)));
                    if (tsc - now >= near)
                    {
                        clock.Tsc = now;
                        clock.Take(tsc, block.OffsetOf(at), faults);
                        (tsc, near) = (clock.Tsc, clock.NearLimit);
                    }

                    now = tsc;
                }

                sink.OnRecord(entry.Action, header, now, ref Unsafe.Add(ref words, at + 1 + ((int)(header >> 30) & 2)), at);
                at += size;
            }

            clock.Tsc = now;
            Records += records;
            sink.EndBlock();
        }
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
