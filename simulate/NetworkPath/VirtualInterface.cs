namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// The virtual network interface of one guest: the transmit and receive rings between netfront and netback, and netback's queues. It moves
/// entries and counts pages; the kernels on both sides pay for it.
/// </summary>
/// <param name="holdsOffResponses">True: the guest wants to hear of packets that have left when half of those under way have (network_tx_buf_gc of Linux 2.6.18-xen's netfront); false: of the next one.</param>
public sealed class VirtualInterface(bool holdsOffResponses = false)
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

    /// <summary>Grant copies done so far, toward the guest and from it.</summary>
    public long Copies { get; private set; }

    /// <summary>Pages of the guest mapped so far.</summary>
    public long Maps { get; private set; }

    /// <summary>Pages exchanged with the guest so far.</summary>
    public long Flips { get; private set; }

    /// <summary>Packets that netback has moved so far, both directions.</summary>
    public long Packets { get; private set; }

    /// <summary>Receive buffers that netback may fill.</summary>
    public int FreeBuffers => RingSlots - Received.Count;

    /// <summary>Pages of the first packets of a queue.</summary>
    public static int PagesOf(Queue<Packet> queue, int packets)
    {
        int pages = 0;
        foreach (Packet packet in queue)
        {
            if (packets-- == 0)
                break;
            pages += packet.Pages;
        }

        return pages;
    }

    /// <summary>True when a packet finds room on the transmit ring.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="slotsInHand">Slots that packets on their way to the ring will take.</param>
    public bool HasRoomFor(Packet packet, int slotsInHand = 0) => _slotsInUse + slotsInHand + packet.Slots <= RingSlots;

    /// <summary>Guest: puts a packet on the transmit ring; true when netback must be notified.</summary>
    public bool Transmit(Packet packet)
    {
        _slotsInUse += packet.Slots;
        Requests.Enqueue(packet);
        return _requests.Push(packet.Slots);
    }

    /// <summary>Netback: takes a packet off the transmit ring and maps its pages; true when the guest must be notified.</summary>
    public bool Fetch(out Packet packet)
    {
        packet = Requests.Dequeue();
        _requests.Consume(packet.Slots);
        // The first 128 bytes are copied (XEN_NETBACK_TX_COPY_LEN): a header alone is one copy, a header with payload two.
        Copies += packet.Pages > 0 ? 2 : 1;
        Maps += packet.Pages;
        Packets++;
        // A packet that was copied whole needs its slot no longer; mapped pages keep theirs until they have left.
        return packet.Pages == 0 && Respond(packet);
    }

    /// <summary>Netback of old: takes a packet off the transmit ring and maps all of it; its slots come back when it has left.</summary>
    public Packet Map()
    {
        Packet packet = Requests.Dequeue();
        _requests.Consume(packet.Slots);
        Maps += packet.Slots;
        Packets++;
        return packet;
    }

    /// <summary>Netback of old: exchanges pages that hold packets for empty ones of the guest; true when it must be notified.</summary>
    public bool Flip(int packets)
    {
        Flips += packets;
        Packets += packets;
        return DeliverNext(packets);
    }

    /// <summary>Netback: copies packets into the guest's receive buffers; true when it must be notified.</summary>
    public bool Copy(int packets)
    {
        Copies += packets;
        Packets += packets;
        return DeliverNext(packets);
    }

    /// <summary>Netback: unmaps the pages of packets that have left and gives their slots back; true when the guest must be notified.</summary>
    public bool GiveBack(int packets)
    {
        bool notify = false;
        for (int i = 0; i < packets; i++)
            notify |= Respond(Sent.Dequeue());
        return notify;
    }

    /// <summary>Netback: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreRequests() => _requests.FinalCheck();

    /// <summary>Guest: learns that a packet has left.</summary>
    public Packet TakeResponse()
    {
        Packet packet = Responses.Dequeue();
        _responses.Consume(packet.Slots);
        _slotsInUse -= packet.Slots;
        return packet;
    }

    /// <summary>Guest: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreResponses() => _responses.FinalCheck(after: holdsOffResponses ? _slotsInUse / 2 : 0);

    /// <summary>Guest: takes a packet off the receive ring.</summary>
    public Packet TakeReceived()
    {
        Packet packet = Received.Dequeue();
        _received.Consume(1);
        return packet;
    }

    /// <summary>Guest: looks once more before it sleeps; true when there is more to take.</summary>
    public bool MoreReceived() => _received.FinalCheck();

    private bool Respond(Packet packet)
    {
        Responses.Enqueue(packet);
        return _responses.Push(packet.Slots);
    }

    private bool DeliverNext(int packets)
    {
        bool notify = false;
        for (int i = 0; i < packets; i++)
        {
            Received.Enqueue(ToGuest.Dequeue());
            notify |= _received.Push(1);
        }

        return notify;
    }
}
