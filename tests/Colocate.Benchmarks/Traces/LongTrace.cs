using System.Buffers.Binary;

namespace Colocate.Benchmarks.Traces;

/// <summary>
/// A trace of any length made of real ones: each pcpu repeats the records of one source, its times shifted on so that they never step back.
/// Windows are cut every 100 ms as xentrace does, all pcpus in turn.
/// </summary>
/// <remarks>
/// Sources are traces of hosts with one pcpu. On pcpu p, guest d becomes guest d + 100 p and vcpu 0 of Domain-0 becomes its vcpu p, so that
/// every vcpu still lives on one pcpu and run states stay free of contradictions but where a source starts again.
/// </remarks>
internal sealed class LongTrace
{
    /// <summary>Cycles between two windows of a pcpu: 100 ms at 2.6 GHz, the default of xentrace.</summary>
    private const ulong RoundCycles = 260_000_000;

    private readonly PcpuSource[] _sources;

    /// <param name="sources">Decoded traces; pcpu p repeats number p modulo their count.</param>
    /// <param name="pcpus">Pcpus of the host.</param>
    internal LongTrace(IReadOnlyList<byte[]> sources, int pcpus) =>
        _sources = [.. Enumerable.Range(0, pcpus).Select(p => new PcpuSource((uint)p, sources[p % sources.Count]))];

    /// <summary>Writes whole rounds until <paramref name="bytes"/> are reached; returns the number of records.</summary>
    internal long Write(Stream target, long bytes)
    {
        using var window = new MemoryStream();
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x2001f003);
        long written = 0;
        for (ulong end = PcpuSource.FirstTsc + RoundCycles; written < bytes; end += RoundCycles)
        {
            foreach (PcpuSource source in _sources)
            {
                window.SetLength(0);
                source.WriteUntil(end, window);
                if (window.Length == 0)
                    continue;
                BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), source.Pcpu);
                BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)window.Length);
                target.Write(header);
                window.WriteTo(target);
                written += header.Length + window.Length;
            }
        }

        return _sources.Sum(s => s.Records);
    }
}
