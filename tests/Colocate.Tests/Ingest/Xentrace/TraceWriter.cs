using System.Buffers.Binary;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Writes traces as xentrace does: windows of one pcpu each, records of a header word, an optional TSC and up to seven words.</summary>
internal sealed class TraceWriter
{
    internal const uint Idle = 32767;

    private readonly List<byte> _bytes = [];

    internal byte[] ToArray() => [.. _bytes];

    /// <summary>A CPU_CHANGE record and the records that follow it.</summary>
    internal TraceWriter Window(uint pcpu, Action<TraceWriter> records, int? announcedBytes = null)
    {
        var content = new TraceWriter();
        records(content);
        Words(0x2001f003, pcpu, (uint)(announcedBytes ?? content._bytes.Count));
        _bytes.AddRange(content._bytes);
        return this;
    }

    internal TraceWriter Record(uint eventId, ulong tsc, params uint[] payload)
    {
        Words(eventId | 0x80000000 | (uint)payload.Length << 28, (uint)(tsc & uint.MaxValue), (uint)(tsc >> 32));
        return Words(payload);
    }

    internal TraceWriter RecordWithoutTsc(uint eventId, params uint[] payload)
    {
        Words(eventId | (uint)payload.Length << 28);
        return Words(payload);
    }

    internal TraceWriter Words(params uint[] words)
    {
        byte[] four = new byte[4];
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, word);
            _bytes.AddRange(four);
        }

        return this;
    }

    internal TraceWriter Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A runstate change; states are 0 running, 1 runnable, 2 blocked, 3 offline.</summary>
    internal TraceWriter Runstate(ulong tsc, uint domain, uint vcpu, uint from, uint to) => Record(0x21001 | from << 8 | to << 4, tsc, domain << 16 | vcpu);

    /// <summary>One vcpu leaves the pcpu for a state and another one gets it, as Xen 4.8 and later log it.</summary>
    internal TraceWriter Switch(ulong tsc, uint from, uint to, uint leavesTo, uint ranNs = 0)
    {
        Record(0x2800e, tsc, from, 0, ranNs);
        Record(0x2800f, tsc, to, 0, 0, 30_000_000);
        Record(0x2800a, tsc, from, 0, to, 0);
        Runstate(tsc, from, 0, 0, leavesTo);
        return Runstate(tsc, to, 0, 1, 0);
    }

    /// <summary>A V2 hypercall without arguments.</summary>
    internal TraceWriter Hypercall(ulong tsc, uint number) => Record(0x20100d, tsc, number);

    /// <summary>grant_table_op copy: first and third argument are given, one word each.</summary>
    internal TraceWriter GrantCopy(ulong tsc, uint count) => Record(0x20100d, tsc, 20 | 1u << 20 | 1u << 24, 5, count);
}
