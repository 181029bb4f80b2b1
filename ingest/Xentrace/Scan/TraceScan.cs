using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Scan;

// What happens once a trace, an interval or a loss.
internal sealed partial class TraceScan
{
    private const int CacheSize = 64;

    private readonly FindingLog _findings;
    private readonly MarkPipe _pipe;
    private readonly Dictionary<int, DomainScan> _domains = [];
    private readonly DomainScan?[] _cache = new DomainScan?[CacheSize];
    private readonly List<HostCounters> _hostIntervals = [];
    private PcpuScan?[] _pcpus = new PcpuScan?[8];
    private PcpuClock _clock = new(0);

    private readonly IntervalClock _replayClock;

    /// <summary>True once a record told which domain has a pcpu.</summary>
    private bool _knowsWho;

    /// <summary>True once a scheduler record told that the trace is of Xen 3.2 or 3.3.</summary>
    private bool _isBefore34;

    /// <param name="clock">Cuts the trace into intervals.</param>
    /// <param name="replayClock">Clock of who gets the marks, to be begun with this one.</param>
    /// <param name="findings">Receives contradictions and losses.</param>
    /// <param name="pipe">Receives the changes of run states.</param>
    internal TraceScan(IntervalClock clock, IntervalClock replayClock, FindingLog findings, MarkPipe pipe) =>
        (Clock, _replayClock, _findings, _pipe, Accounts) = (clock, replayClock, findings, pipe, new SwitchAccounts(clock));

    internal IntervalClock Clock { get; }

    /// <summary>Cycles by which clocks of pcpus are behind, by pcpu; those of the others agree.</summary>
    internal IReadOnlyDictionary<int, ulong> TscBehind { get; init; } = new Dictionary<int, ulong>();

    internal TscCalibration Calibration { get; } = new();

    internal IReadOnlyCollection<DomainScan> Domains => _domains.Values;

    /// <summary>By which method metrics are asked for.</summary>
    internal MetricMethod Method { get; init; }

    /// <summary>Method C, until the first run-state record shows that method M has what it needs, where that is asked for.</summary>
    internal SwitchAccounts? Accounts { get; private set; }

    /// <summary>Counters of the host per interval.</summary>
    internal List<HostCounters> HostIntervals => _hostIntervals;

    /// <summary>Pcpus with a record.</summary>
    internal IEnumerable<PcpuScan> Pcpus => _pcpus.OfType<PcpuScan>();

    internal void Begin(ulong firstTsc)
    {
        Clock.Begin(firstTsc);
        _replayClock.Begin(firstTsc);
    }

    /// <summary>Takes a record of a run state for the end of method C, unless that is asked for: then false.</summary>
    private bool UseRunStates()
    {
        if (Accounts is not null && Method == MetricMethod.M)
            Accounts = null;
        return Accounts is null;
    }

    private PcpuScan PcpuOf(int pcpu)
    {
        if (pcpu >= _pcpus.Length)
            Array.Resize(ref _pcpus, Math.Max(pcpu + 1, _pcpus.Length * 2));
        return _pcpus[pcpu] ??= new PcpuScan(pcpu) { Behind = TscBehind.GetValueOrDefault(pcpu) };
    }

    private HostCounters HostAt(int interval)
    {
        while (_hostIntervals.Count <= interval)
            _hostIntervals.Add(new HostCounters());
        return _hostIntervals[interval];
    }

    /// <summary>A record of a switch, a wake or a sleep, while none of a run state was seen: it also tells who has the pcpu.</summary>
    private void OnAccounts(uint header, ulong tsc, ReadOnlySpan<uint> payload, long seen)
    {
        uint minor = header & 0xff;
        _isBefore34 |= (header & 0x0fffffff) >> 12 == EventIds.OldSchedBase >> 12;
        Accounts!.OnRecord(_on.Pcpu, minor, tsc, payload);
        if (minor != EventIds.SchedInfNext || payload.Length == 0 || payload[0] > EventIds.IdleDomain)
            return;

        // Sixteen bits, as in records of run states: what a damaged one has beyond them is no number of a vcpu.
        _on.Vcpu = payload.Length > 3 ? (int)(payload[1] & 0xffff) : 0;
        if (_on.Domain?.Domid != (int)payload[0])
            Enter(_on, (int)payload[0], seen);
    }

    /// <summary>What a record of the HVM class says first: before Xen 3.4 domain and vcpu stand before it (<c>HVMTRACE_ND</c> in <c>xen/include/asm-x86/hvm/trace.h</c>).</summary>
    private uint HvmWord(uint header, ref uint payload) => _isBefore34 && Words(header, ref payload) is [_, var second, ..] ? second : payload;
}
