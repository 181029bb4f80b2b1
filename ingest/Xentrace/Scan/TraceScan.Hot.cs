using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>
/// Counts what happens on each pcpu, which needs no order across pcpus, and passes on what does: the changes of run states. Allocates per
/// domain and interval, never per record.
/// </summary>
/// <remarks>A record is counted for the domain that had the pcpu before it.</remarks>
internal sealed partial class TraceScan
{
    private PcpuScan _on = new(-1);
    private MarkBlock _marks = new();

    /// <summary>No record of the block was seen yet.</summary>
    private bool _isFirst;

    /// <summary>Records that are in the figures.</summary>
    private long _flushed;

    /// <summary>Event-channel calls of the current domain that are in the figures of intervals.</summary>
    private long _eventChannelCalls;

    /// <summary>The pcpu whose records are being read.</summary>
    internal PcpuScan On => _on;

    /// <summary>The current pcpu looks at the time again when a record reaches this.</summary>
    internal ulong Edge { get; private set; }

    internal void BeginBlock(PcpuClock clock, long offset, bool startsWindow)
    {
        _on = PcpuOf(clock.Pcpu);
        _clock = clock;
        _marks = _pipe.Take();
        _marks.Reset(clock.Pcpu, offset, startsWindow);
        _on.Clock = clock;
        if (startsWindow)
            BeginWindow(clock.Pcpu);
        _isFirst = true;
        Edge = 0;

        // Blocks of other pcpus may have counted in so many other intervals meanwhile that this one is packed.
        if (_on.Domain is { } domain)
            _on.Cell = domain.Intervals.At(_on.Interval);
        _eventChannelCalls = EventChannelCallsOf(_on.Hypercalls);
    }

    internal void EndBlock(long seen)
    {
        Flush(seen);
        _on.Last = _clock.Tsc;
        _newest = Math.Max(_newest, unchecked(_clock.Tsc + _on.Behind));
        _pipe.Add(_marks);
    }

    /// <summary>The first record of a block, of an interval, or after others that are missing.</summary>
    internal void EnterInterval(ulong tsc, long seen)
    {
        if (_isFirst)
        {
            _isFirst = false;
            LookBack(tsc);
            _marks.FirstTsc = unchecked(tsc + _on.Behind);
        }

        PcpuScan on = _on;
        if (tsc >= on.IntervalEnd)
        {
            Flush(seen);
            on.Interval = Clock.IndexOf(Math.Max(tsc, Clock.First));
            on.IntervalEnd = Clock.EdgeOf(on.Interval + 1);
            on.Host = HostAt(on.Interval);
            if (on.Domain is { } domain)
                on.Cell = domain.Intervals.At(on.Interval);
        }

        if (_clock.MissingSince is { } since)
            GoOnAfter(since, tsc, seen);
        Edge = on.IntervalEnd;
    }

    /// <summary>A record of which only the number of a hypercall is counted yet. False when further ones like it need only be counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word)
    {
        switch (action)
        {
            case RecordAction.StateChange:
                if (!UseRunStates())
                    return false;
                if ((CodeOf(header) >> 2) == (uint)RunState.Running)
                    OnLeaving(payload, tsc, word);
                _marks.Add(new Mark(unchecked(tsc + _on.Behind), payload, CodeOf(header), word));
                break;
            case RecordAction.Switch:
                OnSwitch(Words(header, ref payload));
                break;
            case RecordAction.HypercallWithArguments when (payload & 0xfffff) == EventIds.GrantTableOp:
                CountCopies(Words(header, ref payload));
                break;
            case RecordAction.Grant:
                OnGrant(header & 0x0fffffff, payload);
                break;
            case RecordAction.VmmCall:
                OnHypercall(HvmWord(header, ref payload));
                break;
            case RecordAction.VmExit:
                OnExit(HvmWord(header, ref payload));
                break;
        }

        return true;
    }

    /// <summary>False when further records like it need only be counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen)
    {
        if (action is RecordAction.Hypercall or RecordAction.HypercallWithArguments)
            OnHypercall(payload & 0xfffff);
        if (action <= RecordAction.VmExit)
            return OnDeferred(action, header, tsc, ref payload, word);
        if (action is not (RecordAction.SwitchInfo or RecordAction.SleepOrWake))
            return OnOther(action, header, tsc, ref payload, word, seen);

        if (action == RecordAction.SwitchInfo)
            Calibration.OnSwitchInfo(_on.Pcpu, header & 0xff, tsc, Words(header, ref payload));
        if (Accounts is null)
            return action == RecordAction.SwitchInfo && !Calibration.IsFull;
        OnAccounts(header, tsc, Words(header, ref payload), seen);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnHypercall(uint number)
    {
        unchecked
        {
            long[] numbers = _on.Hypercalls;
            numbers[number < DomainScan.HypercallNumbers ? number : DomainScan.HypercallNumbers]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool OnOther(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen)
    {
        switch (action)
        {
            case RecordAction.Running:
                if (!UseRunStates())
                    return false;
                OnRunning(header, tsc, payload, word, seen);
                break;
            case RecordAction.OldHypercall:
                OnHypercall(Words(header, ref payload)[^1]);
                break;
            case RecordAction.Lost:
                OnLost(tsc, Words(header, ref payload), word, seen);
                break;
            case RecordAction.Wrap:
                _flushed++;
                break;
            default:
                _findings.Add(DiagnosticCatalogue.TraceBadLength, pcpu: _on.Pcpu);
                break;
        }

        return true;
    }

    private static ReadOnlySpan<uint> Words(uint header, ref uint payload) => MemoryMarshal.CreateReadOnlySpan(ref payload, (int)(header >> 28) & 7);

    /// <summary>Old state times four plus new state, of the header of a run-state change.</summary>
    private static uint CodeOf(uint header) => ((header >> 6) & 12) | ((header >> 4) & 3);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnRunning(uint header, ulong tsc, uint who, int word, long seen)
    {
        unchecked
        {
            bool continues = (header & 0x0fffffff) == EventIds.ContinueRunning;
            PcpuScan on = _on;
            if (on.Running != (continues ? who : PcpuScan.Nobody) && on.Running != Loss.Unknown)
                OnOddChange(tsc, word);
            (on.Running, on.Silence) = (who, 0);
            _marks.Add(new Mark(tsc + on.Behind, who, continues ? Mark.Continue : CodeOf(header), word));
            int domid = (int)(who >> 16);
            if (!continues)
            {
                on.Host.ChangesToRunning++;
                if (on.Domain is { IsIdle: false } before && domid != EventIds.IdleDomain && before.Domid != domid)
                    on.Host.GuestChanges++;
            }

            on.Vcpu = (int)(who & 0xffff);
            if (on.Domain?.Domid != domid)
                Enter(on, domid, seen);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnLeaving(uint who, ulong tsc, int word)
    {
        PcpuScan on = _on;
        if (on.Running != who && on.Running != Loss.Unknown)
            OnOddChange(tsc, word);
        (on.Running, on.Silence) = (PcpuScan.Nobody, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(PcpuScan on, int domid, long seen)
    {
        Flush(seen);
        DomainScan domain = DomainOf(domid);
        _knowsWho = true;
        on.Domain = domain;
        on.Hypercalls = domain.Hypercalls;
        on.Cell = domain.Intervals.At(on.Interval);
        _eventChannelCalls = EventChannelCallsOf(on.Hypercalls);
    }

    /// <summary>Brings what was only counted since the last time into the figures of domain and interval.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Flush(long seen)
    {
        unchecked
        {
            PcpuScan on = _on;
            long records = seen - _flushed, calls = EventChannelCallsOf(on.Hypercalls);
            on.Cell.Events += records;
            on.Host.Events += records;
            on.Records += records;
            on.Cell.EventChannelCalls += calls - _eventChannelCalls;
            on.Host.EventChannelCalls += calls - _eventChannelCalls;
            _flushed = seen;
            _eventChannelCalls = calls;
        }
    }

    private static long EventChannelCallsOf(long[] hypercalls) => hypercalls[EventIds.EventChannelOp] + hypercalls[EventIds.EventChannelOpCompat];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnSwitch(ReadOnlySpan<uint> payload)
    {
        _on.Host.SwitchRecords++;
        if (payload.Length == 4 && payload[0] != EventIds.IdleDomain && payload[2] != EventIds.IdleDomain && payload[0] != payload[2])
            _on.Host.GuestSwitchRecords++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnGrant(uint id, uint owner)
    {
        PcpuScan on = _on;
        DomainCounters granter = DomainOf((int)(owner & 0xffff)).Intervals.At(on.Interval);
        switch (id)
        {
            case EventIds.GrantMap:
                on.Host.Maps++;
                on.Cell.MapsBy++;
                granter.MapsFor++;
                break;
            case EventIds.GrantUnmap:
                on.Host.Unmaps++;
                on.Cell.UnmapsBy++;
                granter.UnmapsFor++;
                break;
            default:
                on.Host.Transfers++;
                on.Cell.TransfersBy++;
                granter.TransfersFor++;
                break;
        }
    }

    private void OnExit(uint reason)
    {
        if (_on.Domain is not { } domain)
            return;
        long[] exits = domain.Exits ??= new long[DomainScan.ExitReasons + 1];
        exits[Math.Min(reason, DomainScan.ExitReasons)]++;
    }

    /// <summary>Grant copies: the third argument is the number of operations, each of at most one page. The record names no guest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountCopies(ReadOnlySpan<uint> payload)
    {
        if (Argument(payload, 0) != EventIds.GrantCopy || Argument(payload, 2) is not { } count)
            return;
        _on.Host.Copies += count;
        _on.Cell.CopiesBy += count;
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

    private DomainScan DomainOf(int domid)
    {
        ref DomainScan? cached = ref _cache[domid % CacheSize];
        if (cached?.Domid == domid)
            return cached;
        if (!_domains.TryGetValue(domid, out DomainScan? domain))
            _domains.Add(domid, domain = new DomainScan(domid, Clock));
        return cached = domain;
    }
}
