using System.Globalization;
using Colocate.Cli.Progress;
using Colocate.Cli.Timeline;
using Colocate.Ingest.Xentrace.Timeline;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Cli.Pipeline;

/// <summary>Writes a Perfetto trace of one run, and of its simulation beside it.</summary>
/// <param name="window">The part of the run that is wanted.</param>
/// <param name="intervalS">Length of an interval of the figures, in seconds.</param>
/// <param name="progress">Hears how far the traces were read.</param>
internal sealed class TimelineFile(TimelineWindow window, double intervalS, ProgressDisplay progress)
{
    /// <summary>Simulated traces are written with a TSC of this frequency.</summary>
    private const double SimulatedHz = Simulate.Readout.Xentrace.XentraceWriter.DefaultTscHz;

    /// <summary>Perfetto's viewer loads all of a trace into memory; above this it needs patience, or more than a browser has.</summary>
    private const long LargeBytes = 512L << 20;

    /// <summary>Bytes of the file written last.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Writes the file, all of it or nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="measured">The measured run.</param>
    /// <param name="simulated">Trace of its simulation; null for none.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <exception cref="RequestException">A trace is none, or not the one that was ingested.</exception>
    internal void Write(string path, LakeTrace measured, string? simulated, CancellationToken cancellation)
    {
        WholeFile.Write(path, stream =>
        {
            var packets = new PacketStream(stream, measured.Start);
            TraceTimeline timeline = Add(packets, measured.Path, measured.Run, measured.TscHz, "measured", 0, measured.LengthS, cancellation);
            if (timeline.Digest?.Hex != measured.Digest)
                throw new RequestException(ExitCode.NothingMatched, $"The trace '{measured.Path}' is not the one that was ingested: its content differs", "ingest the lab again, or say with --lab where the old one lies");
            if (simulated is not null)
                Add(packets, simulated, Simulated(measured.Run), SimulatedHz, "simulated", 1, measured.LengthS, cancellation);
            Bytes = packets.Bytes;
        });
        if (Bytes > LargeBytes)
            progress.Warn(string.Create(CultureInfo.InvariantCulture, $"{path} has {Bytes >> 20} MB: the viewer loads all of it into memory; cut a part out with --from and --to"));
    }

    private TraceTimeline Add(PacketStream packets, string path, RunManifest run, double tscHz, string origin, int rank, double? lengthS, CancellationToken cancellation)
    {
        int totalMs = (int)Math.Min((lengthS ?? 0) * 1e3, int.MaxValue);
        long nextNs = 0;
        var lanes = new HostLanes(packets, $"{run.Run}, {origin}", rank, domid => run.Domains.FirstOrDefault(d => d.Domid == domid)?.Name ?? FormattableString.Invariant($"dom{domid}"), window, atNs =>
        {
            if (atNs < nextNs)
                return;
            nextNs = atNs + 10_000_000;
            progress.Report(origin + " trace", (int)Math.Min(atNs / 1_000_000, totalMs), totalMs, "ms");
        });
        TraceTimeline timeline = TraceTimeline.Read(path, run, tscHz, intervalS, window, lanes, cancellation)
            ?? throw new RequestException(ExitCode.NothingMatched, $"'{path}' is not a trace of xentrace", "give a trace that `simulate --xentrace` wrote");
        lanes.AddFigures(timeline);
        return timeline;
    }

    /// <summary>Simulated domains are numbered from 1 in the order in which the run lists those that took part.</summary>
    private static RunManifest Simulated(RunManifest run)
    {
        DomainSpec[] guests = [.. run.Domains.Where(d => !d.IsDriver && d.Domid is not null)];
        return run with { Domains = [.. run.Domains.Where(d => d.IsDriver).Select(d => d with { Domid = 0 }), .. guests.Select((g, i) => g with { Domid = i + 1 })] };
    }
}
