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

    /// <summary>Bytes looked through at a time where a window is searched for.</summary>
    private const int SearchBytes = 4096;

    /// <summary>Bytes that were read but not yet taken: a header, or more after a search.</summary>
    private readonly byte[] _held = new byte[SearchBytes];
    private int _heldBytes;
    private long _left;
    private bool _atStart;
    private bool _hasWindow;
    private int _breaks;

    /// <summary>The pcpu of the current window.</summary>
    internal int Pcpu { get; private set; }

    /// <summary>Bytes read so far.</summary>
    internal long Offset { get; private set; }

    /// <summary>True once the content has ended within a window, or behind one in bytes that are none.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>How <see cref="EventIds.CpuChangeHeader"/> lies in a file.</summary>
    private static ReadOnlySpan<byte> CpuChange => [0x03, 0xf0, 0x01, 0x20];

    /// <summary>Goes to the next window; false at the end of the content. The current window must have been read to its end.</summary>
    internal bool NextWindow()
    {
        Fill(HeaderBytes);
        if (_heldBytes < HeaderBytes)
        {
            if (_heldBytes > 0)
            {
                faults.Skip(DiagnosticCatalogue.TraceTruncatedWindow, Offset - _heldBytes, null, _heldBytes);
                IsCut = _hasWindow;
            }

            return false;
        }

        if (!IsHeader(0))
        {
            faults.Count(DiagnosticCatalogue.TraceNoSync, Offset - _heldBytes, null);
            if (!Search())
            {
                IsCut = _hasWindow;
                return false;
            }

            _breaks += _hasWindow ? 1 : 0;
        }

        Pcpu = (int)BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(4));
        _left = BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(8));
        _atStart = _hasWindow = true;
        Drop(HeaderBytes);
        return true;
    }

    /// <summary>Skips to where a window begins: at any byte, for a recording that was cut within a word may stand before another.</summary>
    private bool Search()
    {
        while (true)
        {
            // What the content has at once, not all that fits: an error further on must not take the windows before it, nor a pipe hold them back.
            Fill(HeaderBytes + 4, SearchBytes);
            bool isEnd = _heldBytes < HeaderBytes + 4;
            int at = 0;
            while (true)
            {
                int next = _held.AsSpan(at, _heldBytes - at).IndexOf(CpuChange);
                at = next < 0 ? _heldBytes - (isEnd ? 0 : CpuChange.Length - 1) : at + next;
                if (next < 0 || (at + HeaderBytes + 4 > _heldBytes && !(isEnd && at + HeaderBytes == _heldBytes)))
                    break;
                if (IsHeader(at) && (at + HeaderBytes == _heldBytes || EventClass.IsValid(BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(at + HeaderBytes)) & 0x0fffffff)))
                {
                    Skip(at);
                    return true;
                }

                at++;
            }

            Skip(isEnd ? _heldBytes : at);
            if (isEnd)
                return false;
        }
    }

    /// <summary>Reads the next piece of the window into a block, an empty one where the window is; not to be asked for once it was the last.</summary>
    internal void ReadBlock(RecordBlock block)
    {
        int want = (int)Math.Min(_left, RecordBlock.Capacity * 4L);
        Span<byte> target = MemoryMarshal.AsBytes(block.Words.AsSpan(RecordBlock.MaxRecordWords))[..want];

        // A search has looked ahead.
        long start = Offset - _heldBytes;
        int ahead = Math.Min(_heldBytes, want);
        _held.AsSpan(0, ahead).CopyTo(target);
        Drop(ahead);
        int got = ahead + content.ReadAtLeast(target[ahead..], want - ahead, throwOnEndOfStream: false);
        Offset += got - ahead;
        _left -= got;
        if (got < want)
        {
            faults.Count(DiagnosticCatalogue.TraceTruncatedWindow, Offset, Pcpu);
            _left = 0;
            IsCut = true;
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
        block.Breaks = _breaks;
        block.EndsWindow = _left == 0;
    }

    private void Skip(int count)
    {
        faults.SkipMore(count);
        Drop(count);
    }

    private void Drop(int count)
    {
        _held.AsSpan(count, _heldBytes - count).CopyTo(_held);
        _heldBytes -= count;
    }

    private void Fill(int want) => Fill(want, want);

    /// <summary>Holds at least so many bytes, unless the content ends, and at most so many if it has to read.</summary>
    private void Fill(int want, int most)
    {
        if (_heldBytes >= want)
            return;
        int got = content.ReadAtLeast(_held.AsSpan(_heldBytes, most - _heldBytes), want - _heldBytes, throwOnEndOfStream: false);
        _heldBytes += got;
        Offset += got;
    }

    private bool IsHeader(int at) =>
        _held.AsSpan(at).StartsWith(CpuChange)
        && BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(at + 4)) < MaxPcpus && BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(at + 8)) % 4 == 0;
}
