namespace Colocate.Simulate.Machine;

/// <summary>
/// How urgent a piece of work inside a domain is; a more urgent one interrupts a less urgent one. The order is that of Linux: hypervisor
/// overhead precedes everything, then interrupt handlers, softirqs, kernel threads and processes.
/// </summary>
public enum WorkLevel
{
    /// <summary>Overhead of getting the pcpu, charged to the vcpu that gets it.</summary>
    Hypervisor,

    /// <summary>Event upcalls and timer ticks.</summary>
    Interrupt,

    /// <summary>Network polls and packet transmission.</summary>
    SoftIrq,

    /// <summary>Kernel threads.</summary>
    Thread,

    /// <summary>User processes.</summary>
    Process,

    /// <summary>The way to sleep, once there is nothing else.</summary>
    Idle,
}
