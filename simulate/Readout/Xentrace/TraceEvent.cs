namespace Colocate.Simulate.Readout.Xentrace;

/// <summary>Numbers of Xen 4.17: events of xen/include/public/trace.h, and the hypercalls that they carry.</summary>
internal static class TraceEvent
{
    /// <summary>TRC_SCHED_RUNSTATE_CHANGE; the old state goes to bits 8 and 9, the new one to bits 4 and 5 (trace_runstate_change, common/sched/core.c).</summary>
    internal const uint RunstateChange = 0x21001;

    /// <summary>TRC_SCHED_CONTINUE_RUNNING: vcpu and domain as in run-state changes.</summary>
    internal const uint ContinueRunning = 0x21002;

    /// <summary>TRC_SCHED_DOM_ADD: domain.</summary>
    internal const uint SchedDomainAdd = 0x28001;

    /// <summary>TRC_SCHED_SLEEP: domain, vcpu.</summary>
    internal const uint Sleep = 0x28003;

    /// <summary>TRC_SCHED_WAKE: domain, vcpu.</summary>
    internal const uint Wake = 0x28004;

    /// <summary>TRC_SCHED_BLOCK: domain, vcpu.</summary>
    internal const uint Block = 0x28006;

    /// <summary>TRC_SCHED_SWITCH: domain and vcpu that leave, domain and vcpu that come.</summary>
    internal const uint Switch = 0x2800a;

    /// <summary>TRC_SCHED_SWITCH_INFPREV: domain, vcpu, ns since it got the pcpu.</summary>
    internal const uint SwitchInfoPrevious = 0x2800e;

    /// <summary>TRC_SCHED_SWITCH_INFNEXT: domain, vcpu, ns since it got a pcpu last (xenalyze calls that its time runnable, which it is not since 4.13), slice.</summary>
    internal const uint SwitchInfoNext = 0x2800f;

    /// <summary>TRC_SCHED_SWITCH_INFCONT: domain, vcpu, ns since it got the pcpu, slice.</summary>
    internal const uint SwitchInfoContinue = 0x28011;

    /// <summary>TRC_DOM0_DOM_ADD: domain.</summary>
    internal const uint DomainAdd = 0x41001;

    /// <summary>TRC_MEM_PAGE_GRANT_MAP: the domain whose page is mapped.</summary>
    internal const uint GrantMap = 0x10f001;

    /// <summary>TRC_MEM_PAGE_GRANT_UNMAP: the same.</summary>
    internal const uint GrantUnmap = 0x10f002;

    /// <summary>TRC_PV_HYPERCALL_V2: number and which arguments follow, then those.</summary>
    internal const uint Hypercall = 0x20100d;

    /// <summary>__HYPERVISOR_event_channel_op; Xen traces no argument of it.</summary>
    internal const uint EventChannelOp = 32;

    /// <summary>__HYPERVISOR_sched_op with its first argument, one word (TRC_PV_HYPERCALL_V2_ARG_32).</summary>
    internal const uint SchedOp = 29 | (1u << 20);

    /// <summary>SCHEDOP_block.</summary>
    internal const uint SchedBlock = 1;

    /// <summary>__HYPERVISOR_grant_table_op with its first and third argument, one word each: command and number of operations.</summary>
    internal const uint GrantTableOp = 20 | (1u << 20) | (1u << 24);

    /// <summary>GNTTABOP_map_grant_ref.</summary>
    internal const uint GrantMapCommand = 0;

    /// <summary>GNTTABOP_unmap_grant_ref.</summary>
    internal const uint GrantUnmapCommand = 1;

    /// <summary>GNTTABOP_copy.</summary>
    internal const uint GrantCopyCommand = 5;
}
