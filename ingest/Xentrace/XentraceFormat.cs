using System.Buffers.Binary;
using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Xentrace.Events;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace;

/// <summary>Binary trace of the hypervisor, as <c>xentrace</c> of Xen 3.2 and later writes it.</summary>
public sealed class XentraceFormat : IInputFormat
{
    /// <summary>Length of the intervals in <c>domain_intervals</c> and <c>host_intervals</c>: the paper samples once a second.</summary>
    public const double IntervalS = 1;

    /// <summary>
    /// Content whose evidence of the TSC frequency is enough once there is as much as a median needs: some 1.5 million records, seconds of a busy host. Also what is held of a pipe,
    /// which cannot be read twice, so that it shows the same frequency as the file would.
    /// </summary>
    private const int CalibrationBytes = 32 << 20;

    /// <summary>Room for the rest of the window that is then being read.</summary>
    private const int WindowBytes = 2 << 20;

    /// <inheritdoc/>
    public string Id => "xentrace";

    /// <inheritdoc/>
    public string Title => "Hypervisor trace as xentrace of Xen 3.2 and later writes it.";

    /// <inheritdoc/>
    public string Definition => "https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=xen/include/public/trace.h";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly =>
    [
        "layouts before Xen 4.8", "traces without run states (method C)", "page flips", "shadow paging", "nested guests", "lost records", "exits of AMD guests", "more than 8 pcpus",
        "schedulers other than credit and credit2", "power management and idle states", "moves of interrupts", "records that guests insert (GUEST)", "domains created, destroyed and shut down",
        "populate-on-demand and changes of p2m", "clocks of pcpus that are apart (TSC skew)",
    ];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Trace;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "XT";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } =
    [
        Table.Of<TraceEventRow>(), Table.Of<RecordRow>(), Table.Of<TraceCallRow>(), Table.Of<VcpuStateRow>(), Table.Of<PcpuStateRow>(), Table.Of<DomainDurationRow>(), Table.Of<DomainMetricsRow>(), Table.Of<DomainIntervalRow>(),
        Table.Of<HostMetricsRow>(), Table.Of<HostIntervalRow>(),
    ];

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => head.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(head) == EventIds.CpuChangeHeader;

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        (double? hz, string? source, string noFrequency) = FrequencyKnown(ref content, context, cancellation);
        RecordRows? records = context is { Settings.Events: { } selection, BeginTable: { } begin }
            ? new RecordRows(new RecordFilter(selection, context.Run, hz), hz, begin(Table.Of<RecordRow>()))
            : null;
        TraceReplay? replay = TraceReplay.Read(content, hz, IntervalS, context.Findings, context.Bytes, context.Settings, records, null, cancellation);
        if (replay is null)
        {
            context.Findings.Add(DiagnosticCatalogue.TraceNotTrace);
            return;
        }

        context.Bytes.LostRecords = replay.HostWhole().LostRecords;
        CheckFrequency(context, replay, hz, source, noFrequency);
        CheckEvents(context, replay);
        if (replay.Releases.Excludes(context.Run.Host.Hypervisor))
            context.Findings.Add(DiagnosticCatalogue.TraceOtherXen, detail: $"the manifest names {context.Run.Host.Hypervisor}, the records are {replay.Releases}");
        context.Trace = new TraceFacts { TscHz = hz, TscHzSource = source, XenMin = replay.Releases.Least, XenMax = replay.Releases.Most };
        new TraceTables(context.Run, replay, hz, noFrequency).AddTo(rows);
        new UseTables(context.Run, replay, hz, noFrequency).AddTo(rows);
    }

    /// <summary>Option, else manifest, else a first pass over the trace for its own evidence; never an assumption.</summary>
    private static (double? Hz, string? Source, string Reason) FrequencyKnown(ref Stream content, InputContext context, CancellationToken cancellation)
    {
        if (context.Settings.TscHz is { } option)
            return (option, "option", "");
        if (context.Run.Host.TscHz is { } manifest)
            return (manifest, "manifest", "");
        var calibration = new TscCalibration();
        string shows = "the trace";
        if (context.Reopen is { } reopen)
        {
            using Stream again = reopen();
            Calibrate(calibration, again, context, cancellation);
        }
        else
        {
            byte[] head = new byte[CalibrationBytes + WindowBytes];
            ReadOnlyMemory<byte> read = head.AsMemory(0, content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
            Calibrate(calibration, new HeadStream(read, Stream.Null), context, cancellation);
            content = new HeadStream(read, content) { LeavesOpen = true };
            shows = read.Length == head.Length ? "its first 32 MiB, more of which a pipe does not allow to hold," : shows;
        }

        double? hz = calibration.Estimate(out string reason);
        return hz is null ? (null, null, $"no TSC frequency is given, and {shows} does not show it: {reason}") : (hz, "calibrated", "");
    }

    private static void Calibrate(TscCalibration calibration, Stream content, InputContext context, CancellationToken cancellation)
    {
        var unheard = new FindingLog(null);
        var feed = new BlockFeed(content, unheard);
        XentraceReader.Read(
            feed, new CalibrationSink(calibration), unheard, new ByteAccount(), context.Settings.MaxHeldBytes, cancellation,
            () => calibration.IsFull || (feed.Offset > CalibrationBytes && calibration.Runs >= TscCalibration.MinRuns));
    }

    private static void CheckFrequency(InputContext context, TraceReplay replay, double? hz, string? source, string noFrequency)
    {
        if (hz is null)
            context.Findings.Add(DiagnosticCatalogue.TraceNoFrequency, detail: noFrequency);
        else if (source != "calibrated" && replay.Calibration.Estimate(out _) is { } own && Math.Abs(own / hz.Value - 1) > 0.01)
            context.Findings.Add(DiagnosticCatalogue.TraceFrequencyDiffers, detail: string.Create(CultureInfo.InvariantCulture, $"given {hz:F0} Hz, the trace shows {own:F0} Hz"));
    }

    private static void CheckEvents(InputContext context, TraceReplay replay)
    {
        if (!replay.HasRunstates && replay.Switched is null)
            context.Findings.Add(DiagnosticCatalogue.TraceNoScheduler);
        else if (!replay.HasRunstates && context.Settings.Method == MetricMethod.M)
            context.Findings.Add(DiagnosticCatalogue.TraceMethodC);
        if (replay.IsOverfull || TraceTables.IntervalsStored(replay) < replay.HostIntervals.Count)
            context.Findings.Add(DiagnosticCatalogue.TraceLong);
        long unknown = replay.Uncounted + replay.Events.Where(e => replay.Names.Find(e.EventId) is null).Sum(e => e.Records);
        if (unknown > 0)
            context.Findings.Add(DiagnosticCatalogue.TraceUnknownEvent, count: unknown);
    }
}
