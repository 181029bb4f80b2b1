using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Timeline;

/// <summary>A stretch of time that a vcpu spent in one run state.</summary>
/// <param name="Domid">Its domain; 32767 is idle.</param>
/// <param name="Vcpu">Number of the vcpu.</param>
/// <param name="State">The state; never <see cref="RunState.Unknown"/>.</param>
/// <param name="Pcpu">Where it runs while it does; else where it ran last, -1 when that is not known.</param>
/// <param name="FromNs">Begin, in ns since the first record of the trace.</param>
/// <param name="ToNs">End, later than the begin.</param>
public readonly record struct StateSpan(int Domid, int Vcpu, RunState State, int Pcpu, long FromNs, long ToNs)
{
    /// <summary>True for the vcpu that has a pcpu when nobody else wants it.</summary>
    public bool IsIdle => Domid == EventIds.IdleDomain;
}
