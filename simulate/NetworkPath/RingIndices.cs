namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// Producer and consumer of one direction of a shared ring, with the notification hold-off of Xen's ring protocol (public/io/ring.h): the
/// consumer names the index at which it wants to be told, and it moves that index only after it found nothing left. While it is still at
/// work, or waits for a pcpu, a producer adds entries without an event: longer waits, larger batches.
/// </summary>
public struct RingIndices
{
    private uint _produced, _consumed, _eventAt;

    /// <summary>A ring whose consumer waits for the first entry.</summary>
    public static RingIndices Waiting { get; } = new() { _eventAt = 1 };

    /// <summary>Entries that wait for the consumer.</summary>
    public readonly int Unconsumed => (int)unchecked(_produced - _consumed);

    /// <summary>Adds entries and tells whether the consumer must be notified (RING_PUSH_..._AND_CHECK_NOTIFY).</summary>
    public bool Push(int entries)
    {
        unchecked
        {
            uint before = _produced;
            _produced += (uint)entries;
            return _produced - _eventAt < _produced - before;
        }
    }

    /// <summary>Takes entries off.</summary>
    public void Consume(int entries) => _consumed = unchecked(_consumed + (uint)entries);

    /// <summary>True when there is more to consume; else asks for a notification with the next entry, or a later one (RING_FINAL_CHECK_FOR_...).</summary>
    /// <param name="after">Entries that may be added without one before.</param>
    public bool FinalCheck(int after = 0)
    {
        if (_produced != _consumed)
            return true;
        _eventAt = unchecked(_consumed + 1 + (uint)after);
        return false;
    }
}
