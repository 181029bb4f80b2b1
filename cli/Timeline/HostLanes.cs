using System.Globalization;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Ingest.Xentrace.Timeline;
using Colocate.Model.Tables;

namespace Colocate.Cli.Timeline;

/// <summary>
/// The lanes of one host: a lane a pcpu (who runs; a gap is idle), a group a domain with a lane a vcpu (its run state), lost records, and figures
/// per interval. Holds what grows with pcpus and vcpus only.
/// </summary>
/// <param name="packets">Where they are written.</param>
/// <param name="title">Name of the group that holds all of them.</param>
/// <param name="rank">Place of that group.</param>
/// <param name="nameOf">Name of a domain.</param>
/// <param name="window">What figures are wanted.</param>
/// <param name="heard">Told how far the trace was read, in ns.</param>
internal sealed class HostLanes(PacketStream packets, string title, int rank, Func<int, string> nameOf, TimelineWindow window, Action<long> heard) : ITimelineSink
{
    /// <summary>Places within the group: pcpus first, then what was lost, figures of the host, domains.</summary>
    private const int LostRank = 1_000_000, FigureRank = 2_000_000, DomainRank = 3_000_000;

    private readonly ulong _host = packets.AddTrack(null, title, rank);
    private readonly Dictionary<int, PcpuLane> _pcpus = [];
    private readonly Dictionary<int, ulong> _domains = [];
    private readonly Dictionary<(int Domid, int Vcpu), VcpuLane> _vcpus = [];
    private ulong? _lost;

    /// <inheritdoc/>
    public void OnState(in StateSpan span)
    {
        heard(span.ToNs);
        if (span.IsIdle)
            return;
        VcpuLane vcpu = VcpuOf(span.Domid, span.Vcpu);
        packets.Span(vcpu.Track, Names[(int)span.State], span.FromNs, span.ToNs);
        if (span.State != RunState.Running || span.Pcpu < 0)
            return;

        // A trace that contradicts itself has two vcpus run at once; the lane shows the one that left first, then the other.
        PcpuLane pcpu = PcpuOf(span.Pcpu);
        long from = Math.Max(span.FromNs, pcpu.EndNs);
        if (from >= span.ToNs)
            return;
        packets.Span(pcpu.Track, vcpu.Name, from, span.ToNs);
        pcpu.EndNs = span.ToNs;
    }

    /// <inheritdoc/>
    public void OnLoss(in LostRecords lost)
    {
        _lost ??= packets.AddTrack(_host, "lost records", LostRank);
        packets.Instant(_lost.Value, "lost records", lost.ToNs, ("records", lost.Records), ("pcpu", lost.Pcpu), ("lost_for_ns", lost.ToNs - lost.FromNs));
    }

    /// <summary>Writes the figures per interval that lie in the window; an unknown one is left out.</summary>
    internal void AddFigures(TraceTimeline timeline)
    {
        (string Name, string Unit, Func<HostIntervalRow, double?> Of)[] figures =
        [
            ("trace events", "1/s", r => r.EventsPerS), ("switches", "1/s", r => r.SwitchesPerS), ("pages exchanged", "1/s", r => r.PagesPerS),
            ("event-channel calls", "1/s", r => r.EventChannelPerS), ("busy share of all pcpus", "fraction", r => r.CpuFraction),
        ];
        foreach ((int i, (string name, string unit, Func<HostIntervalRow, double?> of)) in figures.Index())
            AddFigure(_host, name, FigureRank + i, unit, timeline.Host.Select(r => (r.StartS, r.WindowS, of(r))));
        foreach (IGrouping<int, DomainIntervalRow> rows in timeline.Domains.GroupBy(r => r.Domid).OrderBy(g => g.Key))
        {
            AddFigure(DomainOf(rows.Key), "cpu share of one pcpu", FigureRank, "fraction", rows.Select(r => (r.StartS, r.WindowS, r.CpuFraction)));
            AddFigure(DomainOf(rows.Key), "pages exchanged", FigureRank + 1, "1/s", rows.Select(r => (r.StartS, r.WindowS, r.PagesPerS)));
        }
    }

    private static string[] Names { get; } = ["running", "runnable", "blocked", "offline", "unknown: records lost"];

    private void AddFigure(ulong parent, string name, int rank, string unit, IEnumerable<(double StartS, double WindowS, double? Value)> values)
    {
        ulong? track = null;
        foreach ((double start, double length, double? value) in values)
        {
            long fromNs = (long)Math.Round(start * 1e9), toNs = (long)Math.Round((start + length) * 1e9);
            if (value is null || toNs <= window.FromNs || fromNs >= window.ToNs)
                continue;
            track ??= packets.AddCounter(parent, name, rank, unit);
            packets.Counter(track.Value, Math.Max(fromNs, window.FromNs), value.Value);
        }
    }

    private PcpuLane PcpuOf(int pcpu)
    {
        if (!_pcpus.TryGetValue(pcpu, out PcpuLane? lane))
            _pcpus.Add(pcpu, lane = new PcpuLane { Track = packets.AddTrack(_host, string.Create(CultureInfo.InvariantCulture, $"pcpu {pcpu}"), pcpu) });
        return lane;
    }

    private VcpuLane VcpuOf(int domid, int vcpu)
    {
        if (_vcpus.TryGetValue((domid, vcpu), out VcpuLane? lane))
            return lane;
        ulong track = packets.AddTrack(DomainOf(domid), string.Create(CultureInfo.InvariantCulture, $"vcpu {vcpu}"), vcpu);
        lane = new VcpuLane(track, string.Create(CultureInfo.InvariantCulture, $"{nameOf(domid)} vcpu {vcpu}"));
        _vcpus.Add((domid, vcpu), lane);
        return lane;
    }

    private ulong DomainOf(int domid)
    {
        if (!_domains.TryGetValue(domid, out ulong track))
            _domains.Add(domid, track = packets.AddTrack(_host, nameOf(domid), DomainRank + domid));
        return track;
    }

    private sealed class PcpuLane
    {
        internal required ulong Track { get; init; }

        /// <summary>End of the last span.</summary>
        internal long EndNs { get; set; }
    }

    private sealed record VcpuLane(ulong Track, string Name);
}
