using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Colocate.SystemTests.Cli;

/// <summary>A running program as dotnet-counters and dotnet-trace see it: recorded by the diagnostics client, read by TraceEvent.</summary>
public sealed class SelfObservationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("colocate-observed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_ingest_tells_its_stages_and_how_fast_it_reads()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Process process = ColocateProcess.Start("ingest", SampleLabTests.Lab, "--lake", Path.Combine(_folder, "lake"), "--jobs", "1");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), talk = process.StandardError.ReadToEndAsync(cancellation);
        string trace = Path.Combine(_folder, "colocate.nettrace");
        await using (FileStream file = File.Create(trace))
        {
            using EventPipeSession session = await ConnectAsync(process, cancellation);
            await session.EventStream.CopyToAsync(file, cancellation);
        }

        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, await talk);
        var stages = new List<(string Event, string Stage)>();
        var totals = new Dictionary<string, double>();
        using var source = new EventPipeEventSource(trace);
        source.Dynamic.All += e =>
        {
            if (e.ProviderName != "Colocate")
                return;
            if (e.EventName.StartsWith("Stage", StringComparison.Ordinal))
                stages.Add((e.EventName.Replace("/", "", StringComparison.Ordinal), (string)e.PayloadByName("stage")));
            if (e.EventName == "EventCounters" && e.PayloadValue(0) is IDictionary<string, object> payload && payload["Payload"] is IDictionary<string, object> counter)
                totals[(string)counter["Name"]] = totals.GetValueOrDefault((string)counter["Name"]) + Convert.ToDouble(counter["Increment"], System.Globalization.CultureInfo.InvariantCulture);
        };
        source.Process();

        Assert.Equal(("StageStart", "ingest"), stages[0]);
        Assert.Contains(("StageStop", "ingest"), stages);
        Assert.Equal(["bytes-read", "events-simulated", "records-read", "runs-done"], totals.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(totals["runs-done"], 1, 122);
        Assert.True(totals["records-read"] > 1000 && totals["bytes-read"] > 4 * totals["records-read"], string.Join(", ", totals));
        Assert.Equal(0, totals["events-simulated"]);
        Assert.Contains("\"done\":122", await output, StringComparison.Ordinal);
    }

    /// <summary>The runtime opens its port a moment after the process has begun.</summary>
    private static async Task<EventPipeSession> ConnectAsync(Process process, CancellationToken cancellation)
    {
        EventPipeProvider[] providers = [new("Colocate", EventLevel.Informational, -1, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" })];
        while (true)
        {
            Assert.False(process.HasExited, "the program ended before anybody could listen");
            try
            {
                return await new DiagnosticsClient(process.Id).StartEventPipeSessionAsync(providers, requestRundown: false, circularBufferMB: 16, cancellation);
            }
            catch (ServerNotAvailableException)
            {
                await Task.Delay(20, cancellation);
            }
        }
    }
}
