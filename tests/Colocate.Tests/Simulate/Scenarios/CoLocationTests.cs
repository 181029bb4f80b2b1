using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;
using CsCheck;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>What guests do to each other on a whole host, where the answer is known beforehand.</summary>
public sealed class CoLocationTests
{
    private const double Saturating = 1_500;

    [Fact]
    public void Two_equal_guests_get_the_same()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(6, SmallHost.Loaded(Saturating, timeoutS: 2), SmallHost.Loaded(Saturating, timeoutS: 2)));
        double[] each = [.. result.Guests.Select(g => g.ThroughputPerS!.Value)];
        Assert.Equal(each[0], each[1], 0.05 * each[0]);
        Assert.Equal(result.Guests[0].Activity.RunningTicks, result.Guests[1].Activity.RunningTicks, 0.05 * result.Guests[0].Activity.RunningTicks);
        Assert.True(each.Sum() < 1.05 * SmallHost.ThroughputOf(SmallHost.Scenario(6, SmallHost.Loaded(Saturating, timeoutS: 2))));
    }

    [Fact]
    public void An_idle_guest_takes_little()
    {
        HostScenario alone = SmallHost.Scenario(6, SmallHost.Loaded(Saturating, timeoutS: 2));
        double without = SmallHost.ThroughputOf(alone), with = SmallHost.ThroughputOf(alone with { Guests = [.. alone.Guests, SmallHost.Idle()] });
        Assert.InRange(with, 0.97 * without, 1.01 * without);
    }

    [Fact]
    public void A_guest_of_less_weight_gets_less()
    {
        GuestScenario guest = SmallHost.Loaded(Saturating, timeoutS: 2);
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(6, guest with { Weight = 512 }, guest with { Weight = 128 }) with { DriverWeight = 2_048 });
        Assert.InRange(result.Guests[0].ThroughputPerS!.Value / result.Guests[1].ThroughputPerS!.Value, 1.5, 5);
    }

    [Fact]
    public void A_capped_guest_uses_no_more_than_its_cap()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(6, SmallHost.Loaded(Saturating, timeoutS: 2) with { CapFraction = 0.3 }));
        Assert.Equal(0.3, result.Guests[0].Activity.RunningTicks / 6e9, 0.01);
        Assert.True(result.Guests[0].Activity.OfflineTicks > 2e9);
    }

    [Fact]
    public void A_guest_below_saturation_beside_a_saturated_one_still_gets_what_it_asks_for()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(6, SmallHost.Loaded(50, poisson: false), SmallHost.Loaded(Saturating, timeoutS: 2)));
        Assert.Equal(50, result.Guests[0].ThroughputPerS!.Value, 1.0);
    }

    /// <summary>Work in both domains between the packets of a request, and the other guest never blocks for long: the rate limit shows.</summary>
    [Fact]
    public void Without_a_rate_limit_a_light_guest_beside_a_saturated_one_is_served_sooner()
    {
        HostScenario scenario = SmallHost.Scenario(6, SmallHost.Loaded(50), SmallHost.Loaded(Saturating, timeoutS: 2));
        double limited = Reply(scenario), unlimited = Reply(scenario with { Scheduler = new SchedulerSettings { RatelimitUs = 0 } }), wide = Reply(scenario with { Scheduler = new SchedulerSettings { RatelimitUs = 5_000 } });
        double alone = Reply(SmallHost.Scenario(6, SmallHost.Loaded(50)));
        Assert.True(alone < unlimited && unlimited < limited && limited < wide, $"{alone} alone, {unlimited} without limit, {limited} with 1 ms, {wide} with 5 ms");

        static double Reply(HostScenario scenario) => SmallHost.Run(scenario).Guests[0].ReplyMs!.Value;
    }

    /// <summary>A little more than twice as much: a less overloaded guest drops fewer SYNs.</summary>
    [Fact]
    public void A_second_pcpu_serves_a_second_guest()
    {
        HostScenario one = SmallHost.Scenario(6, SmallHost.Loaded(Saturating, timeoutS: 2), SmallHost.Loaded(Saturating, timeoutS: 2));
        ScenarioResult first = SmallHost.Run(one), second = SmallHost.Run(one with { Pcpus = 2 });
        Assert.InRange(second.Guests.Sum(g => g.ThroughputPerS!.Value) / first.Guests.Sum(g => g.ThroughputPerS!.Value), 1.8, 2.4);
    }

    /// <summary>50 replies of 100 KiB per second are 5.4 MB/s on the line; the rates are below that.</summary>
    [Fact]
    public void More_rate_of_the_card_never_lowers_the_throughput_of_a_guest_bound_by_it() => Gen.Select(Gen.Double[4, 30], Gen.Double[1.05, 3], Gen.Bool, Gen.Long[1, 1_000]).Sample(
        (mbit, factor, shaped, seed) =>
        {
            HostScenario scenario = SmallHost.Scenario(4, SmallHost.Loaded(50, 102_400, timeoutS: 2)) with { NicBurstBytes = shaped ? 6_000 : null, NicQueueBytes = 100_000, Seed = seed };
            double slow = SmallHost.ThroughputOf(scenario with { NicMbit = mbit }), fast = SmallHost.ThroughputOf(scenario with { NicMbit = mbit * factor });
            Assert.True(fast >= slow, $"{slow} at {mbit} Mbit/s, {fast} at {mbit * factor}");
        },
        iter: 10, threads: 1);

    /// <summary>10 Mbit/s and a burst of 10 000 bytes for a guest that could send several times as much.</summary>
    [Fact]
    public void A_shaped_guest_sends_at_most_burst_and_rate_and_all_of_it_when_saturated()
    {
        const double BytesPerS = 10e6 / 8;
        const long Burst = 10_000;
        HostModel model = SmallHost.Model(SmallHost.Scenario(6, SmallHost.Loaded(100, 102_400, timeoutS: 2)) with { NicMbit = 10, NicBurstBytes = Burst });
        List<(double S, long Bytes)> sent = [];
        for (int ms = 0; ms <= 6_000; ms += 10)
        {
            model.AdvanceTo(ms * 1_000_000L, TestContext.Current.CancellationToken);
            sent.Add((ms / 1e3, model.Card.BytesSent));
        }

        for (int first = 0; first < sent.Count; first++)
        {
            for (int last = first; last < sent.Count; last++)
                Assert.True(sent[last].Bytes - sent[first].Bytes <= Burst + (BytesPerS * (sent[last].S - sent[first].S)) + 1);
        }

        Assert.Equal(5 * BytesPerS, sent[^1].Bytes - sent[100].Bytes, 0.005 * 5 * BytesPerS);
    }

    [Fact]
    public void A_guest_bound_by_the_line_reaches_its_rate()
    {
        HostModel model = SmallHost.Model(SmallHost.Scenario(6, SmallHost.Loaded(100, 102_400, timeoutS: 2)) with { NicMbit = 10 });
        model.AdvanceTo(SmallHost.Second, TestContext.Current.CancellationToken);
        (long packets, long bytes) = (model.Card.PacketsSent, model.Card.BytesSent);
        model.AdvanceTo(6 * SmallHost.Second, TestContext.Current.CancellationToken);
        // A frame takes 24 bytes more on the line.
        Assert.Equal(5 * 10e6 / 8, model.Card.BytesSent - bytes + (24 * (model.Card.PacketsSent - packets)), 3_100.0);
    }

    [Fact]
    public void At_half_the_speed_the_same_load_takes_twice_the_CPU_time()
    {
        HostScenario scenario = SmallHost.Scenario(4, SmallHost.Loaded(100, poisson: false));
        ScenarioResult full = SmallHost.Run(scenario), half = SmallHost.Run(scenario with { CpuSpeed = 0.5 });
        Assert.Equal(2, (double)half.Guests[0].Activity.RunningTicks / full.Guests[0].Activity.RunningTicks, 0.05);
        Assert.Equal(2, (double)half.Driver.RunningTicks / full.Driver.RunningTicks, 0.05);
    }

    [Fact]
    public void Cold_caches_after_a_switch_cost_throughput_alone_and_in_a_pair()
    {
        HostParameters cold = SmallHost.Parameters.With((ParameterCatalogue.Cold, 100));
        GuestScenario guest = SmallHost.Loaded(Saturating, timeoutS: 2);
        double Lost(params GuestScenario[] guests) => 1 - (Sum(cold, guests) / Sum(SmallHost.Parameters, guests));
        static double Sum(HostParameters parameters, GuestScenario[] guests) => HostModel.Run(SmallHost.Scenario(6, guests), parameters).Guests.Sum(g => g.ThroughputPerS ?? 0);
        double alone = Lost(guest), pair = Lost(guest, guest);
        Assert.True(alone > 0.01 && pair > 0.01, $"{alone} alone, {pair} as a pair");
    }

    /// <summary>Under more load a guest sends while the driver domain has yet to look at what it was told of, so it tells it less often per packet.</summary>
    [Fact]
    public void A_loaded_guest_sends_fewer_notifications_per_packet()
    {
        double[] perPacket = [.. new double[] { 50, 400, 2_000 }.Select(rate =>
        {
            HostModel model = SmallHost.Model(SmallHost.Scenario(4, SmallHost.Loaded(rate, 4_096, timeoutS: 1)));
            model.AdvanceTo(4 * SmallHost.Second, TestContext.Current.CancellationToken);
            return (double)model.Guests[0].Notifications / model.Card.PacketsSent;
        })];
        Assert.Equal(perPacket.OrderDescending(), perPacket);
        Assert.True(perPacket[2] < 0.7 * perPacket[0], string.Join(", ", perPacket));
    }
}
