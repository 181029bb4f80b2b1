using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using Microsoft.Diagnostics.Tracing;

namespace Colocate.Ingest.GuestTrace;

/// <summary>
/// The EventPipe trace (.nettrace) of an ASP.NET Core server in a guest: how long its requests took inside the server.
/// </summary>
/// <remarks>
/// <para>
/// Events are those of the provider Microsoft.AspNetCore.Hosting (<c>src/Hosting/Hosting/src/Internal/HostingEventSource.cs</c> of
/// dotnet/aspnetcore). A request's start and stop carry the same activity id, given that System.Threading.Tasks.TplEventSource was
/// collected with keyword 0x80 (TasksFlowActivityIds). Events without an id are paired by thread instead, the latest start with the
/// next stop, which loses every request that changed its thread; NT-NOACTIVITY tells.
/// </para>
/// <para>
/// The provider's events carry no status. A failed request is one with an unhandled exception; a reply of 500 that the application
/// chose to send is not seen.
/// </para>
/// <para>
/// Bytes count as parsed up to the end of the block whose reading released the last event (TraceEvent holds events back to order them);
/// a damaged or cut rest is skipped. TraceEvent reads the versions 3 to 6 of the format; those that begin with <c>Nettrace</c>, 4 and
/// later, are recognised.
/// </para>
/// </remarks>
public sealed class NettraceFormat : IInputFormat
{
    private const string HostingProvider = "Microsoft.AspNetCore.Hosting";
    private const int RequestStart = 3;
    private const int RequestStop = 4;
    private const int UnhandledException = 5;

    /// <summary>
    /// Longest time in ms that events may lie apart: a week. A damaged time stamp would otherwise ask for an interval row for every second
    /// up to it.
    /// </summary>
    private const double MaxWindowMs = 7 * 24 * 3600 * 1000.0;

    /// <inheritdoc/>
    public string Id => "nettrace";

    /// <inheritdoc/>
    public string Title => "Event trace of an ASP.NET Core server in a guest (.nettrace).";

    /// <inheritdoc/>
    public string Definition => "https://github.com/microsoft/perfview/blob/main/src/TraceEvent/EventPipe/NetTraceFormat.md";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public InputRole Role => InputRole.GuestTrace;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "NT";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<GuestResultRow>(), Table.Of<GuestIntervalRow>()];

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("Nettrace"u8);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        if (context.Settings.GuestTraceFence is { } fence)
            FencedReading.Read(content, context, rows, fence, cancellation);
        else
            ReadHere(content, context, rows, cancellation);
    }

    private static void ReadHere(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        using var stream = new CheckedBlocks(content, cancellation);
        using var source = new EventPipeEventSource(stream);
        var requests = new GuestRequests();
        double? firstMs = null;
        double lastMs = double.NegativeInfinity;
        long understood = 0;
        source.Dynamic.All += traced =>
        {
            cancellation.ThrowIfCancellationRequested();
            double timeMs = traced.TimeStampRelativeMSec;
            if (!(Math.Abs(timeMs - (firstMs ?? timeMs)) <= MaxWindowMs))
            {
                context.Findings.Add(DiagnosticCatalogue.NettraceDamaged, stream.Taken, detail: "an event's time lies more than a week off");
                return;
            }

            firstMs = Math.Min(firstMs ?? timeMs, timeMs);
            lastMs = Math.Max(lastMs, timeMs);
            context.Bytes.Records++;
            understood = stream.Whole;
            if (traced.ProviderName == HostingProvider)
                Take(traced, timeMs, requests, context);
        };

        try
        {
            source.Process();
            understood = stream.Whole;
        }
        catch (Exception e) when (e != stream.Fault && e is not (OperationCanceledException or OutOfMemoryException))
        {
            // TraceEvent has no exception of its own for damaged content: anything may come, and its messages depend on the culture.
            // The one for a later version is not public.
            DiagnosticKind kind = e.GetType().Name == "UnsupportedFormatVersionException" ? DiagnosticCatalogue.NettraceVersion : DiagnosticCatalogue.NettraceDamaged;
            context.Findings.Add(kind, stream.Taken, detail: e is InvalidDataException ? e.Message : e.GetType().Name);
        }

        Account(content, stream, understood, context, cancellation);
        if (source.EventsLost > 0)
            context.Findings.Add(DiagnosticCatalogue.NettraceLost, count: source.EventsLost);
        context.Bytes.LostRecords = source.EventsLost;
        if (requests.Unpaired > 0)
            context.Findings.Add(DiagnosticCatalogue.NettraceUnpaired, count: requests.Unpaired);
        if (requests.Paired + requests.Unpaired == 0)
            context.Findings.Add(DiagnosticCatalogue.NettraceNoRequests);
        if (firstMs is { } first)
            requests.AddRows(first, lastMs, context, rows);
    }

    private static void Take(TraceEvent traced, double timeMs, GuestRequests requests, InputContext context)
    {
        int id = (int)traced.ID;
        if (id is not (RequestStart or RequestStop or UnhandledException))
            return;
        bool hasActivity = traced.ActivityID != Guid.Empty;
        if (!hasActivity)
            context.Findings.Add(DiagnosticCatalogue.NettraceNoActivity);
        (Guid, long) request = hasActivity ? (traced.ActivityID, 0) : (Guid.Empty, traced.ThreadID);
        if (id == RequestStart)
            requests.Start(request, timeMs);
        else if (id == RequestStop)
            requests.Stop(request, timeMs);
        else
            requests.Fail(request);
    }

    /// <summary>Reads what TraceEvent left, so that every byte is accounted for.</summary>
    private static void Account(Stream content, CheckedBlocks stream, long understood, InputContext context, CancellationToken cancellation)
    {
        byte[] rest = new byte[64 * 1024];
        long left = 0;
        for (int read; (read = content.Read(rest)) > 0; left += read)
            cancellation.ThrowIfCancellationRequested();
        if (context.Bytes.Records == 0)
        {
            context.Bytes.SetAside = stream.Taken + left;
            return;
        }

        context.Bytes.Parsed = understood;
        context.Bytes.Skipped = stream.Taken - understood + left;
        if (context.Bytes.Skipped > 0 && !context.Findings.HasDataLoss)
            context.Findings.Add(DiagnosticCatalogue.NettraceDamaged, understood, detail: $"{context.Bytes.Skipped} bytes after the end of the trace");
    }
}
