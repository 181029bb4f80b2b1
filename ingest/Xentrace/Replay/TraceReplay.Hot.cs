using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// Replays the records of a trace into run states and counts. Allocates per vcpu, domain and interval, never per record.
/// </summary>
/// <remarks>
/// Rules: the first record of a vcpu tells what it was since the trace began; its last state holds to the end. A record is logged for
/// the domain that had the pcpu before it. While records are lost on a pcpu, every vcpu not known to run on another one is lost too,
/// and the old state of its next record tells what it was since.
/// </remarks>
internal sealed partial class TraceReplay : IRecordSink
{
    private readonly FindingLog _findings;
    private readonly IntervalClock _clock;
    private readonly Dictionary<uint, VcpuReplay> _vcpus = [];
    private readonly Dictionary<int, DomainReplay> _domains = [];
    private readonly List<HostCounters> _hostIntervals = [];
    private PcpuReplay?[] _pcpus = new PcpuReplay?[8];
    private HostCounters _host = new();
    private bool _begun;

    /// <param name="tscHz">TSC frequency; null when unknown.</param>
    /// <param name="intervalS">Length of an interval in seconds.</param>
    /// <param name="findings">Receives contradictions and losses.</param>
    internal TraceReplay(double? tscHz, double intervalS, FindingLog findings)
    {
        _findings = findings;
        _clock = new IntervalClock(tscHz, intervalS);
    }

    internal EventHistogram Histogram { get; } = new();

    internal TscCalibration Calibration { get; } = new();

    internal IntervalClock Clock => _clock;

    internal IReadOnlyCollection<DomainReplay> Domains => _domains.Values;

    internal bool HasRunstates { get; private set; }

    internal bool HasMemoryRecords { get; private set; }

    /// <summary>Hypercalls with arguments (Xen 4.3 and later) were seen: grant copies show.</summary>
    internal bool HasHypercallsV2 { get; private set; }

    /// <summary>Hypercalls without arguments were seen: grant operations show, but not how many pages they copy.</summary>
    internal bool HasHypercallsV1 { get; private set; }

    internal int Pcpus => _pcpus.Count(p => p is not null);

    /// <inheritdoc/>
    public void OnRecord(int pcpu, uint eventId, ulong tsc, ReadOnlySpan<uint> payload)
    {
        if (!_begun)
            Begin(tsc);
        if (_clock.AdvanceTo(tsc))
            BeginInterval();

        Histogram.Count(eventId);
        PcpuReplay on = PcpuOf(pcpu);
        if (eventId == EventIds.WrapBuffer)
            return;
        unchecked
        {
            _host.Events++;
            if (on.Domain is { } domain)
                domain.Now.Events++;
        }

        switch (eventId >> 12)
        {
            case 0x21:
                OnRunstate(pcpu, on, eventId, tsc, payload);
                break;
            case 0x28 or 0x2f:
                OnVerboseSched(pcpu, eventId & 0xfff, tsc, payload);
                break;
            case 0x10f:
                OnMemory(on, eventId, payload);
                break;
            case 0x201 or 0x202 or 0x20f:
                OnPv(on, eventId, payload);
                break;
            case 0x1f:
                if (eventId == EventIds.LostRecords)
                    OnLost(pcpu, on, tsc, payload);
                break;
        }
    }

    private void OnRunstate(int pcpu, PcpuReplay on, uint eventId, ulong now, ReadOnlySpan<uint> payload)
    {
        // One word; five in builds that add two 64-bit performance counters.
        if (payload.Length is not (1 or 5))
        {
            _findings.Add(DiagnosticCatalogue.TraceBadLength, pcpu: pcpu);
            return;
        }

        bool isChange = (eventId & EventIds.RunstateMask) == EventIds.RunstateChange && (eventId & 0xcc0) == 0;
        if (!isChange && eventId != EventIds.ContinueRunning)
            return;
        HasRunstates = true;
        VcpuReplay vcpu = VcpuOf(payload[0]);
        RunState old = isChange ? (RunState)((eventId >> 8) & 3) : RunState.Running;
        RunState to = isChange ? (RunState)((eventId >> 4) & 3) : RunState.Running;
        RunState tracked = vcpu.State;
        if (tracked != old && tracked != RunState.Unknown)
            _findings.Add(DiagnosticCatalogue.TraceStateMismatch, pcpu: pcpu);

        vcpu.Domain.Change(vcpu, tracked == RunState.Unknown ? old : tracked, to, now);
        if (to == RunState.Running)
        {
            if (on.Running is { State: RunState.Running } other && other != vcpu && other.Pcpu == pcpu)
                _findings.Add(DiagnosticCatalogue.TraceTwoRunning, pcpu: pcpu);
            if (isChange)
                CountExecution(vcpu, on);
            vcpu.Pcpu = pcpu;
            on.Running = vcpu;
            on.Domain = vcpu.Domain;
        }
        else
        {
            if (on.Running == vcpu)
                on.Running = null;
            if (to == RunState.Runnable && old == RunState.Running)
                vcpu.Preemptions++;
            else if (to == RunState.Runnable)
                CountWake(vcpu);
        }
    }

    private void CountExecution(VcpuReplay vcpu, PcpuReplay on)
    {
        vcpu.Executions++;
        vcpu.Domain.Now.Executions++;
        _host.ChangesToRunning++;
        if (on.Domain is { IsIdle: false } before && !vcpu.Domain.IsIdle && before != vcpu.Domain)
            _host.GuestChanges++;
    }

    private static void CountWake(VcpuReplay vcpu)
    {
        vcpu.Wakes++;
        vcpu.Domain.Now.Wakes++;
    }

    private void OnVerboseSched(int pcpu, uint minor, ulong tsc, ReadOnlySpan<uint> payload)
    {
        if (minor is EventIds.SchedInfPrev or EventIds.SchedInfNext)
        {
            Calibration.OnSwitchInfo(pcpu, minor, tsc, payload);
        }
        else if (minor == EventIds.SchedSwitch)
        {
            _host.SwitchRecords++;
            if (payload.Length == 4 && payload[0] != EventIds.IdleDomain && payload[2] != EventIds.IdleDomain && payload[0] != payload[2])
                _host.GuestSwitchRecords++;
        }
    }

    private void OnMemory(PcpuReplay on, uint eventId, ReadOnlySpan<uint> payload)
    {
        HasMemoryRecords = true;
        if (eventId is not (EventIds.GrantMap or EventIds.GrantTransfer) || payload.Length != 1)
            return;
        DomainCounters granter = DomainOf((int)(payload[0] & 0xffff)).Now;
        if (eventId == EventIds.GrantMap)
        {
            _host.Maps++;
            granter.MapsFor++;
            if (on.Domain is { } mapper)
                mapper.Now.MapsBy++;
        }
        else
        {
            _host.Transfers++;
            granter.TransfersFor++;
            if (on.Domain is { } flipper)
                flipper.Now.TransfersBy++;
        }
    }

    private void OnPv(PcpuReplay on, uint eventId, ReadOnlySpan<uint> payload)
    {
        uint number;
        if (eventId is EventIds.HypercallV2 or EventIds.HypercallSubcall && payload.Length > 0)
        {
            HasHypercallsV2 = true;
            number = payload[0] & 0xfffff;
            if (number == EventIds.GrantTableOp)
                CountCopies(on, payload);
        }
        else if ((eventId & 0xeff) == EventIds.PvHypercallV1 && payload.Length > 1)
        {
            HasHypercallsV1 = true;
            number = payload[^1];
        }
        else
        {
            return;
        }

        if (number is EventIds.EventChannelOp or EventIds.EventChannelOpCompat)
        {
            _host.EventChannelCalls++;
            if (on.Domain is { } caller)
                caller.Now.EventChannelCalls++;
        }
    }

    /// <summary>Grant copies: the third argument is the number of operations, each of at most one page. The record names no guest.</summary>
    private void CountCopies(PcpuReplay on, ReadOnlySpan<uint> payload)
    {
        if (Argument(payload, 0) != EventIds.GrantCopy || Argument(payload, 2) is not { } count)
            return;
        _host.Copies += count;
        if (on.Domain is { } backend)
            backend.Now.CopiesBy += count;
    }

    /// <summary>Argument i of a V2 hypercall: bits 20+2i and 21+2i of the first word tell its size in words; those present follow in order.</summary>
    private static uint? Argument(ReadOnlySpan<uint> payload, int index)
    {
        unchecked
        {
            int word = 1;
            for (int i = 0; i < index; i++)
                word += (int)(payload[0] >> (20 + 2 * i)) & 3;
            return ((payload[0] >> (20 + 2 * index)) & 3) != 0 && word < payload.Length ? payload[word] : null;
        }
    }

    private PcpuReplay PcpuOf(int pcpu)
    {
        if (pcpu >= _pcpus.Length)
            Array.Resize(ref _pcpus, Math.Max(pcpu + 1, _pcpus.Length * 2));
        return _pcpus[pcpu] ??= new PcpuReplay();
    }

    private VcpuReplay VcpuOf(uint packed)
    {
        if (_vcpus.TryGetValue(packed, out VcpuReplay? vcpu))
            return vcpu;
        vcpu = DomainOf((int)(packed >> 16)).AddVcpu((int)(packed & 0xffff));
        _vcpus.Add(packed, vcpu);
        return vcpu;
    }

    private DomainReplay DomainOf(int domid)
    {
        if (_domains.TryGetValue(domid, out DomainReplay? domain))
            return domain;
        domain = new DomainReplay(domid, _clock);
        _domains.Add(domid, domain);
        return domain;
    }
}
