using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>What one pcpu is doing, and where its records are counted.</summary>
internal sealed class PcpuScan(int pcpu)
{
    internal int Pcpu => pcpu;

    /// <summary>Cycles by which its clock is behind: between it and other pcpus its times count as so much later.</summary>
    internal ulong Behind { get; init; }

    /// <summary>The domain that has the pcpu; null until a record tells.</summary>
    internal DomainScan? Domain;

    /// <summary>Vcpu of that domain.</summary>
    internal int Vcpu;

    /// <summary>Hypercalls of that domain by number; of nobody while none is known.</summary>
    internal long[] Hypercalls = DomainScan.NewHypercalls();

    /// <summary>Figures of that domain in this interval; of nobody while none is known.</summary>
    internal DomainCounters Cell = new();

    /// <summary>Figures of the host in this interval.</summary>
    internal HostCounters Host = new();

    internal int Interval = -1;

    /// <summary>Begin of the next interval.</summary>
    internal ulong IntervalEnd;

    /// <summary>Records, without filler.</summary>
    internal long Records;

    /// <summary>Time in which records were lost.</summary>
    internal long LostTicks;

    /// <summary>Time of the last record.</summary>
    internal ulong Last;
}
