using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>One domain: its vcpus, and what it did per interval.</summary>
/// <param name="domid">Its id.</param>
/// <param name="clock">Cuts the trace into intervals.</param>
/// <param name="spans">Hears of every span of a state; null when nobody listens.</param>
internal sealed class DomainReplay(int domid, IntervalClock clock, StateSpans? spans)
{
    private readonly int[] _vcpusIn = new int[(int)RunState.Unknown + 1];
    private DomainCounters? _now;
    private int _nowIndex;
    private ulong _viewSince = clock.Last;

    internal int Domid => domid;

    internal bool IsIdle => domid == EventIds.IdleDomain;

    internal List<VcpuReplay> Vcpus { get; } = [];

    internal DomainIntervals Intervals { get; } = new(clock);

    /// <summary>From being woken to running.</summary>
    internal DurationHistogram WakeToRun { get; } = new();

    /// <summary>From being preempted to running again.</summary>
    internal DurationHistogram PreemptedToRun { get; } = new();

    /// <summary>From being put on a pcpu to leaving it; going on without leaving does not end a run.</summary>
    internal DurationHistogram Runs { get; } = new();

    /// <summary>Counters of the current interval.</summary>
    internal DomainCounters Now
    {
        get
        {
            if (_now is null || _nowIndex != clock.Index)
                (_now, _nowIndex) = (Intervals.At(clock.Index), clock.Index);
            return _now;
        }
    }

    internal VcpuReplay AddVcpu(int vcpu)
    {
        var added = new VcpuReplay(this, vcpu, clock.First);
        Vcpus.Add(added);
        _vcpusIn[(int)RunState.Unknown]++;
        return added;
    }

    /// <summary>Accounts for a vcpu's time since its last change as spent in its state, then changes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Change(VcpuReplay vcpu, RunState spentIn, RunState to, ulong now)
    {
        Credit(vcpu, spentIn, vcpu.Since, now);
        spans?.Change(vcpu, spentIn, to, now);
        CloseView(now);
        _vcpusIn[(int)vcpu.State]--;
        _vcpusIn[(int)to]++;
        vcpu.State = to;
        vcpu.Since = now;
    }

    /// <summary>Leaves a vcpu's time since its last change open, for its next record to tell what it was.</summary>
    internal void Doubt(VcpuReplay vcpu, ulong now)
    {
        spans?.Change(vcpu, vcpu.State, vcpu.State, now);
        (vcpu.DoubtedTicks, vcpu.DoubtedOn) = (now - vcpu.Since, vcpu.Pcpu);
        (vcpu.Since, vcpu.RunsSince, vcpu.WaitsFor) = (now, null, WaitCause.Other);
    }

    /// <summary>Accounts for the time that was left open.</summary>
    internal void Settle(VcpuReplay vcpu, RunState spentIn)
    {
        WaitCause waits = vcpu.WaitsFor;
        vcpu.WaitsFor = WaitCause.Other;
        Credit(vcpu, spentIn, vcpu.DoubtedSince - vcpu.DoubtedTicks, vcpu.DoubtedSince);
        (vcpu.WaitsFor, vcpu.DoubtedTicks) = (waits, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Credit(VcpuReplay vcpu, RunState state, ulong from, ulong to)
    {
        if (to <= from)
            return;
        unchecked
        {
            vcpu.StateTicks[(int)state] += (long)(to - from);
            if (state == RunState.Runnable)
                vcpu.WaitTicks[(int)vcpu.WaitsFor] += (long)(to - from);
        }

        if (from >= clock.Start)
        {
            AddState(Now, vcpu, state, to - from);
            return;
        }

        for (int i = clock.IndexOf(from); from < to; i++)
        {
            ulong end = Math.Min(to, clock.EdgeOf(i + 1));
            AddState(Intervals.At(i), vcpu, state, end - from);
            from = end;
        }

        // So many may have been asked for that the current one is packed.
        _now = null;
    }

    private static void AddState(DomainCounters counters, VcpuReplay vcpu, RunState state, ulong ticks)
    {
        Ticks.Add(ref counters.StateTicks(state), ticks);
        if (state == RunState.Runnable)
            Ticks.Add(ref counters.WaitTicks(vcpu.WaitsFor), ticks);
    }

    /// <summary>Closes the current stretch of the domain view: a domain runs if any vcpu runs, else waits if any is runnable, else is blocked if any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CloseView(ulong now)
    {
        if (now <= _viewSince)
            return;
        bool runs = _vcpusIn[(int)RunState.Running] > 0, waits = _vcpusIn[(int)RunState.Runnable] > 0, blocks = _vcpusIn[(int)RunState.Blocked] > 0;
        ulong from = _viewSince;
        _viewSince = now;
        if (runs || !(waits || blocks))
            return;
        if (from >= clock.Start)
        {
            AddView(Now, waits, now - from);
            return;
        }

        for (int i = clock.IndexOf(from); from < now; i++)
        {
            ulong end = Math.Min(now, clock.EdgeOf(i + 1));
            AddView(Intervals.At(i), waits, end - from);
            from = end;
        }

        _now = null;
    }

    private static void AddView(DomainCounters counters, bool waits, ulong ticks)
    {
        if (waits)
            Ticks.Add(ref counters.DomainWaitTicks, ticks);
        else
            Ticks.Add(ref counters.DomainBlockTicks, ticks);
    }
}
