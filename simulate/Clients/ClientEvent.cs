namespace Colocate.Simulate.Clients;

/// <summary>Events of clients; numbered apart from those of the machine and the network path.</summary>
public enum ClientEvent
{
    /// <summary>A client opens its next connection.</summary>
    Connect = 32,

    /// <summary>A client's retransmission timer.</summary>
    Timer,
}
