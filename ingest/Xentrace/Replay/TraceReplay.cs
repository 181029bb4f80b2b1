using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace.Events;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What a trace tells: counts of each pcpu in the order of the file, run states of each vcpu in the order of time.</summary>
internal sealed class TraceReplay
{
    private readonly TraceScan _scan;
    private readonly StateReplay _states;
    private readonly HeaderTable _headers;

    private TraceReplay(TraceScan scan, StateReplay states, HeaderTable headers, IntervalClock clock)
    {
        (_scan, _states, _headers, Clock) = (scan, states, headers, clock);
        Events = headers.ByEvent();
        HasRunstates = headers.Has(RecordAction.Running) || headers.Has(RecordAction.StateChange);
        HasMemoryRecords = Events.Any(e => e.EventId >> 12 == 0x10f);
        HasHypercallsV2 = headers.Has(RecordAction.Hypercall) || headers.Has(RecordAction.HypercallWithArguments);
        HasHypercallsV1 = headers.Has(RecordAction.OldHypercall);
        HasVmmCalls = headers.Has(RecordAction.VmmCall);
        uint[] seen = [.. headers.ByHeader().Select(h => h.Header)];
        Names = new VersionedNames(seen);
        Releases = XenReleases.Of(seen);
        if (!HasRunstates && scan.Accounts is { Domains.Count: > 0 } accounts)
            Switched = accounts.Domains;
        Combine();
    }

    /// <summary>Event ids and their counts, ordered by id.</summary>
    internal IReadOnlyList<(uint EventId, long Records)> Events { get; }

    /// <summary>Names of these ids.</summary>
    internal VersionedNames Names { get; }

    /// <summary>Releases of Xen that may have written it.</summary>
    internal XenReleases Releases { get; }

    /// <summary>Records of so many different headers that they were not told apart.</summary>
    internal long Uncounted => _headers.Uncounted;

    internal TscCalibration Calibration => _scan.Calibration;

    internal IntervalClock Clock { get; }

    internal bool IsOverfull => Clock.IsOverfull || _scan.Clock.IsOverfull;

    internal IReadOnlyCollection<DomainReplay> Domains => _states.Domains;

    /// <summary>Hypercalls and exits of each domain.</summary>
    internal IReadOnlyCollection<DomainScan> Scanned => _scan.Domains;

    /// <summary>Run-state records were seen and used.</summary>
    internal bool HasRunstates { get; }

    /// <summary>Why there are none, where there are none.</summary>
    internal string NoRunStates => _scan.Method == MetricMethod.C
        ? "method C was asked for, which does without run-state records" : "the trace has no run-state records (Xen 3.4 and later log them in the SCHED class)";

    /// <summary>What method C found of each domain; null where run states tell more, or nothing does.</summary>
    internal IReadOnlyDictionary<int, SwitchDomain>? Switched { get; }

    internal bool HasMemoryRecords { get; }

    /// <summary>Hypercalls with arguments (Xen 4.3 and later) were seen: grant copies show.</summary>
    internal bool HasHypercallsV2 { get; }

    /// <summary>Hypercalls without arguments were seen: grant operations show, but not how many pages they copy.</summary>
    internal bool HasHypercallsV1 { get; }

    /// <summary>Hypercalls of HVM or PVH guests were seen.</summary>
    internal bool HasVmmCalls { get; }

    internal int Pcpus => _scan.Pcpus.Count();

    /// <summary>Each pcpu with a record: what was counted on it, and what it was used for (null without run-state records of it).</summary>
    internal IEnumerable<(PcpuScan Scanned, PcpuReplay? Used)> PcpuUse => _scan.Pcpus.Select(p => (p, _states.Pcpu(p.Pcpu)));

    /// <summary>Counters of the host per interval.</summary>
    internal IReadOnlyList<HostCounters> HostIntervals => _scan.HostIntervals;

    /// <summary>Reads a trace; null when it is none.</summary>
    /// <param name="content">Its decoded content.</param>
    /// <param name="tscHz">TSC frequency; null when unknown.</param>
    /// <param name="intervalS">Length of an interval in seconds.</param>
    /// <param name="findings">Receives contradictions, losses and damage.</param>
    /// <param name="bytes">Receives where the bytes went.</param>
    /// <param name="settings">How much may be held back, whose clocks are behind, and the method; the frequency stands above.</param>
    /// <param name="records">Receives every record; null for none.</param>
    /// <param name="spans">Makes who hears of every span of a state, given the clock of the trace; null for nobody.</param>
    /// <param name="cancellation">Stops reading.</param>
    internal static TraceReplay? Read(
        Stream content, double? tscHz, double intervalS, FindingLog findings, ByteAccount bytes, IngestSettings settings, RecordRows? records,
        Func<IntervalClock, StateSpans>? spans, CancellationToken cancellation)
    {
        // The two halves may run on two threads and share nothing but the feed.
        var replayed = new FindingLog(null);
        IntervalClock clock = new(tscHz, intervalS), scanClock = new(tscHz, intervalS);
        var states = new StateReplay(clock, replayed, spans?.Invoke(clock));
        var feed = new BlockFeed(content, findings);
        using var pipe = new MarkPipe(states, replayed, settings.MaxHeldBytes, feed.FetchAhead);
        var scan = new TraceScan(scanClock, clock, findings, pipe) { TscBehind = settings.TscBehind, Method = settings.Method };
        HeaderTable? headers = records is null
            ? XentraceReader.Read(feed, new ScanSink(scan), findings, bytes, settings.MaxHeldBytes, cancellation)
            : XentraceReader.Read(feed, new RecordingSink(scan, records), findings, bytes, settings.MaxHeldBytes, cancellation);
        records?.Complete();
        if (headers is null)
            return null;
        scan.Complete(feed.IsCut);
        pipe.Complete();
        states.Complete(scan.Pcpus.Max(p => unchecked(p.Last + p.Behind)));
        findings.Add(replayed);
        return new TraceReplay(scan, states, headers, clock);
    }

    internal HostCounters HostWhole()
    {
        var whole = new HostCounters();
        foreach (HostCounters interval in HostIntervals)
            whole.Add(interval);
        return whole;
    }

    private void Combine()
    {
        // Without run states all that the replay holds comes from who runs after a loss, which method C knows better.
        foreach (DomainReplay domain in Switched is null ? [] : _states.Domains)
            domain.Intervals.Clear();
        foreach (DomainScan domain in _scan.Domains)
            _states.DomainOf(domain.Domid).Intervals.Add(domain.Intervals);
        foreach ((int domid, SwitchDomain switched) in Switched ?? new Dictionary<int, SwitchDomain>())
            _states.DomainOf(domid).Intervals.Add(switched.Intervals);
        while (_scan.HostIntervals.Count <= Clock.Index)
            _scan.HostIntervals.Add(new HostCounters());

        // A last record exactly on an edge would open an interval without length, in which its counts have no rate.
        if (Clock.Index > 0 && Clock.Last == Clock.Start)
        {
            foreach (DomainReplay domain in Domains)
                domain.Intervals.Fold(Clock.Index);
            _scan.HostIntervals[Clock.Index - 1].Add(_scan.HostIntervals[Clock.Index]);
            _scan.HostIntervals.RemoveAt(Clock.Index);
        }
    }
}
