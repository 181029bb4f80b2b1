namespace Colocate.Simulate.NetworkPath;

/// <summary>The network card and what lies beyond it.</summary>
public sealed record CardSettings
{
    /// <summary>Bytes that may wait in front of it.</summary>
    public required long QueueBytes { get; init; }

    /// <summary>From a packet's arrival or departure to the interrupt, in ns.</summary>
    public required long InterruptDelayNs { get; init; }

    /// <summary>From the card to a client, and back, one way, in ns.</summary>
    public required long ClientDelayNs { get; init; }

    /// <summary>Packets that the card itself holds: the usual default of e1000 descriptors; 64 for e100 (<c>nic->params.cbs</c> of drivers/net/e100.c).</summary>
    public int RingSlots { get; init; } = 256;

    /// <summary>Received packets that the card holds for its driver; what comes beyond them is lost.</summary>
    public int ReceiveSlots { get; init; } = int.MaxValue;

    /// <summary>Received packets that raise the interrupt at once, without waiting for its delay (BUNDLEMAX of e100's microcode is 6).</summary>
    public int BundleFrames { get; init; } = int.MaxValue;

    /// <summary>Departures until one asks for an interrupt; those before it are found when there is one anyway (e100 asks with every 16th: <c>cbs_avail &amp; ~15</c>).</summary>
    public int DeparturesPerInterrupt { get; init; } = 1;

    /// <summary>True: the driver polls again until a poll finds neither packets nor departures (e100_poll of Linux 2.6.18); false: until no packets are left.</summary>
    public bool PollsUntilNothing { get; init; }
}
