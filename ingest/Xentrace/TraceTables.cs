using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Metrics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace;

/// <summary>Turns a replayed trace into rows.</summary>
internal sealed class TraceTables
{
    /// <summary>Most rows of the interval tables that one trace may fill: twelve hours of seconds of five domains. Beyond it whole-window figures tell.</summary>
    private const int MaxIntervalRows = 1 << 18;

    private readonly RunManifest _run;
    private readonly TraceReplay _replay;
    private readonly double? _tscHz;
    private readonly string _noMethod;
    private readonly bool _grantsShow;
    private readonly bool _copiesShow;
    private readonly string _noPages;
    private readonly double _guestWakes;
    private readonly Dictionary<int, DomainCounters> _whole;

    /// <summary>Domains that ran or could have run; one that only appears as the owner of a page has no figures of its own.</summary>
    private readonly DomainReplay[] _domains;
    private readonly HostCounters _hostWhole;
    private readonly bool _isLossy;

    /// <param name="run">The run the trace belongs to.</param>
    /// <param name="replay">The replayed trace, completed.</param>
    /// <param name="tscHz">TSC frequency; null when unknown, for the reason given.</param>
    /// <param name="noFrequency">Why it is unknown.</param>
    internal TraceTables(RunManifest run, TraceReplay replay, double? tscHz, string noFrequency)
    {
        _run = run;
        _replay = replay;
        _tscHz = tscHz;
        _noMethod = tscHz is null ? noFrequency : replay.NoRunStates;
        _hostWhole = replay.HostWhole();
        _isLossy = _hostWhole.LostTicks > MetricFormulas.LossyAbove * replay.Pcpus * (replay.Clock.Last - replay.Clock.First);
        bool memoryShows = replay.HasMemoryRecords || EventClass.IsLetThrough(EventClass.Mem, run.Trace?.Events);
        _copiesShow = replay.HasHypercallsV2 && !replay.HasHypercallsV1;

        // Where pages are flipped, flips are the exchange (Xen 3.4); elsewhere it is mostly copies, without which a count would mislead.
        _grantsShow = memoryShows && (_copiesShow || _hostWhole.Transfers > 0);
        _noPages = !memoryShows || !(replay.HasHypercallsV1 || replay.HasHypercallsV2) ? "grant operations (the MEM and PV classes) were not traced"
            : !_copiesShow ? "grant copies do not show: hypercalls carry no arguments before Xen 4.3"
            : replay.Switched is not null ? "grant copies name no guest, and method C does not count the wakes to share them out by"
            : "grant copies name no guest, and no guest was woken to share them out by";
        _domains = [.. replay.Domains.Where(d => !d.IsIdle && (replay.Switched?.ContainsKey(d.Domid) ?? d.Vcpus.Count > 0)).OrderBy(d => d.Domid)];
        _whole = replay.Domains.ToDictionary(d => d.Domid, d => d.Intervals.Whole());
        _guestWakes = replay.Domains.Where(IsServed).Sum(d => _whole[d.Domid].Wakes);
    }

    internal void AddTo(RowSink rows)
    {
        AddEvents(rows);
        AddCalls(rows);
        AddVcpuStates(rows);
        bool measurable = _tscHz is not null && (_replay.HasRunstates || _replay.Switched is not null);
        foreach (DomainSpec spec in _run.Domains)
        {
            if (spec.Domid is not { } domid || (measurable && _whole.ContainsKey(domid)))
                continue;
            string reason = measurable ? "the trace has no record of this domain" : _noMethod;
            rows.Add(new DomainMetricsRow { Run = _run.Run, Campaign = _run.Campaign, Domain = spec.Name, Domid = domid, MethodReason = reason });
        }

        if (_tscHz is null)
        {
            rows.Add(new HostMetricsRow { Run = _run.Run, Campaign = _run.Campaign, MethodReason = _noMethod });
            return;
        }

        if (measurable)
            AddDomains(rows);
        AddHost(rows);
    }

    /// <summary>Intervals of each domain that are stored: all, unless the trace has more than the tables may hold.</summary>
    internal static int IntervalsStored(TraceReplay replay) => Math.Min(replay.HostIntervals.Count, MaxIntervalRows / (1 + (replay.Switched?.Count ?? replay.Domains.Count(d => d.Vcpus.Count > 0))));

    private Window Whole => new(0, (long)(_replay.Clock.Last - _replay.Clock.First), _tscHz!.Value);

    private void AddEvents(RowSink rows)
    {
        foreach ((uint id, long records) in _replay.Events)
        {
            rows.Add(new TraceEventRow
            {
                Run = _run.Run, Campaign = _run.Campaign, EventId = id, EventClass = EventClass.Name(id), Event = _replay.Names.Find(id), Records = records,
            });
        }
    }

    private void AddCalls(RowSink rows)
    {
        // Before Xen 4.19 both makers' exits have one id, but Intel has no reason as high as those that every AMD guest leaves by.
        bool isAmd = (_replay.Events.Any(e => (e.EventId & ~EventIds.Nested) is EventIds.SvmExit or EventIds.SvmExit64) && !_replay.Names.SvmExitIsAnyExit)
            || _replay.Scanned.Any(d => d.Exits is { } exits && exits.AsSpan(CallNames.FirstAmdReason, exits.Length - 1 - CallNames.FirstAmdReason).ContainsAnyExcept(0));
        foreach (DomainScan domain in _replay.Scanned.OrderBy(d => d.Domid))
        {
            AddCalls(rows, domain, "hypercall", domain.Hypercalls[..^1], CallNames.Hypercall);
            AddCalls(rows, domain, "vm_exit", domain.Exits ?? [], reason => CallNames.Exit(reason, isAmd));
        }
    }

    /// <param name="rows">Receives the rows.</param>
    /// <param name="domain">Who entered the hypervisor.</param>
    /// <param name="kind">How.</param>
    /// <param name="records">Records by number; the last place counts all numbers beyond.</param>
    /// <param name="name">Name of a number.</param>
    private void AddCalls(RowSink rows, DomainScan domain, string kind, long[] records, Func<int, string?> name)
    {
        for (int i = 0; i < records.Length; i++)
        {
            if (records[i] == 0)
                continue;
            bool isKnown = i < records.Length - 1;
            rows.Add(new TraceCallRow
            {
                Run = _run.Run, Campaign = _run.Campaign, Domain = DomainNames.Of(_run, domain.Domid), Domid = domain.Domid, Kind = kind,
                Number = isKnown ? i : null, Name = isKnown ? name(i) : null, Records = records[i],
            });
        }
    }

    private void AddVcpuStates(RowSink rows)
    {
        foreach (VcpuReplay vcpu in _replay.Domains.OrderBy(d => d.Domid).SelectMany(d => d.Vcpus.OrderBy(v => v.Vcpu)))
        {
            rows.Add(new VcpuStateRow
            {
                Run = _run.Run,
                Campaign = _run.Campaign,
                Domain = DomainNames.Of(_run, vcpu.Domain.Domid),
                Domid = vcpu.Domain.Domid,
                Vcpu = vcpu.Vcpu,
                RunningCycles = vcpu.StateTicks[(int)RunState.Running],
                RunnableCycles = vcpu.StateTicks[(int)RunState.Runnable],
                BlockedCycles = vcpu.StateTicks[(int)RunState.Blocked],
                OfflineCycles = vcpu.StateTicks[(int)RunState.Offline],
                LostCycles = vcpu.StateTicks[(int)RunState.Lost],
                Executions = vcpu.Executions,
                Preemptions = vcpu.Preemptions,
                Wakes = vcpu.Wakes,
                WaitAfterWakeCycles = vcpu.WaitTicks[(int)WaitCause.Wake],
                WaitAfterPreemptionCycles = vcpu.WaitTicks[(int)WaitCause.Preemption],
                WaitOtherCycles = vcpu.WaitTicks[(int)WaitCause.Other],
            });
        }
    }

    private void AddDomains(RowSink rows)
    {
        foreach (DomainReplay domain in _domains)
        {
            rows.Add(Fill(
                domain, new DomainMetricsRow { Run = _run.Run, Campaign = _run.Campaign, Domain = DomainNames.Of(_run, domain.Domid), Domid = domain.Domid, WindowS = Whole.LengthS },
                ActivityOf(domain, _whole[domain.Domid], _hostWhole.Copies), Whole));
        }

        foreach (DomainReplay domain in _domains)
            rows.Add(IntervalsStored(_replay), i => IntervalOf(domain, i));
    }

    private DomainIntervalRow IntervalOf(DomainReplay domain, int index)
    {
        Window window = IntervalWindow(index);
        return Fill(
            domain, new DomainIntervalRow
            {
                Run = _run.Run, Campaign = _run.Campaign, Domain = DomainNames.Of(_run, domain.Domid), Domid = domain.Domid,
                IntervalIndex = index, StartS = window.StartTicks / window.TicksPerS, WindowS = window.LengthS,
            },
            ActivityOf(domain, domain.Intervals.Peek(index), _replay.HostIntervals[index].Copies), window);
    }

    private void AddHost(RowSink rows)
    {
        rows.Add(Fill(
            new HostMetricsRow { Run = _run.Run, Campaign = _run.Campaign, WindowS = Whole.LengthS },
            HostActivityOf(_hostWhole, d => _whole[d.Domid], Whole), Whole));
        rows.Add(IntervalsStored(_replay), HostIntervalOf);
    }

    private HostIntervalRow HostIntervalOf(int index)
    {
        Window window = IntervalWindow(index);
        return Fill(
            new HostIntervalRow { Run = _run.Run, Campaign = _run.Campaign, IntervalIndex = index, StartS = window.StartTicks / window.TicksPerS, WindowS = window.LengthS },
            HostActivityOf(_replay.HostIntervals[index], d => d.Intervals.Peek(index), window), window);
    }

    private TRow Fill<TRow>(DomainReplay domain, TRow row, DomainActivity activity, Window window)
        where TRow : DomainMeasures
    {
        TRow filled = MetricFormulas.Fill(row, activity, window);
        return _replay.Switched?.GetValueOrDefault(domain.Domid) is { } switched ? MethodC.Of(filled, switched, _isLossy) : filled;
    }

    private TRow Fill<TRow>(TRow row, HostActivity activity, Window window)
        where TRow : HostMeasures
    {
        TRow filled = MetricFormulas.Fill(row, activity, window);
        if (_replay.HasRunstates)
            return filled;
        return _replay.Switched is not null ? MethodC.Of(filled) : Unattributed.Of(filled, _noMethod);
    }

    private DomainActivity ActivityOf(DomainReplay domain, DomainCounters counters, long hostCopies)
    {
        int vcpus = Math.Max(domain.Vcpus.Count, _run.Domains.FirstOrDefault(d => d.Domid == domain.Domid)?.Vcpus ?? 1);
        return new DomainActivity
        {
            Vcpus = vcpus,
            RunningTicks = counters.StateTicks(RunState.Running),
            RunnableTicks = counters.StateTicks(RunState.Runnable),
            WaitAfterWakeTicks = counters.WaitTicks(WaitCause.Wake),
            WaitAfterPreemptionTicks = counters.WaitTicks(WaitCause.Preemption),
            BlockedTicks = counters.StateTicks(RunState.Blocked),
            OfflineTicks = counters.StateTicks(RunState.Offline),
            LostTicks = counters.StateTicks(RunState.Lost),

            // With one vcpu both views are the same, and the vcpu's also knows the time before its first record.
            DomainWaitTicks = vcpus == 1 ? counters.StateTicks(RunState.Runnable) : counters.DomainWaitTicks,
            DomainBlockTicks = vcpus == 1 ? counters.StateTicks(RunState.Blocked) : counters.DomainBlockTicks,
            Executions = counters.Executions,
            Wakes = counters.Wakes,
            Events = counters.Events,
            EventChannelCalls = HypercallsShow(domain.Domid) ? counters.EventChannelCalls : null,
            NoEventChannel = IsHvm(domain.Domid) ? "hypercalls of HVM and PVH guests (the HVM class) were not traced" : DomainActivity.NoHypercalls,
            Pages = PagesOf(domain, counters, hostCopies),
            NoPages = _noPages,
        };
    }

    /// <summary>Pages a backend handled, or pages handled for a guest: copies name no guest, so each gets its share of all guests' wakes.</summary>
    private PageCounts? PagesOf(DomainReplay domain, DomainCounters counters, long hostCopies)
    {
        if (!_grantsShow)
            return null;
        if (!IsServed(domain))
            return new PageCounts(counters.MapsBy, counters.TransfersBy, _copiesShow ? counters.CopiesBy : null, IsEstimate: false, counters.UnmapsBy);
        if (_hostWhole.Copies == 0)
            return new PageCounts(counters.MapsFor, counters.TransfersFor, _copiesShow ? 0 : null, IsEstimate: false, counters.UnmapsFor);
        if (_guestWakes == 0)
            return null;
        double share = _whole[domain.Domid].Wakes / _guestWakes;
        return new PageCounts(counters.MapsFor, counters.TransfersFor, hostCopies * share, IsEstimate: true, counters.UnmapsFor);
    }

    private HostActivity HostActivityOf(HostCounters counters, Func<DomainReplay, DomainCounters> of, Window window)
    {
        bool hasSwitches = _hostWhole.SwitchRecords > 0;

        // Method C does not see runs that the trace's ends cut, and those of idle are long: what no domain is known to have used is idle's.
        long idle = _replay.Switched is null
            ? _replay.Domains.Where(d => d.IsIdle).Sum(d => of(d).StateTicks(RunState.Running))
            : (_replay.Pcpus * window.LengthTicks) - counters.LostTicks - _domains.Sum(d => of(d).StateTicks(RunState.Running));
        return new HostActivity
        {
            Pcpus = _replay.Pcpus,
            IdleTicks = idle,
            IdleUnknownTicks = _replay.Switched is null ? _replay.Domains.Where(d => d.IsIdle).Sum(d => of(d).StateTicks(RunState.Lost)) : 0,
            LostTicks = counters.LostTicks,
            Events = counters.Events,
            LostRecords = counters.LostRecords,
            Switches = hasSwitches ? counters.SwitchRecords : counters.ChangesToRunning,
            GuestSwitches = hasSwitches ? counters.GuestSwitchRecords : counters.GuestChanges,
            Executions = _domains.Sum(d => of(d).Executions),
            DriverExecutions = _domains.Where(d => d.Domid == 0).Sum(d => of(d).Executions),
            EventChannelCalls = _replay.HasHypercallsV1 || _replay.HasHypercallsV2 || _replay.HasVmmCalls ? counters.EventChannelCalls : null,
            Pages = _grantsShow ? new PageCounts(counters.Maps, counters.Transfers, _copiesShow ? counters.Copies : null, IsEstimate: false, counters.Unmaps) : null,
            NoPages = _noPages,
        };
    }

    /// <summary>True for a domain that backends serve: neither idle nor itself a copier or mapper of other domains' pages.</summary>
    private bool IsServed(DomainReplay domain) =>
        !domain.IsIdle && domain.Domid != 0 && _whole[domain.Domid] is { CopiesBy: 0, MapsBy: 0 };

    /// <summary>True when the calls of such a guest are traced: PV guests' are of the PV class, those of others, which leave by exits, of the HVM class.</summary>
    private bool HypercallsShow(int domid) =>
        IsHvm(domid) ? _replay.HasVmmCalls : _replay.HasHypercallsV1 || _replay.HasHypercallsV2;

    private bool IsHvm(int domid) => _replay.Scanned.Any(d => d.Domid == domid && d.Exits is not null);

    private Window IntervalWindow(int index)
    {
        ulong start = _replay.Clock.EdgeOf(index), end = Math.Min(_replay.Clock.EdgeOf(index + 1), _replay.Clock.Last);
        return new Window((long)(start - _replay.Clock.First), (long)(end - start), _tscHz!.Value);
    }
}
