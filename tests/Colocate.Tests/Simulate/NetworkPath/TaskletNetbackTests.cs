using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using CsCheck;
using static Colocate.Tests.Simulate.NetworkPath.NetbackHost;
using static Colocate.Tests.Simulate.NetworkPath.PathRig;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class TaskletNetbackTests
{
    [Fact]
    public void A_run_delivers_to_all_guests_and_tells_each_once_at_its_end()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { RoundNs = Ms, CopyNs = 10 * Us }, guests: 2, netback: Flipping);
        rig.At(0, () =>
        {
            FromClient(rig, 0, 30);
            FromClient(rig, 1, 20);
        });
        List<(long, int)> had = [];
        rig.RunUntil(Second, () => Note(had, rig.NowNs, fronts.Sum(f => f.Received.Count)));
        // A poll of the card and a run.
        Assert.Equal([(0, 0), ((2 * Ms) + (500 * Us), 30), ((2 * Ms) + (500 * Us), 50)], had);
        Assert.Equal((1, 1, 2L), (fronts[0].Upcalls, fronts[1].Upcalls, rig.Driver.Notifications));
    }

    /// <summary>A poll, a run, and, where the driver wants to be sure, a poll that finds nothing.</summary>
    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void A_card_is_polled_until_no_packets_are_left_or_until_a_poll_finds_nothing(bool untilNothing, int rounds)
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { RoundNs = Ms }, netback: Flipping, pollsUntilNothing: untilNothing);
        rig.At(0, () => FromClient(rig, 0, 3));
        rig.RunUntil(Second);
        Assert.Equal((3, rounds * Ms), (fronts[0].Received.Count, rig.Machine.Vcpus[0].InStateNs(RunState.Running)));
    }

    /// <summary>Nine packets are under way when the first has left: half of the others may leave before the guest hears of another.</summary>
    [Theory]
    [InlineData(false, new[] { true, true, false, false, false, false, false, false })]
    [InlineData(true, new[] { true, false, false, false, false, true, false, false })]
    public void A_guest_hears_of_the_next_packet_that_has_left_or_of_half_of_those_under_way(bool holdsOff, bool[] notified)
    {
        var network = new VirtualInterface(holdsOff);
        for (int i = 0; i < 9; i++)
        {
            network.Transmit(Control(i));
            network.Sent.Enqueue(network.Map());
        }

        List<bool> told = [network.GiveBack(1)];
        network.TakeResponse();
        Assert.False(network.MoreResponses());
        told.AddRange(Enumerable.Range(1, 7).Select(_ => network.GiveBack(1)));
        Assert.Equal(notified, told);
    }

    [Theory]
    [InlineData(true, 7, 0)]
    [InlineData(false, 0, 7)]
    public void Packets_toward_a_guest_are_flips_or_copies_one_for_each(bool flips, int expectedFlips, int expectedCopies)
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free, netback: flips ? Flipping : Copying);
        rig.At(0, () => FromClient(rig, 0, 7));
        rig.RunUntil(Second);
        Assert.Equal((expectedFlips, expectedCopies, 0, 7), (rig.Interfaces[0].Flips, rig.Interfaces[0].Copies, rig.Interfaces[0].Maps, rig.Interfaces[0].Packets));
        Assert.Equal(Enumerable.Range(0, 7), fronts[0].Received.Select(p => p.Slot));
    }

    [Fact]
    public void A_guest_without_buffers_holds_nobody_up_and_loses_what_comes_meanwhile()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { CopyNs = 10 * Us }, guests: 2, netback: Flipping);
        fronts[0].Takes = false;
        rig.At(0, () => FromClient(rig, 0, 300));
        rig.At(100 * Ms, () => FromClient(rig, 1, 5));
        rig.RunUntil(200 * Ms);
        Assert.Equal((256, 0, 256L, 44L), (rig.Interfaces[0].Received.Count, rig.Interfaces[0].ToGuest.Count, rig.Interfaces[0].Flips, ((TaskletNetback)rig.Driver).PacketsLost));
        Assert.Equal(5, fronts[1].Received.Count);
        fronts[0].Takes = true;
        rig.At(300 * Ms, () => rig.Machine.Interrupt(1, rig.NowNs));
        rig.At(400 * Ms, () => FromClient(rig, 0, 1));
        rig.RunUntil(Second);
        Assert.Equal([.. Enumerable.Range(0, 256), 0], fronts[0].Received.Select(p => p.Slot));
    }

    /// <summary>A packet finds room while header and most fragments fit into the table of 256: 238 of one slot, 80 of three.</summary>
    [Theory]
    [InlineData(0, 200, 238)]
    [InlineData(2, 85, 80)]
    public void All_guests_share_256_pending_requests(int pages, int each, int taken)
    {
        (PathRig rig, _) = Host(Free, guests: 2, bytesPerS: 0.001, netback: Flipping);
        for (int guest = 0; guest < 2; guest++)
        {
            int of = guest;
            rig.At(0, () => Transmit(rig, of, [.. Enumerable.Range(0, each).Select(i => Data(i, pages))]));
        }

        rig.RunUntil(Second);
        Assert.Equal(taken, (2 * each) - rig.Interfaces.Sum(i => i.Requests.Count));
        Assert.Equal((long)taken * (1 + pages), rig.Interfaces.Sum(i => i.Maps));
    }

    [Fact]
    public void Guests_that_both_ask_send_one_packet_each_in_turn()
    {
        (PathRig rig, _) = Host(Free with { RoundNs = Ms }, guests: 2, netback: Flipping);
        rig.At(0, () => Transmit(rig, 0, [Control(99)]));
        // Both ask while a run is under way; who had its turn is looked at again at the end of the run, behind the other.
        rig.At(Ms / 2, () => Transmit(rig, 0, [.. Enumerable.Range(0, 3).Select(Control)]));
        rig.At(Ms / 2, () => Transmit(rig, 1, [.. Enumerable.Range(10, 3).Select(Control)]));
        rig.RunUntil(Second);
        Assert.Equal([99, 10, 0, 11, 1, 12, 2], rig.AtClient.Select(c => c.Packet.Slot));
    }

    /// <summary>The line takes 1 ms a packet. What has left is unmapped by the very run that takes as many again.</summary>
    [Fact]
    public void A_full_table_takes_as_many_packets_as_have_left()
    {
        (PathRig rig, _) = Host(Free, bytesPerS: 1.5e6, netback: Flipping);
        rig.At(0, () => Transmit(rig, 0, [.. Enumerable.Range(0, 256).Select(i => Data(i, 0))]));
        List<(long, int)> left = [];
        rig.RunUntil((10 * Ms) + 1, () => Note(left, rig.NowNs, rig.Interfaces[0].Requests.Count));
        Assert.Equal([(0, 256), (0, 18), .. Enumerable.Range(1, 10).Select(i => (i * Ms, 18 - i))], left);
    }

    [Fact]
    public void A_page_is_paid_half_when_it_is_mapped_and_half_when_it_is_unmapped()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free with { RoundNs = 100, TransmitNs = 10_000, PageNs = 4_000_000 }, bytesPerS: 1.5e4, netback: Flipping);
        rig.At(0, () => Transmit(rig, 0, [Data(0, 2)]));
        // 100 ms on the line. Headers are mapped as well: three slots.
        rig.RunUntil(90 * Ms);
        Assert.Equal((3L, 100 + 10_000 + (3 * 2_000_000)), (rig.Interfaces[0].Maps, rig.DriverRanNs));
        Assert.Empty(fronts[0].Returned);
        rig.RunUntil(Second);
        // One more poll of the card and one more run.
        Assert.Equal((3L, 300 + 10_000 + (3 * 4_000_000)), (rig.Interfaces[0].Maps, rig.DriverRanNs));
        Assert.Equal([0], fronts[0].Returned.Select(p => p.Slot));
    }

    /// <summary>The card holds one packet and has room for one before it; the line takes 1 ms each.</summary>
    [Fact]
    public void A_full_card_holds_up_taking_and_nothing_else()
    {
        (PathRig rig, FrontKernel[] fronts) = Host(Free, bytesPerS: 1.5e6, queueBytes: 1_500, ringSlots: 1, netback: Flipping);
        rig.At(0, () => Transmit(rig, 0, [Data(0, 1), Data(1, 1)]));
        rig.At(100 * Us, () => Transmit(rig, 0, [Data(2, 1)]));
        rig.At(200 * Us, () => FromClient(rig, 0, 3));
        rig.RunUntil(Ms - 1);
        Assert.Equal((1, 3), (rig.Interfaces[0].Requests.Count, fronts[0].Received.Count));
        rig.RunUntil(Ms + 1);
        Assert.Empty(rig.Interfaces[0].Requests);
        rig.RunUntil(Second);
        Assert.Equal([Ms, 2 * Ms, 3 * Ms], rig.AtClient.Select(c => c.AtNs));
    }

    /// <summary>Guests take what they find a while after they were told, also while a run is under way that counted on the buffers they had then.</summary>
    [Fact]
    public void Guests_whose_buffers_run_full_get_all_that_is_not_lost_in_order() =>
        Gen.Select(Gen.Select(Gen.Int[0, 20_000], Gen.Int[1, 400]).Array[1, 4], Gen.Long[0, 5_000_000], Gen.Long[0, 30_000]).Sample(
            (bursts, takeNs, copyNs) =>
            {
                (PathRig rig, FrontKernel[] fronts) = Host(Free with { CopyNs = copyNs }, takeNs: takeNs, netback: Flipping);
                int sent = 0;
                foreach ((int atUs, int packets) in bursts.OrderBy(b => b.Item1))
                {
                    int first = sent;
                    sent += packets;
                    rig.At(atUs * Us, () =>
                    {
                        for (int i = 0; i < packets; i++)
                            rig.Card.FromClient(Control(first + i), 0, rig.NowNs);
                    });
                }

                rig.RunUntil(10 * Second);
                int[] got = [.. fronts[0].Received.Select(p => p.Slot)];
                Assert.Equal(got.Order().Distinct(), got);
                Assert.Equal(sent, got.Length + ((TaskletNetback)rig.Driver).PacketsLost);
                Assert.True(got.Length >= Math.Min(sent, VirtualInterface.RingSlots), $"{got.Length} of {sent} packets found buffers");
            },
            iter: 200, threads: 1);
}
