namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>The run state of one vcpu as replayed from its records.</summary>
internal sealed class VcpuReplay(DomainReplay domain, int vcpu, ulong traceStart)
{
    internal readonly DomainReplay Domain = domain;
    internal readonly int Vcpu = vcpu;
    internal readonly long[] StateTicks = new long[(int)RunState.Lost + 1];

    /// <summary>Runnable time by <see cref="WaitCause"/>; its sum is that of the state.</summary>
    internal readonly long[] WaitTicks = new long[(int)WaitCause.Other + 1];
    internal long Executions;
    internal long Preemptions;
    internal long Wakes;

    /// <summary>Current state; unknown from the trace's start until the first record tells what it was.</summary>
    internal RunState State = RunState.Unknown;

    /// <summary>What it waits for while it is runnable.</summary>
    internal WaitCause WaitsFor = WaitCause.Other;

    /// <summary>Since when; earlier time is accounted for.</summary>
    internal ulong Since = traceStart;

    /// <summary>When it was put on its pcpu; null when it is on none, or the trace does not show when.</summary>
    internal ulong? RunsSince;

    /// <summary>Pcpu it last ran on; -1 before that.</summary>
    internal int Pcpu = -1;

    /// <summary>Pcpu whose record contradicted the state known then; -1 when the last record did not.</summary>
    internal int DoubtedPcpu = -1;

    /// <summary>State that was known then.</summary>
    internal RunState DoubtedFrom;

    /// <summary>State that the record said it had until then.</summary>
    internal RunState DoubtedOld;

    /// <summary>Time of that record.</summary>
    internal ulong DoubtedSince;

    /// <summary>Time before that record that is not accounted for: whether it was spent in the state known then, its next record tells. None while this is 0.</summary>
    internal ulong DoubtedTicks;

    /// <summary>Pcpu that it was on in that time.</summary>
    internal int DoubtedOn;

    /// <summary>State of the span that is still open; unknown when none is, or nobody listens.</summary>
    internal RunState SpanState = RunState.Unknown;

    /// <summary>Begin of that span.</summary>
    internal ulong SpanSince;
}
