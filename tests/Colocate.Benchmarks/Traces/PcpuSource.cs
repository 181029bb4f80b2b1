using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Colocate.Benchmarks.Traces;

/// <summary>The records of one real trace, over and over, as those of one pcpu.</summary>
internal sealed class PcpuSource
{
    /// <summary>When every pcpu begins.</summary>
    internal const ulong FirstTsc = 1_000_000_000_000;

    private const uint IdleDomain = 32767;

    private readonly uint[] _words;
    private readonly ulong _periodCycles;
    private ulong _shift;
    private ulong _now = FirstTsc;
    private int _at;

    internal PcpuSource(uint pcpu, byte[] trace)
    {
        Pcpu = pcpu;
        _words = WithoutWindows(trace);
        (ulong first, ulong last) = (ulong.MaxValue, 0);
        for (int at = 0; at < _words.Length; at += Size(_words[at]))
        {
            if (Tsc(at) is { } tsc)
                (first, last) = (Math.Min(first, tsc), Math.Max(last, tsc));
            Rename(_words.AsSpan(at, Size(_words[at])));
        }

        // A tenth of a millisecond between the last record and the first of the next turn.
        _periodCycles = last - first + 260_000;
        _shift = unchecked(FirstTsc - first);
    }

    internal uint Pcpu { get; }

    /// <summary>Records written so far.</summary>
    internal long Records { get; private set; }

    /// <summary>Writes the records before a time.</summary>
    internal void WriteUntil(ulong end, Stream target)
    {
        Span<uint> record = stackalloc uint[10];
        while (true)
        {
            if (_at == _words.Length)
                (_at, _shift) = (0, unchecked(_shift + _periodCycles));
            if (Tsc(_at) is { } tsc)
                _now = unchecked(tsc + _shift);
            if (_now >= end)
                return;
            int size = Size(_words[_at]);
            _words.AsSpan(_at, size).CopyTo(record);
            if (record[0] >> 31 != 0)
                BinaryPrimitives.WriteUInt64LittleEndian(MemoryMarshal.AsBytes(record[1..]), _now);
            target.Write(MemoryMarshal.AsBytes(record[..size]));
            _at += size;
            Records++;
        }
    }

    private static uint[] WithoutWindows(byte[] trace)
    {
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(trace);
        var records = new List<uint>(words.Length);
        for (int at = 0; at + 3 <= words.Length;)
        {
            if (words[at] != 0x2001f003 || words[at + 1] != 0)
                throw new InvalidDataException($"word {at}: a source must be a whole trace of pcpu 0 alone");
            int length = (int)words[at + 2] / 4;
            records.AddRange(words.Slice(at + 3, length));
            at += 3 + length;
        }

        return [.. records];
    }

    private static int Size(uint header) => 1 + (int)(header >> 31) * 2 + ((int)(header >> 28) & 7);

    private ulong? Tsc(int at) => _words[at] >> 31 == 0 ? null : _words[at + 1] | ((ulong)_words[at + 2] << 32);

    /// <summary>Gives domains and vcpus the names that they have on this pcpu; layouts as in Xen 4.17.</summary>
    private void Rename(Span<uint> record)
    {
        uint id = record[0] & 0x0fffffff;
        Span<uint> payload = record[(record[0] >> 31 == 0 ? 1 : 3)..];
        switch (id)
        {
            case >= 0x21000 and < 0x22000 or 0x2200a:
                payload[0] = Domain(payload[0] >> 16) << 16 | Vcpu(payload[0] >> 16, payload[0] & 0xffff);
                break;
            case 0x28001 or 0x28002 or 0x28009 or 0x10f001 or 0x10f002 or 0x10f003 or 0x41001 or 0x41002:
                payload[0] = Domain(payload[0]);
                break;
            case 0x2800a:
                RenamePair(payload);
                RenamePair(payload[2..]);
                break;
            case >= 0x28000 and < 0x29000 or 0x22002 or 0x22003 or 0x22005 or 0x22007 or 0x22008:
                RenamePair(payload);
                break;
            case 0x1f001:
                throw new InvalidDataException("a source must not have lost records");
        }
    }

    private void RenamePair(Span<uint> pair) => (pair[0], pair[1]) = (Domain(pair[0]), Vcpu(pair[0], pair[1]));

    private uint Domain(uint domain) => domain is 0 or IdleDomain ? domain : domain + 100 * Pcpu;

    private uint Vcpu(uint domain, uint vcpu) => domain is 0 or IdleDomain ? Pcpu : vcpu;
}
