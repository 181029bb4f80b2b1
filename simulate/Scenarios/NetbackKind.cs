using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Scenarios;

/// <summary>How netback moves packets.</summary>
public enum NetbackKind
{
    /// <summary>A queue a guest, with threads of its own; pages toward guests are copied, those from guests copied in part and mapped (<see cref="QueueNetback"/>).</summary>
    Queues,

    /// <summary>Two tasklets for all guests; pages toward guests are copied, those from guests mapped (<see cref="TaskletNetback"/>).</summary>
    Copy,

    /// <summary>Two tasklets for all guests; pages toward guests are exchanged, those from guests mapped (<see cref="TaskletNetback"/>).</summary>
    Flip,
}
