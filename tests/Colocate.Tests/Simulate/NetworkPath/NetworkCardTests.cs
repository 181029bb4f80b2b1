using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.NetworkPath.PathRig;

namespace Colocate.Tests.Simulate.NetworkPath;

/// <summary>When a card interrupts and how much it holds; its line takes 10 us a packet, its interrupt waits 100 us.</summary>
public sealed class NetworkCardTests
{
    private static readonly CardSettings s_settings = new() { QueueBytes = 1_000_000, InterruptDelayNs = 100 * Us, ClientDelayNs = 0 };

    private readonly EventCalendar _calendar = new();

    [Theory]
    [InlineData(5, 105)]
    [InlineData(6, 25)]
    [InlineData(8, 25)]
    public void A_bundle_of_frames_interrupts_at_once_and_fewer_after_the_delay(int frames, int interruptUs)
    {
        NetworkCard card = Card(s_settings with { BundleFrames = 6 });
        for (int i = 0; i < frames; i++)
            _calendar.Schedule((5 + (4 * i)) * Us, (int)NetworkEvent.Arrival, 0, NetbackHost.Control(i).Bits);
        Assert.Equal([interruptUs * Us], Interrupts(card));
    }

    /// <summary>Nobody fetches: the card keeps the first ones, and has room again for as many as are taken.</summary>
    [Fact]
    public void A_card_loses_what_comes_in_while_it_is_full()
    {
        NetworkCard card = Card(s_settings with { ReceiveSlots = 3 });
        Arrive(0, 1, 2, 3, 4);
        Interrupts(card);
        Assert.Equal([0, 1, 2], card.Received.Select(r => r.Packet.Slot));
        card.Received.Dequeue();
        Arrive(5, 6);
        Interrupts(card);
        Assert.Equal([1, 2, 5], card.Received.Select(r => r.Packet.Slot));
        Assert.Equal(3, card.PacketsLost);
    }

    [Theory]
    [InlineData(15, new int[0])]
    [InlineData(16, new[] { 260 })]
    [InlineData(31, new[] { 260 })]
    public void Only_every_sixteenth_departure_asks_for_an_interrupt(int packets, int[] interruptsUs)
    {
        NetworkCard card = Card(s_settings with { DeparturesPerInterrupt = 16 });
        Send(card, packets);
        Assert.Equal(interruptsUs.Select(us => us * Us), Interrupts(card));
        Assert.Equal(packets, card.Departed.Count);
    }

    [Fact]
    public void Departures_that_did_not_ask_are_found_with_what_came_in()
    {
        NetworkCard card = Card(s_settings with { DeparturesPerInterrupt = 16 });
        Send(card, 3);
        _calendar.Schedule(20 * Us, (int)NetworkEvent.Arrival, 0, NetbackHost.Control(0).Bits);
        Assert.Equal([120 * Us], Interrupts(card));
        Assert.Equal((1, 3), (card.Received.Count, card.Departed.Count));
    }

    [Theory]
    [InlineData(16, 15, false)]
    [InlineData(16, 16, true)]
    [InlineData(1, 1, true)]
    public void After_a_poll_a_card_interrupts_again_for_departures_that_are_due(int perInterrupt, int departed, bool interrupts)
    {
        NetworkCard card = Card(s_settings with { DeparturesPerInterrupt = perInterrupt });
        _calendar.Schedule(0, (int)NetworkEvent.Arrival, 0, NetbackHost.Control(0).Bits);
        Assert.Equal([100 * Us], Interrupts(card));
        card.Received.Clear();
        Send(card, departed);
        Assert.Empty(Interrupts(card));
        card.Rearm(Ms);
        Assert.Equal(interrupts ? [Ms + (100 * Us)] : [], Interrupts(card));
    }

    [Fact]
    public void A_card_holds_as_many_packets_as_its_ring_has_slots()
    {
        NetworkCard card = Card(s_settings with { RingSlots = 3 });
        for (int i = 0; i < 5; i++)
            card.Enqueue(NetbackHost.Data(i, 0), 0);
        int sent = 0;
        for (; card.IsReady(0); sent++)
            card.Send(0);
        Assert.Equal((3, 5), (sent, card.Waiting));
        Interrupts(card);
        Assert.Equal((true, 2), (card.IsReady(Ms), card.Waiting));
    }

    private static void Send(NetworkCard card, int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            card.Enqueue(NetbackHost.Data(i, 0), 0);
            card.Send(0);
        }
    }

    private void Arrive(params int[] packets)
    {
        foreach (int packet in packets)
            _calendar.Schedule(packet * Us, (int)NetworkEvent.Arrival, 0, NetbackHost.Control(packet).Bits);
    }

    private NetworkCard Card(CardSettings settings) => new(_calendar, new NetworkLine(150e6, 0), null, settings);

    /// <summary>Lets everything happen; when the card interrupted.</summary>
    private List<long> Interrupts(NetworkCard card)
    {
        List<long> interrupts = [];
        while (_calendar.TryTake(Second, out ScheduledEvent e))
        {
            if (e.Kind == (int)NetworkEvent.Departure)
                card.OnDeparture(e);
            else if (e.Kind == (int)NetworkEvent.Arrival)
                card.OnArrival(e);
            else if (e.Kind == (int)NetworkEvent.CardInterrupt && card.OnInterrupt(e))
                interrupts.Add(e.TimeNs);
        }

        return interrupts;
    }
}
