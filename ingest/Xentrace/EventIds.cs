namespace Colocate.Ingest.Xentrace;

/// <summary>Ids of the events that metrics are made of, from <c>xen/include/public/trace.h</c>.</summary>
internal static class EventIds
{
    internal const uint LostRecords = 0x1f001;
    internal const uint WrapBuffer = 0x1f002;
    internal const uint CpuChange = 0x1f003;

    /// <summary>First word of a window: CPU_CHANGE with two payload words and no TSC.</summary>
    internal const uint CpuChangeHeader = 0x2001f003;

    /// <summary>Runstate change: <c>0x21001 | old &lt;&lt; 8 | new &lt;&lt; 4</c> (Xen 3.4 and later).</summary>
    internal const uint RunstateChange = 0x21001;
    internal const uint RunstateMask = 0xffff00f;
    internal const uint ContinueRunning = 0x21002;

    /// <summary>Verbose scheduler events of Xen 3.4 and later; those of 3.2 and 3.3 have <see cref="OldSchedBase"/> instead.</summary>
    internal const uint SchedBase = 0x28000;
    internal const uint OldSchedBase = 0x2f000;
    internal const uint SchedSleep = 3;
    internal const uint SchedWake = 4;
    internal const uint SchedBlock = 6;
    internal const uint SchedSwitch = 10;
    internal const uint SchedInfPrev = 14;
    internal const uint SchedInfNext = 15;

    internal const uint GrantMap = 0x10f001;
    internal const uint GrantUnmap = 0x10f002;
    internal const uint GrantTransfer = 0x10f003;

    /// <summary>PV events: base 0x20f000 up to Xen 4.2, 0x201000 since; +0x100 for 64-bit guests.</summary>
    internal const uint PvBase = 0x201000;
    internal const uint OldPvBase = 0x20f000;
    internal const uint Pv64 = 0x100;
    internal const uint PvHypercallV1 = 1;
    internal const uint HypercallV2 = 0x20100d;
    internal const uint HypercallSubcall = 0x20200e;

    /// <summary>VM exits; AMD has ids of its own since Xen 4.19, and 64-bit guests set 0x100.</summary>
    internal const uint VmExit = 0x81002;
    internal const uint VmExit64 = 0x81102;
    internal const uint SvmExit = 0x81003;
    internal const uint SvmExit64 = 0x81103;

    /// <summary>Set in exits and entries of a guest's own guest.</summary>
    internal const uint Nested = 0x400;

    /// <summary>A hypercall of an HVM or PVH guest; its number is the first word.</summary>
    internal const uint VmmCall = 0x82012;

    /// <summary>Idle entry and exit up to Xen 4.1.</summary>
    internal const uint IrqMoveCleanupDelay = 0x802001;
    internal const uint IrqMoveCleanup = 0x802002;

    /// <summary>Hypercall numbers, from <c>xen/include/public/xen.h</c>.</summary>
    internal const uint EventChannelOpCompat = 16;
    internal const uint GrantTableOp = 20;
    internal const uint EventChannelOp = 32;

    /// <summary><c>GNTTABOP_copy</c>, from <c>xen/include/public/grant_table.h</c>.</summary>
    internal const uint GrantCopy = 5;

    /// <summary>The idle domain; its vcpu numbers are pcpu numbers.</summary>
    internal const int IdleDomain = 32767;
}
