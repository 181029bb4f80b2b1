using Colocate.Ingest.Xentrace.Timeline;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Joins what a vcpu spent in one state into spans and tells them in nanoseconds, cut to a window. Nothing is allocated per span.</summary>
/// <param name="clock">Tells when the trace began.</param>
/// <param name="tscHz">TSC frequency.</param>
/// <param name="window">The part of the trace that is wanted.</param>
/// <param name="sink">Who hears of them.</param>
internal sealed class StateSpans(IntervalClock clock, double tscHz, TimelineWindow window, ITimelineSink sink)
{
    /// <summary>A vcpu spent the time since its last change in a state, and goes on in the same or another one.</summary>
    internal void Change(VcpuReplay vcpu, RunState spentIn, RunState to, ulong now)
    {
        if (vcpu.SpanState != spentIn)
        {
            Close(vcpu, vcpu.Since);
            vcpu.SpanState = spentIn;
            vcpu.SpanSince = vcpu.Since;
        }

        if (to != spentIn)
            Close(vcpu, now);
    }

    /// <summary>Ends the open span of a vcpu, if there is one.</summary>
    internal void Close(VcpuReplay vcpu, ulong now)
    {
        RunState state = vcpu.SpanState;
        vcpu.SpanState = RunState.Unknown;
        if (state == RunState.Unknown || now <= vcpu.SpanSince)
            return;
        long from = Math.Max(NsOf(vcpu.SpanSince), window.FromNs), to = Math.Min(NsOf(now), window.ToNs);
        if (from < to)
            sink.OnState(new StateSpan(vcpu.Domain.Domid, vcpu.Vcpu, state, vcpu.Pcpu, from, to));
    }

    /// <summary>Records were lost on a pcpu.</summary>
    internal void Loss(int pcpu, uint records, ulong from, ulong now)
    {
        long nowNs = NsOf(now);
        if (nowNs >= window.FromNs && nowNs < window.ToNs)
            sink.OnLoss(new LostRecords(pcpu, records, NsOf(from), nowNs));
    }

    // Each time is rounded by itself, so that spans that touch share their edge.
    private long NsOf(ulong tsc) => (long)Math.Round((tsc - clock.First) * 1e9 / tscHz);
}
