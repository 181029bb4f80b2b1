using System.IO.Compression;
using System.Text.Json;
using Colocate.Ingest.Formats;
using Colocate.Ingest.GuestTrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.SystemTests.GuestTrace;

public sealed class NettraceOfKestrelTests
{
    /// <summary>Whoever runs the test may name a folder here; the trace and the client's counts are then written there as the sample.</summary>
    private const string WriteSampleTo = "COLOCATE_WRITE_SAMPLE";

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    [Fact]
    public async Task The_trace_of_a_server_agrees_with_its_client()
    {
        (byte[] trace, ClientCounts client, double leastS, double mostS) = await GuestServer.Record(requests: 300, perSecond: 100, TestContext.Current.CancellationToken);
        Write("aspnet-vm1", trace, client);
        (InputContext context, RowSink rows) = Ingest(trace);

        GuestResultRow result = Assert.Single(rows.Of<GuestResultRow>());
        Assert.Equal(300, client.Requests);
        Assert.Equal(client.Requests, result.Requests);
        Assert.Equal(0, result.UnpairedRequests);
        Assert.Equal(30, client.Failed);
        Assert.Equal(client.Failed, result.FailedRequests);
        Assert.InRange(result.ReplyP50Ms!.Value, 1e-3, client.P50Ms);
        Assert.InRange(result.ReplyP90Ms!.Value, result.ReplyP50Ms.Value, client.P90Ms);

        // Not the tail: the server writes a stop only after the reply has left, so one thread that loses the CPU there outlasts its client.
        Assert.InRange(result.WindowS, leastS, mostS);
        Assert.Equal(client.Requests, rows.Of<GuestIntervalRow>().Sum(r => r.Requests));
        Assert.Equal(trace.Length, context.Bytes.Parsed);
        Assert.Empty(context.Findings.ToList());
    }

    [Fact]
    public async Task A_short_trace_is_read_as_well()
    {
        (byte[] trace, ClientCounts client, _, _) = await GuestServer.Record(requests: 10, perSecond: 50, TestContext.Current.CancellationToken);
        Write("aspnet-short", trace, client);
        Assert.Equal((10, 1), (Assert.Single(Ingest(trace).Rows.Of<GuestResultRow>()).Requests, client.Failed));
    }

    private static (InputContext Context, RowSink Rows) Ingest(byte[] trace)
    {
        var context = new InputContext
        {
            Run = new RunManifest
            {
                Run = "kestrel",
                Campaign = "loopback",
                Kind = RunKind.Other,
                KindDeclared = "other",
                Host = new HostSpec { Pcpus = 1 },
                Domains = [],
            },
            Settings = new IngestSettings(),
            Findings = new FindingLog("aspnet-vm1.nettrace"),
        };
        var rows = new RowSink();
        new NettraceFormat().Read(new MemoryStream(trace), context, rows, TestContext.Current.CancellationToken);
        return (context, rows);
    }

    private static void Write(string name, byte[] trace, ClientCounts client)
    {
        if (Environment.GetEnvironmentVariable(WriteSampleTo) is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        using (var file = new GZipStream(File.Create(Path.Combine(folder, name + ".nettrace.gz")), CompressionLevel.SmallestSize))
            file.Write(trace);
        File.WriteAllText(Path.Combine(folder, name + ".client.json"), JsonSerializer.Serialize(client, s_json) + "\n");
    }
}
