using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace.Timeline;

/// <summary>Reads a trace as a timeline: every span of a run state as it ends, then figures per interval. Memory does not grow with the trace.</summary>
public sealed record TraceTimeline
{
    /// <summary>Metrics of the host per interval; all null when the trace has no run states.</summary>
    public required IReadOnlyList<HostIntervalRow> Host { get; init; }

    /// <summary>Metrics of each domain per interval.</summary>
    public required IReadOnlyList<DomainIntervalRow> Domains { get; init; }

    /// <summary>What is wrong with the trace.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Digest of the file; null when it vanished while it was read.</summary>
    public required InputDigest? Digest { get; init; }

    /// <summary>Reads a trace file, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">Names of domains and how many vcpus they have; other fields are not used.</param>
    /// <param name="tscHz">TSC frequency.</param>
    /// <param name="intervalS">Length of an interval of the figures, in seconds.</param>
    /// <param name="window">What the sink is to hear of; the figures are of all intervals.</param>
    /// <param name="sink">Hears of spans and losses while the trace is read.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The figures; null when the file is no trace.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TraceTimeline? Read(string path, RunManifest run, double tscHz, double intervalS, TimelineWindow window, ITimelineSink sink, CancellationToken cancellation)
    {
        InputFile file = InputFile.Find(Path.GetDirectoryName(Path.GetFullPath(path))!, "", Path.GetFileName(path), InputRole.Trace);
        var findings = new FindingLog(file.PathInLab);
        using DecodedStream content = file.OpenOnce(findings, out _);
        TraceReplay? replay = TraceReplay.Read(
            content, tscHz, intervalS, findings, new ByteAccount(), new IngestSettings(), null, clock => new StateSpans(clock, tscHz, window, sink), cancellation);
        if (replay is null)
            return null;
        file.TakeDigest(content);
        var rows = new RowSink();
        new TraceTables(run, replay, tscHz, "").AddTo(rows);
        return new TraceTimeline
        {
            Host = [.. rows.Of<HostIntervalRow>()], Domains = [.. rows.Of<DomainIntervalRow>()], Findings = findings.ToList(), Digest = file.Digest,
        };
    }
}
