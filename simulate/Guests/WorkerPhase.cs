namespace Colocate.Simulate.Guests;

/// <summary>What a worker does, or waits for.</summary>
internal enum WorkerPhase
{
    /// <summary>Takes a connection over.</summary>
    Accept,

    /// <summary>Waits for the request.</summary>
    AwaitRequest,

    /// <summary>Serves the request.</summary>
    Serve,

    /// <summary>Waits until the client closes.</summary>
    AwaitClose,

    /// <summary>Closes and logs.</summary>
    Close,
}
