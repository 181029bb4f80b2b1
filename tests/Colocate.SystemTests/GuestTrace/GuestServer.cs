using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Extensions.Logging;

namespace Colocate.SystemTests.GuestTrace;

/// <summary>A real Kestrel server on the loopback, and a client that loads it and counts, while the process traces itself.</summary>
public static class GuestServer
{
    /// <summary>TasksFlowActivityIds of TplEventSource: without it a request's stop does not carry its start's activity id.</summary>
    private const long TasksFlowActivityIds = 0x80;

    private static readonly int[] s_replySizes = [1024, 10 * 1024, 100 * 1024];

    /// <summary>Sends <paramref name="requests"/> requests at a steady rate, every tenth to an endpoint that throws.</summary>
    /// <param name="requests">How many.</param>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="cancellation">Ends it all.</param>
    /// <returns>The bytes of the .nettrace, what the client counted, and between which lengths the trace must be however slow the machine is: from the first reply to the last
    /// request the server ran, and no event is older or younger than the session.</returns>
    public static async Task<(byte[] Trace, ClientCounts Counts, double LeastS, double MostS)> Record(int requests, int perSecond, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication server = builder.Build();
        server.MapGet("/bytes/{size:int}", (int size) => Results.Bytes(new byte[size]));
        server.MapGet("/fails", void () => throw new InvalidOperationException("the endpoint that fails"));
        await server.StartAsync(cancellation);

        EventPipeProvider[] providers =
        [
            new("Microsoft.AspNetCore.Hosting", EventLevel.Informational, (long)EventKeywords.All),
            new("System.Threading.Tasks.TplEventSource", EventLevel.Informational, TasksFlowActivityIds),
        ];
        var tracing = Stopwatch.StartNew();
        using EventPipeSession session = new DiagnosticsClient(Environment.ProcessId)
            .StartEventPipeSession(providers, requestRundown: false, circularBufferMB: 16);
        using var trace = new MemoryStream();
        Task copy = session.EventStream.CopyToAsync(trace, cancellation);

        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()), Timeout = TimeSpan.FromSeconds(10) };
        var clock = Stopwatch.StartNew();
        var replies = new List<Task<(double Ms, int Status, double AtS)>>();
        double lastSentS = 0;
        using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond)))
        {
            for (int i = 0; i < requests && await timer.WaitForNextTickAsync(cancellation); i++)
            {
                lastSentS = clock.Elapsed.TotalSeconds;
                replies.Add(Send(client, i % 10 == 9 ? "/fails" : string.Create(CultureInfo.InvariantCulture, $"/bytes/{s_replySizes[i % 3]}"), clock, cancellation));
            }
        }

        (double Ms, int Status, double AtS)[] counted = await Task.WhenAll(replies);
        double durationS = clock.Elapsed.TotalSeconds;

        // The reply may reach the client before the server has written its stop event.
        await server.StopAsync(cancellation);
        await session.StopAsync(cancellation);
        await copy;
        return (trace.ToArray(), ClientCounts.Of([.. counted.Select(c => (c.Ms, c.Status))], durationS), lastSentS - counted.Min(c => c.AtS), tracing.Elapsed.TotalSeconds);
    }

    private static async Task<(double Ms, int Status, double AtS)> Send(HttpClient client, string path, Stopwatch clock, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage reply = await client.GetAsync(path, cancellation);
        await reply.Content.ReadAsByteArrayAsync(cancellation);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (int)reply.StatusCode, clock.Elapsed.TotalSeconds);
    }
}
