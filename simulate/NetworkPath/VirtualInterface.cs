namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// The virtual network interface of one guest: the transmit and receive rings between netfront and netback, and netback's queues. It only
/// keeps entries; the kernels on both sides pay for moving them.
/// </summary>
public sealed class VirtualInterface
{
    /// <summary>Slots of a ring: one 4 KiB page of entries (public/io/netif.h).</summary>
    public const int RingSlots = 256;

    /// <summary>Packets that netback handles in one round: NAPI_POLL_WEIGHT of Linux, and COPY_BATCH_SIZE of its grant copies.</summary>
    public const int PollWeight = 64;

    private RingIndices _requests = RingIndices.Waiting, _responses = RingIndices.Waiting, _received = RingIndices.Waiting;
    private int _slotsInUse;

    /// <summary>Packets that the guest put on the transmit ring and netback has not taken.</summary>
    public Queue<Packet> Requests { get; } = new(RingSlots);

    /// <summary>Packets whose slots netback has given back and the guest has not seen.</summary>
    public Queue<Packet> Responses { get; } = new(RingSlots);

    /// <summary>Packets that the card has sent and whose pages netback has yet to unmap.</summary>
    public Queue<Packet> Sent { get; } = new(RingSlots);

    /// <summary>Packets for the guest that netback has yet to copy.</summary>
    public Queue<Packet> ToGuest { get; } = new(RingSlots);

    /// <summary>Packets that lie in the guest's receive buffers and that it has not seen.</summary>
    public Queue<Packet> Received { get; } = new(RingSlots);

    /// <summary>Receive buffers that netback may fill.</summary>
    public int FreeBuffers => RingSlots - Received.Count;

    /// <summary>True when a packet finds room on the transmit ring.</summary>
    public bool HasRoomFor(Packet packet) => _slotsInUse + packet.Slots <= RingSlots;

    /// <summary>Guest: puts a packet on the transmit ring; true when netback must be notified.</summary>
    public bool Transmit(Packet packet)
    {
        _slotsInUse += packet.Slots;
        Requests.Enqueue(packet);
        return _requests.Push(packet.Slots);
    }

    /// <summary>Netback: takes a packet off the transmit ring.</summary>
    public Packet TakeRequest()
    {
        Packet packet = Requests.Dequeue();
        _requests.Consume(packet.Slots);
        return packet;
    }

    /// <summary>Netback: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreRequests() => _requests.FinalCheck();

    /// <summary>Netback: gives a packet's slots back; true when the guest must be notified.</summary>
    public bool Respond(Packet packet)
    {
        Responses.Enqueue(packet);
        return _responses.Push(packet.Slots);
    }

    /// <summary>Guest: learns that a packet has left.</summary>
    public Packet TakeResponse()
    {
        Packet packet = Responses.Dequeue();
        _responses.Consume(packet.Slots);
        _slotsInUse -= packet.Slots;
        return packet;
    }

    /// <summary>Guest: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreResponses() => _responses.FinalCheck();

    /// <summary>Netback: puts a copied packet on the receive ring; true when the guest must be notified.</summary>
    public bool Deliver(Packet packet)
    {
        Received.Enqueue(packet);
        return _received.Push(1);
    }

    /// <summary>Guest: takes a packet off the receive ring.</summary>
    public Packet TakeReceived()
    {
        Packet packet = Received.Dequeue();
        _received.Consume(1);
        return packet;
    }

    /// <summary>Guest: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreReceived() => _received.FinalCheck();
}
