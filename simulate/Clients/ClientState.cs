namespace Colocate.Simulate.Clients;

/// <summary>Where a client stands with a connection.</summary>
internal enum ClientState
{
    /// <summary>Waits for the server's agreement.</summary>
    Connecting,

    /// <summary>Has asked and waits for the reply.</summary>
    Waiting,

    /// <summary>Has the reply, or gave up.</summary>
    Done,
}
