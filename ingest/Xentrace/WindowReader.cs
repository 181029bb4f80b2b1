using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Reads the windows of a trace: a CPU_CHANGE record (12 bytes) followed by the records of that one pcpu
/// (<c>tools/xentrace/xentrace.c</c>). Content comes as blocks; record edges are found later.
/// </summary>
internal sealed class WindowReader(Stream content, TraceFaults faults)
{
    /// <summary>More pcpus than Xen supports (4095): a larger number is damage.</summary>
    internal const uint MaxPcpus = 4096;

    private const int HeaderBytes = 12;

    private readonly byte[] _header = new byte[HeaderBytes + 4];
    private int _headerHeld;
    private long _left;
    private bool _atStart;

    /// <summary>The pcpu of the current window.</summary>
    internal int Pcpu { get; private set; }

    /// <summary>Bytes read so far.</summary>
    internal long Offset { get; private set; }

    /// <summary>Goes to the next window; false at the end of the content. The current window must have been read to its end.</summary>
    internal bool NextWindow()
    {
        bool inSync = true;
        while (true)
        {
            Fill(inSync ? HeaderBytes : HeaderBytes + 4);
            if (_headerHeld < HeaderBytes)
            {
                if (_headerHeld > 0)
                    faults.Skip(DiagnosticCatalogue.TraceTruncatedWindow, Offset - _headerHeld, null, _headerHeld);
                return false;
            }

            uint pcpu = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8));
            if (IsHeader(pcpu, size) && (inSync || NextLooksLikeRecord()))
            {
                Pcpu = (int)pcpu;
                _left = size;
                _atStart = true;
                DropHeld(HeaderBytes);
                return true;
            }

            if (inSync)
                faults.Count(DiagnosticCatalogue.TraceNoSync, Offset - _headerHeld, null);
            inSync = false;
            faults.SkipMore(4);
            DropHeld(4);
        }
    }

    /// <summary>Reads the next piece of the window into a block, an empty one where the window is; not to be asked for once it was the last.</summary>
    internal void ReadBlock(RecordBlock block)
    {
        int want = (int)Math.Min(_left, RecordBlock.Capacity * 4L);
        Span<byte> target = MemoryMarshal.AsBytes(block.Words.AsSpan(RecordBlock.MaxRecordWords))[..want];

        // While out of step the reader looked one word ahead; that word is the first of this window.
        int ahead = Math.Min(_headerHeld, want);
        _header.AsSpan(0, ahead).CopyTo(target);
        DropHeld(ahead);
        long start = Offset - ahead;
        int got = ahead + content.ReadAtLeast(target[ahead..], want - ahead, throwOnEndOfStream: false);
        Offset += got - ahead;
        _left -= got;
        if (got < want)
        {
            faults.Count(DiagnosticCatalogue.TraceTruncatedWindow, Offset, Pcpu);
            _left = 0;
            if (got % 4 != 0)
            {
                faults.Skip(DiagnosticCatalogue.TraceOddSize, Offset - got % 4, Pcpu, got % 4);
                got -= got % 4;
            }
        }

        block.Pcpu = Pcpu;
        block.StartsWindow = _atStart;
        _atStart = false;
        block.Start = RecordBlock.MaxRecordWords;
        block.End = block.Start + got / 4;
        block.FileOffset = start;
        block.Bytes = got;
        block.EndsWindow = _left == 0;
    }

    private void DropHeld(int count)
    {
        _header.AsSpan(count, _headerHeld - count).CopyTo(_header);
        _headerHeld -= count;
    }

    private void Fill(int want)
    {
        if (_headerHeld >= want)
            return;
        int got = content.ReadAtLeast(_header.AsSpan(_headerHeld, want - _headerHeld), want - _headerHeld, throwOnEndOfStream: false);
        _headerHeld += got;
        Offset += got;
    }

    private bool IsHeader(uint pcpu, uint size) =>
        BinaryPrimitives.ReadUInt32LittleEndian(_header) == EventIds.CpuChangeHeader && pcpu < MaxPcpus && size % 4 == 0;

    private bool NextLooksLikeRecord() =>
        _headerHeld == HeaderBytes || EventClass.IsValid(BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(HeaderBytes)) & 0x0fffffff);
}
