using System.IO.Compression;
using System.Text.Json;
using Colocate.Ingest.GuestTrace;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.GuestTrace;

/// <summary>The committed sample, held against what the client that made the load counted.</summary>
public sealed class AspNetSampleTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "samples", "guest");

    [Fact]
    public void The_sample_agrees_with_its_client()
    {
        using JsonDocument counted = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "aspnet-vm1.client.json")));
        double Client(string figure) => counted.RootElement.GetProperty(figure).GetDouble();
        using var file = new GZipStream(File.OpenRead(Path.Combine(s_folder, "aspnet-vm1.nettrace.gz")), CompressionMode.Decompress);
        Reading reading = Reading.Of(new NettraceFormat(), file);

        GuestResultRow result = Assert.Single(reading.Rows.Of<GuestResultRow>());
        Assert.Equal(Client("requests"), result.Requests);
        Assert.Equal(Client("failed"), result.FailedRequests);
        Assert.Equal(Client("duration_s"), result.WindowS, 0.1);
        Assert.InRange(result.ReplyP50Ms!.Value, 0.001, Client("p50_ms"));
        Assert.InRange(result.ReplyP90Ms!.Value, result.ReplyP50Ms.Value, Client("p90_ms"));
        Assert.InRange(result.ReplyP99Ms!.Value, result.ReplyP90Ms.Value, Client("p99_ms"));
        Assert.InRange(result.ReplyMaxMs!.Value, result.ReplyP99Ms.Value, Client("max_ms"));
        Assert.Equal(Client("requests"), reading.Rows.Of<GuestIntervalRow>().Sum(r => r.Requests));
        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void The_reader_brings_no_native_helpers_of_Windows() => Assert.DoesNotContain(
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll", SearchOption.AllDirectories),
        p => Path.GetFileName(p).ToLowerInvariant() is "kerneltracecontrol.dll" or "msdia140.dll");
}
