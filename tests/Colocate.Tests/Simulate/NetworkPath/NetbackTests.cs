using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.NetworkPath.NetbackHost;
using static Colocate.Tests.Simulate.NetworkPath.PathRig;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class NetbackTests
{
    private const long Round = Ms;

    [Fact]
    public void A_poll_takes_64_packets_at_most_and_costs_a_round_and_each_packet()
    {
        (PathRig rig, _) = Host(Free with { RoundNs = Round, TransmitNs = 10 * Us });
        rig.At(0, () => Transmit(rig, 0, [.. Enumerable.Range(0, 200).Select(i => Control(i))]));
        List<(long, int)> left = [];
        rig.RunUntil(Second, () => Note(left, rig.NowNs, rig.Interfaces[0].Requests.Count));
        // Once packets have left, polls of the card take turns with those of the guest.
        Assert.Equal([(0, 200), (Round + (640 * Us), 136), (2 * Round + (1_280 * Us), 72), (4 * Round + (1_920 * Us), 8), (6 * Round + (2_000 * Us), 0)], left);
    }

    [Fact]
    public void A_copying_thread_takes_64_packets_at_most_and_costs_a_round_and_each_packet()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { RoundNs = Round, CopyNs = 10 * Us });
        rig.At(0, () => FromClient(rig, 0, 200));
        // One of the card's polls takes the first packet alone, the next 64; then the copying waits until there is nothing to poll.
        List<(long, int)> had = [];
        rig.RunUntil(Second, () => Note(had, rig.NowNs, fronts[0].Received.Count));
        Assert.Equal([0, 64, 128, 192, 200], had.Select(h => h.Item2));
        Assert.Equal([Round + (640 * Us), Round + (640 * Us), Round + (80 * Us)], had.Skip(1).Zip(had.Skip(2), (a, b) => b.Item1 - a.Item1));
        Assert.Equal(Enumerable.Range(0, 200), fronts[0].Received.Select(p => p.Slot));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 2)]
    public void A_packet_out_is_one_copy_for_its_header_another_for_the_first_of_its_payload_and_a_map_for_each_page(int pages, int copies, int maps)
    {
        (PathRig rig, _) = Host(Free, guests: 2);
        rig.At(0, () => Transmit(rig, 1, Enumerable.Repeat(new Packet(0, 0, PacketKind.Data, 600, pages), 30)));
        rig.RunUntil(Second);
        Assert.Equal([0, 30 * copies], rig.Driver.Interfaces.Select(i => i.Copies));
        Assert.Equal([0, 30 * maps], rig.Driver.Interfaces.Select(i => i.Maps));
        Assert.Equal(30, rig.Driver.Interfaces.Sum(i => i.Packets));
    }

    [Fact]
    public void A_packet_in_is_one_copy()
    {
        (PathRig rig, _) = Host(Free, guests: 2);
        rig.At(0, () => FromClient(rig, 1, 40));
        rig.RunUntil(Second);
        Assert.Equal([0, 40], rig.Driver.Interfaces.Select(i => i.Copies));
        Assert.Equal([0, 0], rig.Driver.Interfaces.Select(i => i.Maps));
        Assert.Equal(40, rig.Driver.Interfaces.Sum(i => i.Packets));
    }

    [Fact]
    public void Mapping_costs_half_a_page_when_it_is_polled_and_half_when_it_has_left()
    {
        (PathRig rig, _) = Host(Free with { PageNs = 200 * Us });
        rig.At(0, () => Transmit(rig, 0, [Data(0, pages: 2)]));
        rig.RunUntil(300 * Us);
        // The packet takes 12 us on the line.
        Assert.Equal(200 * Us, rig.AtClient.Single().AtNs - (12 * Us));
        rig.RunUntil(Second);
        Assert.Equal(400 * Us, rig.DriverRanNs);
    }

    [Fact]
    public void The_cards_driver_costs_half_when_a_packet_is_sent_and_half_when_it_has_left()
    {
        (PathRig rig, _) = Host(Free with { CardNs = 200 * Us });
        rig.At(0, () => Transmit(rig, 0, [Control(0)]));
        rig.RunUntil(150 * Us);
        Assert.Equal(100 * Us + 528, rig.AtClient.Single().AtNs);
        rig.RunUntil(Second);
        Assert.Equal(200 * Us, rig.DriverRanNs);
    }

    /// <summary>1 MB/s: a packet of 1500 bytes takes 1.5 ms on the line.</summary>
    [Fact]
    public void A_copied_packet_gives_its_slot_back_at_once_a_mapped_one_when_it_has_left()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free, bytesPerS: 1e6);
        rig.At(0, () => Transmit(rig, 0, [Data(1, pages: 1), Data(2, pages: 2), Control(3)]));
        List<(long, int)> returned = [];
        rig.RunUntil(Second, () => Note(returned, rig.NowNs, fronts[0].Returned.Count));
        Assert.Equal([(0, 0), (0, 1), (1_500 * Us, 2), (3_000 * Us, 3)], returned);
        Assert.Equal([3, 1, 2], fronts[0].Returned.Select(p => p.Slot));
    }

    [Fact]
    public void A_ring_has_256_slots_and_a_packet_takes_one_and_one_for_each_page()
    {
        var vif = new VirtualInterface();
        for (int i = 0; i < 85; i++)
        {
            Assert.True(vif.HasRoomFor(Data(i, pages: 2)));
            vif.Transmit(Data(i, pages: 2));
        }

        Assert.False(vif.HasRoomFor(Data(85, pages: 1)));
        Assert.True(vif.HasRoomFor(Control(85)));
        vif.Transmit(Control(85));
        Assert.False(vif.HasRoomFor(Control(86)));
        vif.Fetch(out Packet first);
        vif.Sent.Enqueue(first);
        vif.GiveBack(1);
        Assert.False(vif.HasRoomFor(Control(86)));
        vif.TakeResponse();
        Assert.True(vif.HasRoomFor(Data(86, pages: 2)));
    }

    /// <summary>The shaper lets a full packet go every 15 ms after the first; 3000 bytes may wait for it.</summary>
    [Fact]
    public void A_full_queue_holds_up_the_polls_and_nothing_is_lost()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free, bucket: new TokenBucket(1e5, 1_500), queueBytes: 3_000);
        rig.At(0, () => Transmit(rig, 0, [.. Enumerable.Range(0, 80).Select(i => Data(i, pages: 1))]));
        int most = 0, before = 80;
        bool hadRoom = true;
        rig.RunUntil(2 * Second, () =>
        {
            most = Math.Max(most, rig.Card.Waiting);
            Assert.True(rig.Interfaces[0].Requests.Count == before || hadRoom, "polled although the queue was full");
            (before, hadRoom) = (rig.Interfaces[0].Requests.Count, rig.Card.HasRoom);
        });
        Assert.Equal(64, most);
        Assert.Equal(Enumerable.Range(0, 80), rig.AtClient.Select(c => c.Packet.Slot));
        Assert.Equal(Enumerable.Range(0, 80).Select(n => (n * 15L * Ms) + (12 * Us)), rig.AtClient.Select(c => c.AtNs));
        Assert.Equal(80, fronts[0].Returned.Count);
    }

    [Fact]
    public void A_guest_without_free_buffers_holds_up_the_copying_and_nothing_is_lost()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { RoundNs = 10 * Us });
        fronts[0].Takes = false;
        rig.At(0, () => FromClient(rig, 0, 400));
        rig.RunUntil(Second);
        Assert.Equal((256, 144, 0), (rig.Interfaces[0].Received.Count, rig.Interfaces[0].ToGuest.Count, rig.Interfaces[0].FreeBuffers));
        fronts[0].Takes = true;
        rig.At(Second, () => rig.Machine.Interrupt(1, Second));
        rig.RunUntil(2 * Second);
        Assert.Equal(Enumerable.Range(0, 400), fronts[0].Received.Select(p => p.Slot));
    }

    [Fact]
    public void Guests_take_turns_of_64_packets()
    {
        (PathRig rig, _) = Host(Free with { RoundNs = Round, CardNs = 2 }, guests: 2);
        rig.At(0, () =>
        {
            Transmit(rig, 0, [.. Enumerable.Range(0, 128).Select(i => Control(i))]);
            Transmit(rig, 1, [.. Enumerable.Range(0, 100).Select(i => Control(i))]);
        });
        rig.RunUntil(Second);
        Assert.Equal(
            [.. Enumerable.Repeat(0, 64), .. Enumerable.Repeat(1, 64), .. Enumerable.Repeat(0, 64), .. Enumerable.Repeat(1, 36)],
            rig.AtClient.Select(c => c.Guest));
    }

    [Fact]
    public void Packets_that_come_while_the_card_is_polled_raise_no_interrupt()
    {
        (PathRig rig, _) = Host(Free with { RoundNs = 10 * Ms });
        for (int i = 0; i < 10; i++)
            rig.At(i * Ms, () => FromClient(rig, 0, 1));
        rig.RunUntil(Second);
        // One poll for the first packet, one for the nine that came meanwhile; each is followed by copying.
        Assert.InRange(rig.DriverRanNs, 20 * Ms, 40 * Ms);
        Assert.Equal(10, rig.Driver.Interfaces.Sum(i => i.Packets));
    }

    /// <summary>A packet each ms; netback takes as long for a round as is said here, so that more wait in the ring when it comes back.</summary>
    [Theory]
    [InlineData(100, 200)]
    [InlineData(1_500, 1)]
    public void A_busy_driver_domain_is_notified_less_often(int roundUs, int notifications)
    {
        (PathRig rig, _) = Host(Free with { RoundNs = roundUs * Us, TransmitNs = 400 * Us });
        int notified = 0;
        for (int i = 0; i < 200; i++)
        {
            long atNs = i * Ms;
            rig.At(atNs, () => notified += Transmit(rig, 0, [Control(0)]) ? 1 : 0);
        }

        rig.RunUntil(Second);
        Assert.Equal(200, rig.AtClient.Count);
        Assert.Equal(notifications, notified);
    }

    [Fact]
    public void A_slow_guest_is_notified_once_for_all_that_comes_while_it_is_at_work()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free, takeNs: 10 * Ms);
        for (int i = 0; i < 100; i++)
            rig.At(i * Ms, () => FromClient(rig, 0, 1));
        rig.RunUntil(Second);
        Assert.Equal(100, fronts[0].Received.Count);
        Assert.InRange(rig.Driver.Notifications, 9, 11);
        Assert.Equal(rig.Driver.Notifications, fronts[0].Upcalls);
    }

    [Fact]
    public void Monitoring_runs_when_there_is_nothing_more_urgent()
    {
        (PathRig rig, _) = Host(Free with { MonitorPeriodNs = 100 * Ms, MonitorNs = 7 * Ms, RoundNs = 2 * Ms });
        rig.Calendar.Schedule(0, (int)NetworkEvent.Monitor, 0);
        rig.At(3 * Ms, () => Transmit(rig, 0, [Control(0)]));
        rig.RunUntil(Second - 1);
        Assert.Equal(5 * Ms + 528, rig.AtClient.Single().AtNs);
        // Ten times the monitor, and a poll of the guest and one of the card.
        Assert.Equal(74 * Ms, rig.DriverRanNs);
    }
}
