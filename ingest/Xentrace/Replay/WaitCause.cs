namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What made a vcpu wait for a pcpu, told apart as Xen's own analyser does.</summary>
internal enum WaitCause
{
    /// <summary>It was woken: it was blocked or offline before.</summary>
    Wake,

    /// <summary>It was preempted: it ran before and could go on.</summary>
    Preemption,

    /// <summary>Neither shows: it waited when the trace began, or records were lost.</summary>
    Other,
}
