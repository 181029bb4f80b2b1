using System.Text.Json;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;

namespace Colocate.Ingest.GuestTrace;

/// <summary>The other side of <see cref="GuestTraceFence"/>: reads one trace and tells what it says.</summary>
public static class GuestTraceWorker
{
    /// <summary>Reads a decoded trace to its end and writes one JSON document.</summary>
    /// <param name="trace">The trace from its first byte.</param>
    /// <param name="answer">Receives the document, in UTF-8.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static void Run(Stream trace, Stream answer, CancellationToken cancellation)
    {
        var nobody = new RunManifest { Run = "", Campaign = "", Kind = RunKind.Other, KindDeclared = "other", Host = new HostSpec { Pcpus = 1 }, Domains = [] };
        var context = new InputContext { Run = nobody, Settings = new IngestSettings(), Findings = new FindingLog(null) };
        var rows = new RowSink();
        new NettraceFormat().Read(trace, context, rows, cancellation);
        JsonSerializer.Serialize(answer, GuestTraceAnswer.Of(context, rows));
    }
}
