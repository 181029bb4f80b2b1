namespace Colocate.Ingest.Xentrace;

/// <summary>Names of hypercalls and of VM exits.</summary>
internal static class CallNames
{
    /// <summary>AMD's exits for interrupts and instructions begin here; Intel's reasons end before.</summary>
    internal const int FirstAmdReason = 0x60;

    /// <summary>By number, from <c>xen/include/public/xen.h</c>; 48 to 55 are the architecture's own.</summary>
    private static readonly string[] s_hypercalls =
    [
        "set_trap_table", "mmu_update", "set_gdt", "stack_switch", "set_callbacks", "fpu_taskswitch", "sched_op_compat", "platform_op", "set_debugreg", "get_debugreg",
        "update_descriptor", "", "memory_op", "multicall", "update_va_mapping", "set_timer_op", "event_channel_op_compat", "xen_version", "console_io", "physdev_op_compat",
        "grant_table_op", "vm_assist", "update_va_mapping_otherdomain", "iret", "vcpu_op", "set_segment_base", "mmuext_op", "xsm_op", "nmi_op", "sched_op",
        "callback_op", "xenoprof_op", "event_channel_op", "physdev_op", "hvm_op", "sysctl", "domctl", "kexec_op", "tmem_op", "argo_op",
        "xenpmu_op", "dm_op", "hypfs_op",
    ];

    /// <summary>Basic exit reasons of Intel by number (Software Developer's Manual, volume 3, appendix C).</summary>
    private static readonly string[] s_intelExits =
    [
        "EXCEPTION_NMI", "EXTERNAL_INTERRUPT", "TRIPLE_FAULT", "INIT", "SIPI", "IO_SMI", "OTHER_SMI", "PENDING_VIRT_INTR", "PENDING_VIRT_NMI", "TASK_SWITCH",
        "CPUID", "GETSEC", "HLT", "INVD", "INVLPG", "RDPMC", "RDTSC", "RSM", "VMCALL", "VMCLEAR",
        "VMLAUNCH", "VMPTRLD", "VMPTRST", "VMREAD", "VMRESUME", "VMWRITE", "VMXOFF", "VMXON", "CR_ACCESS", "DR_ACCESS",
        "IO_INSTRUCTION", "MSR_READ", "MSR_WRITE", "INVALID_GUEST_STATE", "MSR_LOADING", "", "MWAIT_INSTRUCTION", "MONITOR_TRAP_FLAG", "", "MONITOR_INSTRUCTION",
        "PAUSE_INSTRUCTION", "MCE_DURING_VMENTRY", "", "TPR_BELOW_THRESHOLD", "APIC_ACCESS", "EOI_INDUCED", "ACCESS_GDTR_OR_IDTR", "ACCESS_LDTR_OR_TR", "EPT_VIOLATION", "EPT_MISCONFIG",
        "INVEPT", "RDTSCP", "VMX_PREEMPTION_TIMER_EXPIRED", "INVVPID", "WBINVD", "XSETBV", "APIC_WRITE", "RDRAND", "INVPCID", "VMFUNC", "ENCLS", "RDSEED", "PML_FULL", "XSAVES", "XRSTORS",
        "", "", "", "", "", "", "", "", "", "BUS_LOCK", "NOTIFY",
    ];

    /// <summary>Exit codes of AMD from <see cref="FirstAmdReason"/> on (<c>xen/arch/x86/hvm/svm/vmcb.h</c>).</summary>
    private static readonly Dictionary<int, string> s_amdExits = new()
    {
        [0x60] = "INTR", [0x61] = "NMI", [0x62] = "SMI", [0x63] = "INIT", [0x64] = "VINTR", [0x65] = "CR0_SEL_WRITE",
        [0x66] = "IDTR_READ", [0x67] = "GDTR_READ", [0x68] = "LDTR_READ", [0x69] = "TR_READ", [0x6a] = "IDTR_WRITE", [0x6b] = "GDTR_WRITE", [0x6c] = "LDTR_WRITE", [0x6d] = "TR_WRITE", [0x6e] = "RDTSC", [0x6f] = "RDPMC", [0x70] = "PUSHF",
        [0x71] = "POPF", [0x72] = "CPUID", [0x73] = "RSM", [0x74] = "IRET", [0x75] = "SWINT", [0x76] = "INVD", [0x77] = "PAUSE", [0x78] = "HLT", [0x79] = "INVLPG", [0x7a] = "INVLPGA",
        [0x7b] = "IOIO", [0x7c] = "MSR", [0x7d] = "TASK_SWITCH", [0x7e] = "FERR_FREEZE", [0x7f] = "SHUTDOWN", [0x80] = "VMRUN", [0x81] = "VMMCALL",
        [0x82] = "VMLOAD", [0x83] = "VMSAVE", [0x84] = "STGI", [0x85] = "CLGI", [0x86] = "SKINIT", [0x87] = "RDTSCP", [0x88] = "ICEBP", [0x89] = "WBINVD",
        [0x8a] = "MONITOR", [0x8b] = "MWAIT", [0x8c] = "MWAIT_CONDITIONAL", [0x8d] = "XSETBV", [0x8e] = "RDPRU", [0xa5] = "BUS_LOCK", [0x400] = "NPF", [0x401] = "AVIC_INCOMPLETE_IPI", [0x402] = "AVIC_NOACCEL",
    };

    /// <summary>Names of exceptions by vector, from 0 on; those without one are reserved.</summary>
    private static readonly string[] s_exceptions =
    [
        "DE", "DB", "NMI", "BP", "OF", "BR", "UD", "NM", "DF", "09", "TS", "NP", "SS", "GP", "PF", "15", "MF", "AC", "MC", "XF", "", "CP",
    ];

    internal static string? Hypercall(int number) => At(s_hypercalls, number);

    /// <summary>The name of an exit reason.</summary>
    internal static string? Exit(int reason, bool isAmd) =>
        !isAmd ? At(s_intelExits, reason) : reason >= FirstAmdReason ? s_amdExits.GetValueOrDefault(reason) : AmdAccess(reason);

    /// <summary>AMD's exits below <see cref="FirstAmdReason"/>: sixteen registers each of reading and writing, control before debug, then exceptions by vector.</summary>
    private static string? AmdAccess(int reason) => reason < 0x40
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(reason < 0x20 ? "CR" : "DR")}{reason & 15}_{((reason & 0x10) == 0 ? "READ" : "WRITE")}")
        : At(s_exceptions, reason - 0x40) is { } exception ? "EXCEPTION_" + exception : null;

    private static string? At(string[] names, int number) => number < names.Length && names[number].Length > 0 ? names[number] : null;
}
