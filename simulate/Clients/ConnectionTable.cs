using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Clients;

/// <summary>
/// The connections of one guest. A place is used again once both ends are done with it; when none is free, there are twice as many, so that a
/// run under way seldom needs memory.
/// </summary>
public sealed class ConnectionTable
{
    private const int GenerationMask = (1 << 20) - 1;
    private readonly List<Connection> _all = [];
    private readonly Stack<int> _free = new();

    /// <summary>A connection that the client opens now; its place.</summary>
    /// <param name="nowNs">Simulated time.</param>
    /// <param name="retransmitNs">First time to a retransmission.</param>
    /// <param name="shape">How its reply is cut.</param>
    /// <exception cref="InvalidOperationException">More connections are open than packets can name.</exception>
    internal int Open(long nowNs, long retransmitNs, ReplyShape shape)
    {
        if (_free.Count == 0)
            Grow();
        int slot = _free.Pop();
        _all[slot].Begin(nowNs, retransmitNs, shape);
        return slot;
    }

    internal Connection this[int slot] => _all[slot];

    /// <summary>The connection that a packet belongs to; null when that one is over.</summary>
    internal Connection? Find(Packet packet) => Find(packet.Slot, packet.Generation);

    internal Connection? Find(int slot, int generation) =>
        _all[slot] is { } connection && (connection.Generation & GenerationMask) == (generation & GenerationMask) ? connection : null;

    /// <summary>Frees a place when neither end needs it any more.</summary>
    internal void FreeIfOver(int slot)
    {
        Connection connection = _all[slot];
        if (connection.Client != ClientState.Done || connection.Server is ServerState.HalfOpen or ServerState.Open or ServerState.Closing or ServerState.Aborted)
            return;
        connection.Generation++;
        _free.Push(slot);
    }

    private void Grow()
    {
        if (_all.Count >= Packet.MostSlots)
            throw new InvalidOperationException($"more than {Packet.MostSlots} connections of one guest are open at once: lower the offered rate or the client's time-out");
        for (int more = Math.Max(16, _all.Count); more > 0; more--)
        {
            _free.Push(_all.Count);
            _all.Add(new Connection());
        }
    }
}
