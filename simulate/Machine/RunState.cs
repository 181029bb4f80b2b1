namespace Colocate.Simulate.Machine;

/// <summary>States of a vcpu, as Xen counts them (public/vcpu.h, RUNSTATE_*).</summary>
public enum RunState
{
    /// <summary>Has a pcpu.</summary>
    Running,

    /// <summary>Could run, but another vcpu has the pcpu.</summary>
    Runnable,

    /// <summary>Has nothing to do.</summary>
    Blocked,

    /// <summary>Taken out by the scheduler because its domain used up its cap.</summary>
    Offline,
}
