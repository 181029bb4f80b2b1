using System.Buffers.Binary;

namespace Colocate.Simulate.Readout.Xentrace;

/// <summary>
/// The file that xentrace makes: windows, each a CPU_CHANGE record and the records of that pcpu. Every 100 ms, or when the buffer of one pcpu
/// is full, the buffers of all are drained in their order (tools/xentrace/xentrace.c). Every record has its time, so none is lost and none wraps.
/// </summary>
/// <param name="output">Where the file goes.</param>
/// <param name="pcpus">Physical cpus, at least 1.</param>
/// <param name="tscHz">Ticks per second, 1e6..1e10.</param>
internal sealed class TraceWindows(Stream output, int pcpus, long tscHz)
{
    private const int NsPerS = 1_000_000_000, DrainNs = 100_000_000;

    /// <summary>Bytes of one pcpu's buffer; four pages, so that the buffers of the largest hosts stay below 100 MB.</summary>
    private const int BufferBytes = 16 * 1024;

    /// <summary>A CPU_CHANGE record: header, pcpu, bytes that follow.</summary>
    private const int WindowHeaderBytes = 12;

    /// <summary>A record with time and seven words, the longest.</summary>
    private const int LongestRecordBytes = 40;

    private const uint CpuChange = 0x2001f003, HasTime = 1u << 31;

    private readonly byte[][] _buffers = [.. Enumerable.Range(0, pcpus).Select(_ => new byte[BufferBytes])];
    private readonly int[] _used = [.. Enumerable.Repeat(WindowHeaderBytes, pcpus)];
    private long _drainAtNs, _lastTsc;
    private int _lastPcpu;

    /// <summary>Adds a record to the buffer of a pcpu. Times never go back.</summary>
    internal void Add(int pcpu, uint eventId, long nowNs, params ReadOnlySpan<uint> payload)
    {
        if (nowNs >= _drainAtNs || _used[pcpu] > BufferBytes - LongestRecordBytes)
        {
            Drain();
            _drainAtNs = ((nowNs / DrainNs) + 1) * DrainNs;
        }

        long tsc = TscOf(pcpu, nowNs);
        Span<byte> to = _buffers[pcpu].AsSpan(_used[pcpu]);
        BinaryPrimitives.WriteUInt32LittleEndian(to, eventId | HasTime | ((uint)payload.Length << 28));
        BinaryPrimitives.WriteInt64LittleEndian(to[4..], tsc);
        for (int i = 0; i < payload.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(to[(12 + (4 * i))..], payload[i]);
        _used[pcpu] += 12 + (4 * payload.Length);
    }

    /// <summary>Writes what the buffers hold.</summary>
    internal void Drain()
    {
        for (int p = 0; p < pcpus; p++)
        {
            int bytes = _used[p] - WindowHeaderBytes;
            if (bytes == 0)
                continue;
            BinaryPrimitives.WriteUInt32LittleEndian(_buffers[p], CpuChange);
            BinaryPrimitives.WriteInt32LittleEndian(_buffers[p].AsSpan(4), p);
            BinaryPrimitives.WriteInt32LittleEndian(_buffers[p].AsSpan(8), bytes);
            output.Write(_buffers[p], 0, _used[p]);
            _used[p] = WindowHeaderBytes;
        }
    }

    /// <summary>
    /// The clock of a record: the host was on for a second when the run began. What one pcpu causes on another has to follow it for whoever
    /// sorts by time, so a record of another pcpu than the last one comes a tick later at least.
    /// </summary>
    private long TscOf(int pcpu, long nowNs)
    {
        // The product of 1e9 ns and 1e10 Hz needs all 64 bits.
        ulong fraction = (ulong)(nowNs % NsPerS) * (ulong)tscHz / NsPerS;
        long exact = ((1 + (nowNs / NsPerS)) * tscHz) + (long)fraction;
        _lastTsc = Math.Max(exact, pcpu == _lastPcpu ? _lastTsc : _lastTsc + 1);
        _lastPcpu = pcpu;
        return _lastTsc;
    }
}
