namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Run states of a vcpu, numbered as in <c>xen/include/public/vcpu.h</c> (RUNSTATE_*); the last two are ours.</summary>
public enum RunState
{
    /// <summary>Has a pcpu.</summary>
    Running = 0,

    /// <summary>Could run; another vcpu has the pcpu.</summary>
    Runnable = 1,

    /// <summary>Has nothing to do, or waits for I/O.</summary>
    Blocked = 2,

    /// <summary>Taken out: paused, not brought up, or held by its cap.</summary>
    Offline = 3,

    /// <summary>Lost records hide the state for good.</summary>
    Lost = 4,

    /// <summary>Not known yet; the old state in the vcpu's next record will tell.</summary>
    Unknown = 5,
}
