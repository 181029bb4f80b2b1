using Colocate.Model.Metrics;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Machine;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Simulate.Scenarios;

namespace Colocate.SystemTests.Simulate;

/// <summary>Xen's own analyser reads the trace of a simulated run, and finds in it what the simulator counted.</summary>
public sealed class XenalyzeTests : IDisposable
{
    private const int EventChannelOp = 32;
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(1, 0, 0.0)]
    [InlineData(1, 0.6, 0.15)]
    [InlineData(2, 0, 0.0)]
    public void Run_states_and_notifications_agree_with_xenalyze(int pcpus, double startS, double capFraction)
    {
        string? xenalyze = Xenalyze.Find();
        Assert.SkipWhen(xenalyze is null, "xenalyze is not installed (Debian: apt-get install xen-utils-common): nobody but ingest reads the trace.");
        var scenario = new HostScenario { Guests = [Loaded(12, 1_024) with { CapFraction = capFraction }, Loaded(2, 51_200), Loaded(5, 10_240)], DurationS = 8, WindowStartS = startS, NicMbit = 100, Pcpus = pcpus };
        var model = new HostModel(scenario, HostParameters.Start);
        StaysSeen seen;
        ScenarioResult result;
        using (FileStream file = File.Create(_path))
        {
            seen = new StaysSeen(new XentraceWriter(file, model.VcpuIds, pcpus));
            result = model.Run(seen, TestContext.Current.CancellationToken);
        }

        string[] summary = Xenalyze.Summary(xenalyze!, _path);
        var states = Xenalyze.RunStates(summary);
        int compared = 0;
        foreach (((int vcpu, RunState state), long ns) in seen.Ns.Where(s => s.Value > 0))
        {
            (long count, long ticks) = states[(vcpu, 0, state.ToString().ToLowerInvariant())];
            // One pcpu: to the rounding of averages. More: beside it a tick for each record that comes after one of another pcpu.
            Assert.InRange(ticks, ns - count - (pcpus == 1 ? 0 : 1e-4 * ns), ns + (pcpus == 1 ? 0 : 1e-4 * ns));
            compared++;
        }

        Assert.Equal(capFraction > 0 ? 13 : 12, compared);
        DomainActivity[] domains = [result.Driver, .. result.Guests.Select(g => g.Activity)];
        Assert.Equal(domains.Select((d, i) => (i, d.EventChannelCalls!.Value)), Xenalyze.Hypercalls(summary, EventChannelOp).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    }

    private static GuestScenario Loaded(double offeredPerS, long replyBytes) => new()
    {
        Domain = "web",
        Workload = "web",
        Client = new ClientSettings { Load = new OpenLoad(offeredPerS) { Poisson = true }, ReplyBytes = replyBytes, TimeoutS = 10 },
    };
}
