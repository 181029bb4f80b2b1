using System.Collections.Frozen;

namespace Colocate.Ingest.Xentrace;

/// <summary>Names of event ids, in the spelling of <c>xen/include/public/trace.h</c> without its <c>TRC_</c> prefix.</summary>
internal static class EventNames
{
    private static readonly FrozenDictionary<uint, string> s_names = Build();

    /// <summary>The name of an id; null when it is not in the tables. Names are those of today's Xen where versions differ (<see cref="VersionedNames"/>).</summary>
    internal static string? Find(uint eventId) => s_names.GetValueOrDefault(eventId);

    private static FrozenDictionary<uint, string> Build()
    {
        var names = new Dictionary<uint, string>
        {
            [0x1f001] = "LOST_RECORDS", [0x1f002] = "TRACE_WRAP_BUFFER", [0x1f003] = "TRACE_CPU_CHANGE", [0x1f004] = "TRACE_IRQ",
            [0x21002] = "SCHED_CONTINUE_RUNNING",
            [0x41001] = "DOM0_DOM_ADD", [0x41002] = "DOM0_DOM_REM",
            [0x10f001] = "MEM_PAGE_GRANT_MAP", [0x10f002] = "MEM_PAGE_GRANT_UNMAP", [0x10f003] = "MEM_PAGE_GRANT_TRANSFER",
            [0x10f004] = "MEM_SET_P2M_ENTRY", [0x10f005] = "MEM_DECREASE_RESERVATION", [0x10f010] = "MEM_POD_POPULATE",
            [0x10f011] = "MEM_POD_ZERO_RECLAIM", [0x10f012] = "MEM_POD_SUPERPAGE_SPLINTER",
            [0x20100d] = "PV_HYPERCALL_V2", [0x20200e] = "PV_HYPERCALL_SUBCALL",
            [0x81001] = "HVM_VMENTRY", [0x81401] = "HVM_NESTED_VMENTRY",
            [0x801001] = "PM_FREQ_CHANGE", [0x801002] = "PM_IDLE_ENTRY", [0x801003] = "PM_IDLE_EXIT",
            [0x802001] = "HW_IRQ_MOVE_CLEANUP_DELAY", [0x802002] = "HW_IRQ_MOVE_CLEANUP", [0x802003] = "HW_IRQ_BIND_VECTOR",
            [0x802004] = "HW_IRQ_CLEAR_VECTOR", [0x802005] = "HW_IRQ_MOVE_FINISH", [0x802006] = "HW_IRQ_ASSIGN_VECTOR",
            [0x802007] = "HW_IRQ_UNMAPPED_VECTOR", [0x802008] = "HW_IRQ_HANDLED",
        };

        string[] states = ["running", "runnable", "blocked", "offline"];
        for (uint from = 0; from < 4; from++)
        {
            for (uint to = 0; to < 4; to++)
            {
                if (from != to)
                    names[EventIds.RunstateChange | (from << 8) | (to << 4)] = $"SCHED_RUNSTATE_CHANGE {states[from]} -> {states[to]}";
            }
        }

        string[] verbose =
        [
            "DOM_ADD", "DOM_REM", "SLEEP", "WAKE", "YIELD", "BLOCK", "SHUTDOWN", "CTL", "ADJDOM", "SWITCH", "S_TIMER_FN", "T_TIMER_FN", "DOM_TIMER_FN",
            "SWITCH_INFPREV", "SWITCH_INFNEXT", "SHUTDOWN_CODE", "SWITCH_INFCONT",
        ];
        for (uint i = 0; i < verbose.Length; i++)
        {
            names[EventIds.SchedBase + i + 1] = "SCHED_" + verbose[i];
            names[EventIds.OldSchedBase + i + 1] = "SCHED_" + verbose[i];
        }

        AddScheduler(names, 0x22000, "CSCHED_", "SCHED_TASKLET ACCOUNT_START ACCOUNT_STOP STOLEN_VCPU PICKED_CPU TICKLE BOOST_START BOOST_END SCHEDULE RATELIMIT STEAL_CHECK");
        AddScheduler(names, 0x22200, "CSCHED2_", "TICK RUNQ_POS CREDIT_BURN CREDIT_ADD TICKLE_CHECK TICKLE CREDIT_RESET SCHED_TASKLET UPDATE_LOAD RUNQ_ASSIGN UPDATE_VCPU_LOAD UPDATE_RUNQ_LOAD TICKLE_NEW RUNQ_MAX_WEIGHT MIGRATE LOAD_CHECK LOAD_BALANCE - PICKED_CPU RUNQ_CANDIDATE SCHEDULE RATELIMIT RUNQ_CAND_CHECK");
        AddScheduler(names, 0x22800, "RTDS_", "TICKLE RUNQ_PICK BUDGET_BURN BUDGET_REPLENISH SCHED_TASKLET SCHEDULE");
        AddScheduler(names, 0x22a00, "SNULL_", "PICKED_CPU VCPU_ASSIGN VCPU_DEASSIGN MIGRATE SCHEDULE TASKLET");

        string[] pv =
        [
            "HYPERCALL", "-", "TRAP", "PAGE_FAULT", "FORCED_INVALID_OP", "EMULATE_PRIVOP", "EMULATE_4GB", "MATH_STATE_RESTORE", "PAGING_FIXUP",
            "GDT_LDT_MAPPING_FAULT", "PTWR_EMULATION", "PTWR_EMULATION_PAE",
        ];
        foreach (uint pvBase in new[] { EventIds.PvBase, EventIds.OldPvBase })
        {
            for (uint i = 0; i < pv.Length; i++)
            {
                if (pv[i] != "-")
                    names[pvBase + i + 1] = names[pvBase + EventIds.Pv64 + i + 1] = "PV_" + pv[i];
            }
        }

        AddHvm(names);
        AddShadow(names);
        return names.ToFrozenDictionary();
    }

    private static void AddScheduler(Dictionary<uint, string> names, uint first, string prefix, string minors)
    {
        string[] all = minors.Split(' ');
        for (uint i = 0; i < all.Length; i++)
        {
            if (all[i] != "-")
                names[first + i + 1] = prefix + all[i];
        }
    }

    private static void AddHvm(Dictionary<uint, string> names)
    {
        names[0x81002] = names[0x81102] = "HVM_VMEXIT";
        names[0x81003] = names[0x81103] = "HVM_VMEXIT_SVM";
        names[0x81402] = names[0x81502] = "HVM_NESTED_VMEXIT";
        names[0x81403] = names[0x81503] = "HVM_NESTED_VMEXIT_SVM";
        (uint Minor, string Name)[] handlers =
        [
            (0x01, "PF_XEN"), (0x02, "PF_INJECT"), (0x03, "INJ_EXC"), (0x04, "INJ_VIRQ"), (0x05, "REINJ_VIRQ"), (0x06, "IO_READ"), (0x07, "IO_WRITE"),
            (0x08, "CR_READ"), (0x09, "CR_WRITE"), (0x0a, "DR_READ"), (0x0b, "DR_WRITE"), (0x0c, "MSR_READ"), (0x0d, "MSR_WRITE"), (0x0e, "CPUID"),
            (0x0f, "INTR"), (0x10, "NMI"), (0x11, "SMI"), (0x12, "VMMCALL"), (0x13, "HLT"), (0x14, "INVLPG"), (0x15, "MCE"), (0x16, "IOPORT_READ"),
            (0x17, "MMIO_READ"), (0x18, "CLTS"), (0x19, "LMSW"), (0x1a, "RDTSC"), (0x20, "INTR_WINDOW"), (0x21, "NPF"), (0x22, "REALMODE_EMULATE"),
            (0x23, "TRAP"), (0x24, "TRAP_DEBUG"), (0x25, "VLAPIC"),
            (0x26, "XCR_READ"), (0x27, "XCR_WRITE"),
        ];
        foreach ((uint minor, string name) in handlers)
        {
            names[0x82000 + minor] = "HVM_" + name;
            names.TryAdd(0x82100 + minor, "HVM_" + name);
        }

        names[0x82216] = "HVM_IOPORT_WRITE";
        names[0x82217] = "HVM_MMIO_WRITE";

        string[] emulated =
        [
            "HPET_START_TIMER", "PIT_START_TIMER", "RTC_START_TIMER", "LAPIC_START_TIMER", "HPET_STOP_TIMER", "PIT_STOP_TIMER", "RTC_STOP_TIMER", "LAPIC_STOP_TIMER",
            "PIT_TIMER_CB", "LAPIC_TIMER_CB", "PIC_INT_OUTPUT", "PIC_KICK", "PIC_INTACK", "PIC_POSEDGE", "PIC_NEGEDGE", "PIC_PEND_IRQ_CALL", "LAPIC_PIC_INTR",
        ];
        for (uint i = 0; i < emulated.Length; i++)
            names[0x84001 + i] = "HVM_EMUL_" + emulated[i];
    }

    /// <summary>Shadow code is compiled once for each number of paging levels of a guest, which stands in bits 8 and 9 (<c>xen/arch/x86/mm/shadow/multi.c</c>).</summary>
    private static void AddShadow(Dictionary<uint, string> names)
    {
        string[] minors =
        [
            "NOT_SHADOW", "FAST_PROPAGATE", "FAST_MMIO", "FALSE_FAST_PATH", "MMIO", "FIXUP", "DOMF_DYING", "EMULATE", "EMULATE_UNSHADOW_USER", "EMULATE_UNSHADOW_EVTINJ",
            "EMULATE_UNSHADOW_UNHANDLED", "WRMAP_BF", "PREALLOC_UNPIN", "RESYNC_FULL", "RESYNC_ONLY",
        ];
        for (uint levels = 2; levels <= 4; levels++)
        {
            for (uint i = 0; i < minors.Length; i++)
                names[0x40f001 + i | (levels - 2) << 8] = "SHADOW_" + minors[i];
        }
    }
}
