using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Benchmarks;

/// <summary>Hosts with one pcpu under full load: what calibrations and what-ifs simulate most.</summary>
public static class BusyHost
{
    private static readonly GuestScenario s_cpuBound = Guest("1kb", offeredPerS: 120, replyBytes: 1_024), s_cardBound = Guest("100kb", offeredPerS: 14, replyBytes: 102_400);

    /// <summary>CPU times as calibrations start from.</summary>
    public static HostParameters Parameters => HostParameters.Start;

    /// <summary>A base case: one guest that serves small replies.</summary>
    /// <param name="durationS">Seconds of load.</param>
    public static HostScenario Base(double durationS) => Host(durationS, s_cpuBound);

    /// <summary>A pair: one guest bound by its CPU, one by the card.</summary>
    /// <param name="durationS">Seconds of load.</param>
    public static HostScenario Pair(double durationS) => Host(durationS, s_cpuBound, s_cardBound);

    private static HostScenario Host(double durationS, params GuestScenario[] guests) => new() { Guests = guests, DurationS = durationS, NicMbit = 10, NicBurstBytes = 32_000 };

    private static GuestScenario Guest(string workload, double offeredPerS, long replyBytes) => new()
    {
        Domain = workload,
        Workload = workload,
        Client = new ClientSettings { Load = new OpenLoad(offeredPerS) { Poisson = true }, ReplyBytes = replyBytes },
    };
}
