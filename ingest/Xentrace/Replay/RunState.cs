namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Run states of a vcpu, numbered as in <c>xen/include/public/vcpu.h</c> (RUNSTATE_*); the last two are ours.</summary>
internal enum RunState
{
    Running = 0,
    Runnable = 1,
    Blocked = 2,
    Offline = 3,

    /// <summary>Lost records hide the state for good.</summary>
    Lost = 4,

    /// <summary>Not known yet; the old state in the vcpu's next record will tell.</summary>
    Unknown = 5,
}
