using Colocate.Simulate.NetworkPath;

namespace Colocate.Tests.Simulate.NetworkPath;

/// <summary>A driver domain between its card and guests that only take what they find, and what goes through it.</summary>
internal static class NetbackHost
{
    public static (PathRig Rig, FrontKernel[] Fronts) Host(
        DriverCosts costs, int guests = 1, double bytesPerS = 125e6, TokenBucket? bucket = null, long queueBytes = 1_000_000, long takeNs = 0,
        Func<DriverPath, DriverKernel>? netback = null, int ringSlots = 256, bool pollsUntilNothing = false)
    {
        List<FrontKernel> fronts = [];
        var rig = new PathRig(
            costs,
            (_, virtualInterface, _) =>
            {
                fronts.Add(new FrontKernel(virtualInterface, takeNs));
                return fronts[^1];
            },
            guests, bytesPerS, bucket, queueBytes, netback, ringSlots, pollsUntilNothing);
        foreach ((FrontKernel front, int g) in fronts.Select((f, g) => (f, g)))
            front.BuffersFreed = nowNs => rig.Driver.BuffersFreed(g, nowNs);
        return (rig, [.. fronts]);
    }

    /// <summary>Netback with two tasklets.</summary>
    public static DriverKernel Flipping(DriverPath path) => new TaskletNetback(path, flips: true, upcallNs: 0, tickNs: 0);

    /// <summary>The same, copying toward guests.</summary>
    public static DriverKernel Copying(DriverPath path) => new TaskletNetback(path, flips: false, upcallNs: 0, tickNs: 0);

    /// <summary>A packet without payload that carries a number.</summary>
    public static Packet Control(int number) => new(number, 0, PacketKind.RequestAck, 66, 0);

    /// <summary>A full packet that carries a number.</summary>
    public static Packet Data(int number, int pages) => new(number, 0, PacketKind.Data, 1_500, pages);

    /// <summary>Puts packets on a guest's ring and tells netback once if it must be told.</summary>
    public static bool Transmit(PathRig rig, int guest, IEnumerable<Packet> packets)
    {
        bool notify = false;
        foreach (Packet packet in packets)
            notify |= rig.Interfaces[guest].Transmit(packet);
        if (notify)
            rig.Driver.NotifiedBy(guest, rig.NowNs);
        return notify;
    }

    /// <summary>Packets for a guest, numbered from 0, reach the card.</summary>
    public static void FromClient(PathRig rig, int guest, int packets)
    {
        for (int i = 0; i < packets; i++)
            rig.Card.FromClient(Control(i), guest, rig.NowNs);
    }

    /// <summary>Notes a count when it is not the one noted last.</summary>
    public static void Note(List<(long AtNs, int Count)> steps, long nowNs, int count)
    {
        if (steps.Count == 0 || steps[^1].Count != count)
            steps.Add((nowNs, count));
    }
}
