using System.Runtime.InteropServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>One domain: its vcpus, and what it did per interval.</summary>
internal sealed class DomainReplay(int domid, IntervalClock clock)
{
    private readonly List<DomainCounters?> _intervals = [];
    private readonly int[] _vcpusIn = new int[(int)RunState.Unknown + 1];
    private DomainCounters? _now;
    private ulong _viewSince = clock.Last;

    internal int Domid => domid;

    internal bool IsIdle => domid == EventIds.IdleDomain;

    internal List<VcpuReplay> Vcpus { get; } = [];

    /// <summary>Counters of the current interval.</summary>
    internal DomainCounters Now => _now ??= At(clock.Index);

    internal void BeginInterval() => _now = null;

    /// <summary>Counters of an interval; empty ones that are not kept when the domain was not seen in it.</summary>
    internal DomainCounters Peek(int index) => (index < _intervals.Count ? _intervals[index] : null) ?? new DomainCounters();

    /// <summary>Counters of an interval; created when the domain was not seen in it before.</summary>
    private DomainCounters At(int index)
    {
        if (index > 0 && (index >= _intervals.Count || _intervals[index] is null) && !clock.TryTakeCell())
            index = 0;
        if (_intervals.Count <= index)
            CollectionsMarshal.SetCount(_intervals, index + 1);
        return _intervals[index] ??= new DomainCounters();
    }

    /// <summary>Adds an interval, the last one, to the one before it.</summary>
    internal void FoldInterval(int index)
    {
        At(index - 1).Add(Peek(index));
        if (index < _intervals.Count)
            _intervals.RemoveAt(index);
    }

    internal DomainCounters Whole()
    {
        var whole = new DomainCounters();
        foreach (DomainCounters? interval in _intervals)
        {
            if (interval is not null)
                whole.Add(interval);
        }

        return whole;
    }

    internal VcpuReplay AddVcpu(int vcpu)
    {
        var added = new VcpuReplay(this, vcpu, clock.First);
        Vcpus.Add(added);
        _vcpusIn[(int)RunState.Unknown]++;
        return added;
    }

    /// <summary>Accounts for a vcpu's time since its last change as spent in its state, then changes it.</summary>
    internal void Change(VcpuReplay vcpu, RunState spentIn, RunState to, ulong now)
    {
        Credit(vcpu, spentIn, vcpu.Since, now);
        CloseView(now);
        _vcpusIn[(int)vcpu.State]--;
        _vcpusIn[(int)to]++;
        vcpu.State = to;
        vcpu.Since = now;
    }

    internal void Credit(VcpuReplay vcpu, RunState state, ulong from, ulong to)
    {
        if (to <= from)
            return;
        vcpu.StateTicks[(int)state] += (long)(to - from);
        if (from >= clock.Start)
        {
            Now.StateTicks[(int)state] += (long)(to - from);
            return;
        }

        Spread(from, to, (counters, ticks) => counters.StateTicks[(int)state] += ticks);
    }

    /// <summary>Closes the current stretch of the domain view: a domain runs if any vcpu runs, else waits if any is runnable, else is blocked if any is.</summary>
    internal void CloseView(ulong now)
    {
        if (now <= _viewSince)
            return;
        bool runs = _vcpusIn[(int)RunState.Running] > 0, waits = _vcpusIn[(int)RunState.Runnable] > 0, blocks = _vcpusIn[(int)RunState.Blocked] > 0;
        if (!runs && waits)
            Spread(_viewSince, now, static (counters, ticks) => counters.DomainWaitTicks += ticks);
        else if (!runs && blocks)
            Spread(_viewSince, now, static (counters, ticks) => counters.DomainBlockTicks += ticks);
        _viewSince = now;
    }

    private void Spread(ulong from, ulong to, Action<DomainCounters, long> add)
    {
        for (int i = clock.IndexOf(from); from < to; i++)
        {
            ulong end = Math.Min(to, clock.EdgeOf(i + 1));
            add(At(i), (long)(end - from));
            from = end;
        }
    }
}
