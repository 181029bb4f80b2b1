using Colocate.Simulate.NetworkPath;
using CsCheck;
using static Colocate.Tests.Simulate.NetworkPath.NetbackHost;
using static Colocate.Tests.Simulate.NetworkPath.PathRig;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class NetbackConservationTests
{
    private static readonly Gen<(int AtUs, int Guest, int Pages, bool Out)[]> s_traffic =
        Gen.Select(Gen.OneOf(Gen.Int[0, 3_000], Gen.Int[0, 200_000]), Gen.Int[0, 1], Gen.Int[0, 2], Gen.Bool).Array[1, 300];

    /// <summary>At every moment a packet is in one place; at the end all have come through in order, and every slot is free again.</summary>
    [Fact]
    public void Packets_in_are_packets_out_and_packets_queued() => Sample(null);

    /// <summary>The same of two tasklets; and every packet that came to a guest is one flip.</summary>
    [Fact]
    public void Packets_in_are_packets_out_flipped_or_waiting_with_tasklets() => Sample(NetbackHost.Flipping);

    private static void Sample(Func<DriverPath, DriverKernel>? netback) => Gen.Select(s_traffic, Gen.Long[0, 2_000_000], Gen.Bool, Gen.Long[0, 5_000_000]).Sample(
        (traffic, roundNs, shaped, takeNs) =>
        {
            (PathRig rig, FrontKernel[] fronts) = Host(
                Free with { RoundNs = roundNs, CopyNs = 3_000, TransmitNs = 4_000, PageNs = 2_000, CardNs = 5_000 },
                guests: 2, bucket: shaped ? new TokenBucket(1e6, 1_514) : null, queueBytes: 5_000, takeNs: takeNs, netback: netback);
            long sent = 0, arrived = 0;
            List<(int Guest, int Number)> into = [], outOf = [];
            foreach (((int atUs, int guest, int pages, bool isOut), int number) in traffic.OrderBy(t => t.AtUs).Select((t, i) => (t, i)))
            {
                rig.At(atUs * Us, () =>
                {
                    var packet = new Packet(number, 0, PacketKind.Data, 66 + (700 * pages), isOut ? pages : 0);
                    if (isOut && rig.Interfaces[guest].HasRoomFor(packet))
                    {
                        Transmit(rig, guest, [packet]);
                        outOf.Add((guest, number));
                        sent++;
                    }
                    else if (!isOut)
                    {
                        rig.Card.FromClient(packet, guest, rig.NowNs);
                        into.Add((guest, number));
                    }
                });
            }

            rig.RunUntil(20 * Second, () =>
            {
                // Tasklets hold what they took until their run ends.
                long inHand = sent - rig.Interfaces.Sum(i => i.Requests.Count) - rig.Card.Waiting - rig.Card.PacketsSent;
                Assert.InRange(inHand, 0, netback is null ? 0 : TaskletNetback.MostPending);
                arrived = rig.Card.Received.Count + rig.Interfaces.Sum(i => i.ToGuest.Count + i.Received.Count) + fronts.Sum(f => f.Received.Count);
                Assert.InRange(arrived, into.Count - 600, into.Count);
                Assert.Equal(
                    rig.Driver.Interfaces.Sum(i => i.Packets),
                    inHand + rig.Card.Waiting + rig.Card.PacketsSent + rig.Interfaces.Sum(i => i.Received.Count) + fronts.Sum(f => f.Received.Count));
                Assert.Equal(netback is null ? 0 : rig.Interfaces.Sum(i => i.Received.Count) + fronts.Sum(f => f.Received.Count), rig.Interfaces.Sum(i => i.Flips));
            });
            Assert.Equal(into.Count, arrived);
            for (int g = 0; g < 2; g++)
            {
                Assert.Equal(into.Where(p => p.Guest == g).Select(p => p.Number), fronts[g].Received.Select(p => p.Slot));
                Assert.Equal(outOf.Where(p => p.Guest == g).Select(p => p.Number), rig.AtClient.Where(c => c.Guest == g).Select(c => c.Packet.Slot));
                Assert.Equal(outOf.Where(p => p.Guest == g).Select(p => p.Number).Order(), fronts[g].Returned.Select(p => p.Slot).Order());
                Assert.All(Enumerable.Range(0, VirtualInterface.RingSlots), i =>
                {
                    Assert.True(rig.Interfaces[g].HasRoomFor(Control(i)));
                    rig.Interfaces[g].Transmit(Control(i));
                });
            }
        },
        iter: 60, threads: 1);
}
