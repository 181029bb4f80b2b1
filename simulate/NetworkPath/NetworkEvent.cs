namespace Colocate.Simulate.NetworkPath;

/// <summary>Events of the network path; numbered apart from those of the machine.</summary>
public enum NetworkEvent
{
    /// <summary>The last bit of a packet has left the card.</summary>
    Departure = 16,

    /// <summary>A packet from a client has reached the card.</summary>
    Arrival,

    /// <summary>The card interrupts.</summary>
    CardInterrupt,

    /// <summary>The shaper's timer in the driver domain.</summary>
    ShaperTimer,

    /// <summary>The periodic work of the driver domain's own processes.</summary>
    Monitor,

    /// <summary>A packet has reached its client.</summary>
    AtClient,
}
