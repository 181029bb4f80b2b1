using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>What was counted of one domain, whatever pcpu it had.</summary>
internal sealed class DomainScan(int domid, IntervalClock clock)
{
    /// <summary>Hypercall numbers that Xen knows are below this; the last place counts all others.</summary>
    internal const int HypercallNumbers = 64;

    /// <summary>Where what is no hypercall counts, and nobody reads: cheaper than a branch that is often wrong.</summary>
    internal const uint NoHypercall = HypercallNumbers + 1;

    /// <summary>Exit reasons of Intel are below 128, those of AMD below this (<c>xen/include/asm-x86/hvm/svm/vmcb.h</c>); the last place counts all others.</summary>
    internal const int ExitReasons = 1028;

    internal int Domid => domid;

    internal bool IsIdle => domid == EventIds.IdleDomain;

    internal DomainIntervals Intervals { get; } = new(clock);

    /// <summary>Hypercalls by number.</summary>
    internal long[] Hypercalls { get; } = NewHypercalls();

    /// <summary>Room to count hypercalls by number: those that Xen knows, all others, and a place for records that are none.</summary>
    internal static long[] NewHypercalls() => new long[HypercallNumbers + 2];

    /// <summary>VM exits by reason; null while there is none.</summary>
    internal long[]? Exits { get; set; }
}
