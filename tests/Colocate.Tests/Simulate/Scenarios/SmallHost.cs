using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>
/// A host on which a request of 1 KiB takes about a millisecond of CPU: small enough for seconds of simulated time in a test. It has no
/// shaper, and a line of 100 Mbit/s that no guest fills.
/// </summary>
internal static class SmallHost
{
    public const long Second = 1_000_000_000;

    public static HostParameters Parameters { get; } = HostParameters.Start.With(
        (ParameterCatalogue.Switch, 5),
        (ParameterCatalogue.Upcall, 3),
        (ParameterCatalogue.Tick, 5),
        (ParameterCatalogue.DriverRound, 5),
        (ParameterCatalogue.DriverReceive, 20),
        (ParameterCatalogue.DriverTransmit, 20),
        (ParameterCatalogue.DriverPage, 10),
        (ParameterCatalogue.GuestRound, 5),
        (ParameterCatalogue.GuestReceive, 15),
        (ParameterCatalogue.GuestSegment, 20),
        (ParameterCatalogue.Request, 600),
        (ParameterCatalogue.RequestKb, 10),
        (ParameterCatalogue.Background, 50),
        (ParameterCatalogue.CardInterrupt, 20));

    public static HostScenario Scenario(double durationS, params GuestScenario[] guests) => new() { Guests = guests, DurationS = durationS, NicMbit = 100 };

    public static GuestScenario Loaded(double offeredPerS, long replyBytes = 1_024, bool poisson = true, double timeoutS = 10) => new()
    {
        Domain = "web",
        Workload = FormattableString.Invariant($"{replyBytes}B"),
        Client = new ClientSettings { Load = new OpenLoad(offeredPerS) { Poisson = poisson }, ReplyBytes = replyBytes, TimeoutS = timeoutS },
    };

    public static GuestScenario Idle() => new() { Domain = "quiet", Workload = "idle" };

    public static HostModel Model(HostScenario scenario) => new(scenario, Parameters);

    public static ScenarioResult Run(HostScenario scenario) => HostModel.Run(scenario, Parameters);

    /// <summary>What the next simulated time allocates, and how far it takes something that grows with it.</summary>
    public static (long Bytes, long Grown) Allocated(HostModel model, ref int atMs, int lengthMs, Func<long> size)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int ms = atMs;
        long grown = 0;
        long bytes = Allocations.Of(() =>
        {
            long before = size();
            for (int end = ms + lengthMs; ms < end;)
                model.AdvanceTo((ms += 100) * 1_000_000L, cancellation);
            grown = size() - before;
        });
        atMs = ms;
        return (bytes, grown);
    }

    public static double ThroughputOf(HostScenario scenario, int guest = 0) => Run(scenario).Guests[guest].ThroughputPerS!.Value;
}
