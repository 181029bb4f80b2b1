using System.Globalization;
using System.Runtime.CompilerServices;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// Replays marks into run states. Allocates per vcpu, domain and interval, never per mark.
/// </summary>
/// <remarks>
/// Rules: the first record of a vcpu tells what it was since the trace began; its last state holds to the end. While records are lost on a
/// pcpu, every vcpu not known to run on another one is lost too, and the old state of its next record tells what it was since.
/// </remarks>
internal sealed partial class StateReplay(IntervalClock clock, FindingLog findings, StateSpans? spans) : IMarkSink
{
    private const int CacheSize = 256;

    private readonly Dictionary<uint, VcpuReplay> _vcpus = [];
    private readonly Dictionary<int, DomainReplay> _domains = [];
    private readonly (uint Who, VcpuReplay? Vcpu)[] _cache = new (uint, VcpuReplay?)[CacheSize];
    private PcpuReplay?[] _pcpus = new PcpuReplay?[8];

    internal IReadOnlyCollection<DomainReplay> Domains => _domains.Values;

    /// <summary>What each pcpu was used for; null for one that no mark is of.</summary>
    internal PcpuReplay? Pcpu(int pcpu) => pcpu < _pcpus.Length ? _pcpus[pcpu] : null;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnMark(int pcpu, ulong tsc, uint who, uint code)
    {
        tsc = NotBeforeTrace(tsc);
        clock.AdvanceTo(tsc);
        VcpuReplay vcpu = VcpuOf(who);
        bool continues = code == Mark.Continue;
        RunState old = continues ? RunState.Running : (RunState)(code >> 2), to = continues ? RunState.Running : (RunState)(code & 3);
        RunState tracked = vcpu.State;
        bool isElsewhere = old == RunState.Running && tracked == RunState.Running && !continues && vcpu.Pcpu != pcpu && vcpu.Pcpu >= 0;
        if (((tracked != old || isElsewhere) && tracked != RunState.Unknown) || vcpu.DoubtedPcpu >= 0)
        {
            if (WasMissing(vcpu, old, to, pcpu, tsc, isExpected: tracked == old && !isElsewhere))
            {
                TellLate(vcpu, old, to, pcpu);
                return;
            }
        }

        if (to == RunState.Running)
            Run(vcpu, tracked == RunState.Unknown ? old : tracked, continues, pcpu, tsc);
        else
            Leave(vcpu, old, tracked == RunState.Unknown ? old : tracked, to, pcpu, tsc);
    }

    /// <inheritdoc/>
    public void OnLoss(int pcpu, ulong tsc, Loss loss)
    {
        tsc = NotBeforeTrace(tsc);
        clock.AdvanceTo(tsc);
        ulong from = Math.Clamp(loss.Since, clock.First, tsc);
        spans?.Loss(pcpu, loss.Records, from, tsc);
        foreach (VcpuReplay vcpu in _vcpus.Values)
        {
            bool runsElsewhere = vcpu.State == RunState.Running && vcpu.Pcpu != pcpu;
            bool idleElsewhere = vcpu.Domain.IsIdle && vcpu.Vcpu != pcpu;
            if (loss.IsOfAll || (!runsElsewhere && !idleElsewhere))
                Lose(vcpu, from, tsc);
        }

        foreach (PcpuReplay? other in loss.IsOfAll ? _pcpus : [])
            other?.Running = null;
        PcpuOf(pcpu).Running = null;
        if (loss.Running == Loss.Unknown)
            return;
        VcpuReplay running = VcpuOf(loss.Running);
        running.Domain.Change(running, RunState.Lost, RunState.Running, tsc);
        running.Pcpu = pcpu;
        PcpuOf(pcpu).Running = running;
    }

    /// <summary>The last state of every vcpu holds to the end of the trace.</summary>
    internal void Complete(ulong last)
    {
        for (int i = 0; i < _pcpus.Length; i++)
        {
            if (_pcpus[i] is { Behind: > 0 } behind)
            {
                findings.Add(DiagnosticCatalogue.TraceSkew, pcpu: i, count: behind.Behind,
                    detail: string.Create(CultureInfo.InvariantCulture, $"behind pcpu {behind.BehindPcpu} by at least {behind.BehindTicks} cycles"));
            }
        }

        clock.AdvanceTo(Math.Max(last, clock.Last));
        foreach (VcpuReplay vcpu in _vcpus.Values)
        {
            Settle(vcpu, RunState.Lost);
            RunState spentIn = vcpu.State == RunState.Unknown ? RunState.Lost : vcpu.State;
            CreditPcpu(vcpu, spentIn, clock.Last);
            vcpu.Domain.Change(vcpu, spentIn, vcpu.State, clock.Last);
            spans?.Close(vcpu, clock.Last);
        }
    }

    internal DomainReplay DomainOf(int domid)
    {
        if (_domains.TryGetValue(domid, out DomainReplay? domain))
            return domain;
        domain = new DomainReplay(domid, clock, spans);
        _domains.Add(domid, domain);
        return domain;
    }

    /// <summary>A pcpu that is silent at first and whose clock is behind logs before the trace began; that is as long ago as time goes.</summary>
    private ulong NotBeforeTrace(ulong tsc) => Math.Max(tsc, clock.First);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(VcpuReplay vcpu, RunState spentIn, bool continues, int pcpu, ulong now)
    {
        if (vcpu.Pcpu != pcpu && spentIn == RunState.Running)
            MoveWhileRunning(vcpu, pcpu, now);
        PcpuReplay on = PcpuOf(pcpu);
        CreditPcpu(vcpu, spentIn, now);
        if (!continues)
        {
            // Time that a wake or a preemption began; what the trace began with, or lost, has no known length.
            if (vcpu.State == RunState.Runnable && vcpu.WaitsFor != WaitCause.Other)
                (vcpu.WaitsFor == WaitCause.Wake ? vcpu.Domain.WakeToRun : vcpu.Domain.PreemptedToRun).Add(now - vcpu.Since);
            vcpu.RunsSince = now;
        }

        vcpu.Domain.Change(vcpu, spentIn, RunState.Running, now);
        if (on.Running is { State: RunState.Running } other && other != vcpu && other.Pcpu == pcpu)
            findings.Add(DiagnosticCatalogue.TraceTwoRunning, pcpu: pcpu);
        if (!continues)
        {
            vcpu.Executions++;
            vcpu.Domain.Now.Executions++;
            on.Executions += vcpu.Domain.IsIdle ? 0 : 1;
        }

        vcpu.Pcpu = pcpu;
        on.Running = vcpu;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(VcpuReplay vcpu, RunState old, RunState spentIn, RunState to, int pcpu, ulong now)
    {
        if (vcpu.Pcpu < 0)
            vcpu.Pcpu = pcpu;
        CreditPcpu(vcpu, spentIn, now);
        if (vcpu is { State: RunState.Running, RunsSince: { } since })
            vcpu.Domain.Runs.Add(now - since);
        vcpu.RunsSince = null;
        vcpu.Domain.Change(vcpu, spentIn, to, now);
        PcpuReplay on = PcpuOf(pcpu);
        if (on.Running == vcpu)
            on.Running = null;
        if (to != RunState.Runnable)
            return;
        Count(vcpu, old);
        vcpu.WaitsFor = old == RunState.Running ? WaitCause.Preemption : WaitCause.Wake;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(VcpuReplay vcpu, RunState left)
    {
        if (left == RunState.Running)
        {
            vcpu.Preemptions++;
            return;
        }

        vcpu.Wakes++;
        vcpu.Domain.Now.Wakes++;
    }

    /// <summary>The trace has not told that it left the pcpu before; its first record tells where it ran since the trace began.</summary>
    private void MoveWhileRunning(VcpuReplay vcpu, int pcpu, ulong now)
    {
        if (vcpu.Pcpu < 0)
            vcpu.Pcpu = pcpu;
        else
            spans?.Close(vcpu, now);
    }

    private void Lose(VcpuReplay vcpu, ulong from, ulong now)
    {
        Settle(vcpu, RunState.Lost);
        from = Math.Max(from, vcpu.Since);
        if (vcpu.State == RunState.Unknown)
        {
            from = vcpu.Since;
        }
        else
        {
            CreditPcpu(vcpu, vcpu.State, from);
            vcpu.Domain.Change(vcpu, vcpu.State, vcpu.State, from);
        }

        vcpu.Since = from;
        vcpu.RunsSince = null;
        vcpu.WaitsFor = WaitCause.Other;
        vcpu.Domain.Change(vcpu, RunState.Lost, RunState.Unknown, now);

        // It may have moved meanwhile: its next record tells where to, as the first one of a trace does.
        vcpu.Pcpu = -1;
    }

    /// <summary>Time that a vcpu ran is time of the pcpu it ran on, which is known by now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CreditPcpu(VcpuReplay vcpu, RunState spentIn, ulong now)
    {
        if (spentIn == RunState.Running && now > vcpu.Since)
            AddToPcpu(vcpu, vcpu.Pcpu, now - vcpu.Since);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToPcpu(VcpuReplay vcpu, int pcpu, ulong ticks)
    {
        PcpuReplay on = PcpuOf(pcpu);
        if (vcpu.Domain.IsIdle)
            Ticks.Add(ref on.IdleTicks, ticks);
        else
            Ticks.Add(ref on.BusyTicks, ticks);
    }

    private PcpuReplay PcpuOf(int pcpu)
    {
        if (pcpu >= _pcpus.Length)
            Array.Resize(ref _pcpus, Math.Max(pcpu + 1, _pcpus.Length * 2));
        return _pcpus[pcpu] ??= new PcpuReplay();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private VcpuReplay VcpuOf(uint who)
    {
        ref (uint Who, VcpuReplay? Vcpu) cached = ref _cache[unchecked((who ^ who >> 16) % CacheSize)];
        if (cached.Who == who && cached.Vcpu is { } vcpu)
            return vcpu;
        if (!_vcpus.TryGetValue(who, out VcpuReplay? known))
            _vcpus.Add(who, known = DomainOf((int)(who >> 16)).AddVcpu((int)(who & 0xffff)));
        cached = (who, known);
        return known;
    }
}
