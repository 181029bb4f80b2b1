using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>What one pcpu is doing, and where its records are counted.</summary>
internal sealed class PcpuScan
{
    /// <summary>One vcpu has left the pcpu, and none has got it yet.</summary>
    internal const uint Nobody = Loss.Unknown - 1;

    internal PcpuScan(int pcpu)
    {
        Pcpu = pcpu;
        Hypercalls = NobodysHypercalls = DomainScan.NewHypercalls();
    }

    internal int Pcpu { get; }

    /// <summary>Cycles by which its clock is behind: between it and other pcpus its times count as so much later.</summary>
    internal ulong Behind { get; init; }

    /// <summary>The domain that has the pcpu; null until a record tells.</summary>
    internal DomainScan? Domain;

    /// <summary>Vcpu of that domain.</summary>
    internal int Vcpu;

    /// <summary>Hypercalls that nobody is known to have made.</summary>
    internal readonly long[] NobodysHypercalls;

    /// <summary>Hypercalls of that domain by number; of nobody while none is known.</summary>
    internal long[] Hypercalls;

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

    /// <summary>Time of the last record of the last block.</summary>
    internal ulong Last;

    /// <summary>The clock of the records.</summary>
    internal PcpuClock? Clock;

    /// <summary>Who runs by the records of run states: domain in the high half, vcpu in the low half; <see cref="Loss.Unknown"/> and <see cref="Nobody"/> else.</summary>
    internal uint Running = Loss.Unknown;

    /// <summary>Longest silence before a window since the last record that a vcpu got or left the pcpu, and since when it was.</summary>
    internal ulong Silence;
    internal ulong SilentSince;

    /// <summary>Changes of who runs that do not go on from the one before, though no window began between them.</summary>
    internal int OddChanges;

    /// <summary>Silences of the whole host that its records are known to stand behind.</summary>
    internal int Silences;
}
