using System.Globalization;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

// What happens once a trace, an interval or a loss.
internal sealed partial class TraceReplay
{
    /// <summary>Counters of the host per interval, the current one included.</summary>
    internal IReadOnlyList<HostCounters> HostIntervals => _hostIntervals;

    internal HostCounters HostWhole()
    {
        var whole = new HostCounters();
        foreach (HostCounters interval in _hostIntervals)
            whole.Add(interval);
        return whole;
    }

    /// <summary>The last state of every vcpu holds to the end of the trace.</summary>
    internal void Complete()
    {
        foreach (VcpuReplay vcpu in _vcpus.Values)
        {
            RunState spentIn = vcpu.State == RunState.Unknown ? RunState.Lost : vcpu.State;
            vcpu.Domain.Change(vcpu, spentIn, vcpu.State, _clock.Last);
        }

        // A last record exactly on an edge would open an interval without length, in which its counts have no rate.
        if (_clock.Index > 0 && _clock.Last == _clock.Start)
        {
            foreach (DomainReplay domain in _domains.Values)
                domain.FoldInterval(_clock.Index);
            _hostIntervals[_clock.Index - 1].Add(_hostIntervals[_clock.Index]);
            _hostIntervals.RemoveAt(_clock.Index);
        }
    }

    private void Begin(ulong tsc)
    {
        _begun = true;
        _clock.Begin(tsc);
        BeginInterval();
    }

    private void BeginInterval()
    {
        while (_hostIntervals.Count <= _clock.Index)
            _hostIntervals.Add(new HostCounters());
        _host = _hostIntervals[_clock.Index];
        foreach (DomainReplay domain in _domains.Values)
            domain.BeginInterval();
    }

    /// <summary>Lost count, then who runs when logging resumes (domain in the low half, vcpu in the high half: the opposite of runstate records), then the first lost TSC.</summary>
    private void OnLost(int pcpu, PcpuReplay on, ulong now, ReadOnlySpan<uint> payload)
    {
        if (payload.Length != 4)
        {
            _findings.Add(DiagnosticCatalogue.TraceBadLength, pcpu: pcpu);
            return;
        }

        ulong from = Math.Clamp(payload[2] | ((ulong)payload[3] << 32), _clock.First, now);
        _host.LostRecords += payload[0];
        SpreadHostLoss(from, now);
        _findings.Add(DiagnosticCatalogue.TraceLost, pcpu: pcpu, count: payload[0],
            detail: string.Create(CultureInfo.InvariantCulture, $"first gap: {payload[0]} records in {now - from} cycles"));

        foreach (VcpuReplay vcpu in _vcpus.Values)
        {
            bool runsElsewhere = vcpu.State == RunState.Running && vcpu.Pcpu != pcpu;
            bool idleElsewhere = vcpu.Domain.IsIdle && vcpu.Vcpu != pcpu;
            if (!runsElsewhere && !idleElsewhere)
                Lose(vcpu, from, now);
        }

        uint resumed = payload[1] >> 16 | payload[1] << 16;
        VcpuReplay running = VcpuOf(resumed);
        running.Domain.Change(running, RunState.Lost, RunState.Running, now);
        running.Pcpu = pcpu;
        on.Running = running;
        on.Domain = running.Domain;
    }

    private static void Lose(VcpuReplay vcpu, ulong from, ulong now)
    {
        from = Math.Max(from, vcpu.Since);
        if (vcpu.State == RunState.Unknown)
            from = vcpu.Since;
        else
            vcpu.Domain.Change(vcpu, vcpu.State, vcpu.State, from);
        vcpu.Since = from;
        vcpu.Domain.Change(vcpu, RunState.Lost, RunState.Unknown, now);
    }

    private void SpreadHostLoss(ulong from, ulong to)
    {
        for (int i = _clock.IndexOf(from); from < to; i++)
        {
            ulong end = Math.Min(to, _clock.EdgeOf(i + 1));
            _hostIntervals[i].LostTicks += (long)(end - from);
            from = end;
        }
    }
}
