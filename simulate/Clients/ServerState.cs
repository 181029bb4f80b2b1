namespace Colocate.Simulate.Clients;

/// <summary>Where a server stands with a connection.</summary>
internal enum ServerState
{
    /// <summary>Knows nothing of it.</summary>
    None,

    /// <summary>Has agreed and waits for the end of the handshake.</summary>
    HalfOpen,

    /// <summary>In the accept queue, or with a worker.</summary>
    Open,

    /// <summary>Has closed; its last packet is on the way.</summary>
    Closing,

    /// <summary>The client gave up.</summary>
    Aborted,
}
