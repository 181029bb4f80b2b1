namespace Colocate.Simulate.Machine;

/// <summary>The events that <see cref="HostMachine"/> schedules for itself.</summary>
public enum MachineEvent
{
    /// <summary>The piece of work in hand on a pcpu is done.</summary>
    WorkDone,

    /// <summary>The time slice on a pcpu is over.</summary>
    SliceEnd,

    /// <summary>The scheduler's tick on a pcpu.</summary>
    SchedulerTick,

    /// <summary>The scheduler's accounting.</summary>
    Accounting,

    /// <summary>The timer tick of the kernel in a vcpu.</summary>
    KernelTick,
}
