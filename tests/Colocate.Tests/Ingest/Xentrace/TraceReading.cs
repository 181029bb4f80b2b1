using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using ZstdSharp;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Reads a trace through the real format.</summary>
internal static class TraceReading
{
    internal static Stream Open(string path) =>
        path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(File.OpenRead(path)) : File.OpenRead(path);

    internal static (RowSink Rows, InputContext Context) Read(Func<Stream> open, RunManifest? run = null, IngestSettings? settings = null)
    {
        var rows = new RowSink();
        var context = new InputContext
        {
            Run = run ?? Unnamed(), Settings = settings ?? new IngestSettings(), Findings = new FindingLog("trace"), Reopen = open,
        };
        using Stream content = open();
        new XentraceFormat().Read(content, context, rows, CancellationToken.None);
        Reading.MakeRows(rows);
        return (rows, context);
    }

    internal static RunManifest Manifest(string runFolder)
    {
        RunManifest? run = ManifestReader.Parse(File.ReadAllBytes(Path.Combine(runFolder, ManifestReader.FileName)), "run", out IReadOnlyList<ManifestProblem> problems);
        Assert.Empty(problems);
        return run!;
    }

    internal static RunManifest Unnamed(string? events = null, double? tscHz = null) => new()
    {
        Run = "r", Campaign = "c", Kind = RunKind.Other, KindDeclared = "other", Host = new HostSpec { Pcpus = 1, TscHz = tscHz },
        Trace = new TraceSpec { File = "trace", Events = events }, Domains = [],
    };
}
