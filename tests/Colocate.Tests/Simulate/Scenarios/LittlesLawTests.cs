using Colocate.Simulate.Clients;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>
/// Little's law over a whole host: mean number in flight = rate x mean time. It holds for any path as a sum of times, so it is exact but for
/// those in flight at the two ends and for the sampling.
/// </summary>
public sealed class LittlesLawTests
{
    private const long StepNs = 200_000;

    /// <summary>Unsaturated: nobody gives up. 4 000 connections of a few ms; a sample each 0.2 ms.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void Connections_in_flight_are_rate_times_connect_and_reply_time(double offeredPerS)
    {
        Sampled s = Sample(SmallHost.Loaded(offeredPerS), warmUpS: 1, seconds: 10);
        Assert.Equal((0, 0), (s.TimeOuts, s.Dropped));
        Assert.Equal(s.ConnectS + s.ReplyS, s.InFlightS, 0.01 * s.InFlightS);
        Assert.Equal(offeredPerS, s.Replies / s.Seconds, 4 * Math.Sqrt(offeredPerS / s.Seconds));
    }

    /// <summary>
    /// Saturated: who is not let in gives up after the time-out. Rounds of the time-out hold as many connections at either end, so what began
    /// before and ends after the stretch cancels out but for chance.
    /// </summary>
    [Fact]
    public void Of_a_saturated_guest_those_who_give_up_count_with_the_time_out()
    {
        const double TimeoutS = 0.9;
        Sampled s = Sample(SmallHost.Loaded(2_000, timeoutS: TimeoutS), warmUpS: 4, seconds: 20);
        Assert.True(s.TimeOuts > s.Replies / 2);
        Assert.Equal(s.ConnectS + s.ReplyS + (s.TimeOuts * TimeoutS), s.InFlightS, 0.01 * s.InFlightS);
        Assert.Equal(s.Connections, s.Replies + s.TimeOuts, 0.01 * s.Connections);
    }

    /// <summary>More than one in flight waits for the same vcpu, so a loaded guest answers later.</summary>
    [Fact]
    public void Reply_times_grow_with_the_load()
    {
        double[] times = [.. new double[] { 100, 400, 600, 750 }.Select(rate => SmallHost.Run(SmallHost.Scenario(4, SmallHost.Loaded(rate))).Guests[0].ReplyMs!.Value)];
        Assert.Equal(times.Order(), times);
        Assert.True(times[^1] > 1.5 * times[0]);
    }

    private static Sampled Sample(GuestScenario guest, int warmUpS, int seconds)
    {
        HostModel model = SmallHost.Model(SmallHost.Scenario(warmUpS + seconds, guest));
        WebClient client = model.Clients[0]!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        model.AdvanceTo(warmUpS * SmallHost.Second, cancellation);
        Sampled before = Totals();
        double inFlight = 0;
        long samples = seconds * SmallHost.Second / StepNs;
        for (long i = 0; i < samples; i++)
        {
            model.AdvanceTo((warmUpS * SmallHost.Second) + (i * StepNs), cancellation);
            inFlight += client.InFlight;
        }

        Sampled after = Totals();
        return new Sampled(
            seconds, inFlight / samples * seconds, after.Connections - before.Connections, after.Replies - before.Replies, after.TimeOuts - before.TimeOuts,
            after.Dropped - before.Dropped, after.ConnectS - before.ConnectS, after.ReplyS - before.ReplyS);

        Sampled Totals() => new(0, 0, client.Connections, client.Replies, client.TimeOuts, model.Guests[0].SynsDropped, client.ConnectNs * 1e-9, client.ReplyNs * 1e-9);
    }

    /// <summary>What happened within a stretch; times are sums.</summary>
    private sealed record Sampled(int Seconds, double InFlightS, long Connections, long Replies, long TimeOuts, long Dropped, double ConnectS, double ReplyS);
}
