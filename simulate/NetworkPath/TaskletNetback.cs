using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// Netback as in Linux 2.6.18-xen (drivers/xen/netback/netback.c, June 2007): two tasklets serve all guests. One delivers packets in their
/// order of arrival, by flipping or copying pages, up to 256 a run, and tells each guest once a run; a packet for which a guest has no buffer
/// is lost (netif_be_start_xmit, netbk_queue_full). The other first unmaps what has left, then takes packets from guests in turn, one each, as long as the table of 256 pending requests that all guests share has room.
/// </summary>
public sealed class TaskletNetback : DriverKernel
{
    /// <summary>Requests that may be mapped at once, for all guests together (MAX_PENDING_REQS).</summary>
    public const int MostPending = 256;

    /// <summary>Room in that table that a packet must find: its header and the most fragments (MAX_SKB_FRAGS of Linux, 65536 / 4096 + 2).</summary>
    private const int MostFragments = 18;

    private const int RunTurn = 0, TakeTurn = 1, Tasklets = 2;
    private const int DeliverPiece = FirstNetbackPiece, TakePiece = FirstNetbackPiece + 1;
    private readonly bool _flips;
    private readonly Queue<int> _order = new(VirtualInterface.RingSlots);
    private readonly Queue<(Packet Packet, int Guest)> _taken = new(MostPending);
    private readonly Turns _scheduled;
    private readonly int[] _batch, _unmapped, _slotsUnmapped, _slotsMapped;
    private readonly bool[] _hasLeft;
    private int _pendingSlots;

    /// <summary>Makes the kernel.</summary>
    /// <param name="path">Card, interfaces and costs.</param>
    /// <param name="flips">True: packets reach guests by exchanging pages; false: by copying.</param>
    /// <param name="upcallNs">CPU time from an event to the interrupt handler, in ns.</param>
    /// <param name="tickNs">CPU time of a timer tick, in ns.</param>
    public TaskletNetback(DriverPath path, bool flips, long upcallNs, long tickNs)
        : base(path, Tasklets, upcallNs, tickNs)
    {
        int guests = path.Interfaces.Count;
        _flips = flips;
        _scheduled = new Turns(guests);
        (_batch, _hasLeft) = (new int[guests], new bool[guests]);
        (_unmapped, _slotsUnmapped, _slotsMapped) = (new int[guests], new int[guests], new int[guests]);
    }

    /// <summary>Packets for guests that were lost so far, for the guest had no buffer (netbk_queue_full).</summary>
    public long PacketsLost { get; private set; }

    private protected override void EventFrom(int guest)
    {
        _scheduled.Add(guest);
        AddTurn(TakeTurn);
    }

    private protected override void Deliver(Packet packet, int guest)
    {
        if (Interfaces[guest].ToGuest.Count >= Interfaces[guest].FreeBuffers)
        {
            PacketsLost++;
            return;
        }

        Interfaces[guest].ToGuest.Enqueue(packet);
        _order.Enqueue(guest);
        AddTurn(RunTurn);
    }

    private protected override void Free(Packet packet, int guest)
    {
        Interfaces[guest].Sent.Enqueue(packet);
        AddTurn(TakeTurn);
    }

    private protected override bool BeginTurn(int turn) => turn == RunTurn ? BeginDelivery() : BeginTaking();

    private protected override void CompleteNetback(int kind, long payload, long nowNs)
    {
        if (kind == DeliverPiece)
            EndDelivery(nowNs);
        else
            EndTaking(nowNs);
    }

    private bool BeginDelivery()
    {
        Array.Clear(_batch);
        int packets = 0;
        for (int left = _order.Count; left > 0 && packets < VirtualInterface.RingSlots; left--)
        {
            _batch[_order.Dequeue()]++;
            packets++;
        }

        return packets > 0 && Start(WorkLevel.SoftIrq, DeliverPiece, Costs.RoundNs + (packets * Costs.CopyNs));
    }

    private void EndDelivery(long nowNs)
    {
        for (int guest = 0; guest < _batch.Length; guest++)
        {
            if (!_flips)
                Trace?.GrantCopy(Vcpu, _batch[guest], nowNs);
            if (_batch[guest] > 0 && (_flips ? Interfaces[guest].Flip(_batch[guest]) : Interfaces[guest].Copy(_batch[guest])))
                Notify(guest, nowNs);
        }

        if (_order.Count > 0)
            AddTurn(RunTurn);
    }

    private bool BeginTaking()
    {
        if (!Card.HasRoom)
        {
            HoldUp(TakeTurn);
            return false;
        }

        int pages = 0;
        for (int guest = 0; guest < _unmapped.Length; guest++)
        {
            (_unmapped[guest], _slotsUnmapped[guest], _slotsMapped[guest]) = (Interfaces[guest].Sent.Count, 0, 0);
            foreach (Packet packet in Interfaces[guest].Sent)
                _slotsUnmapped[guest] += packet.Slots;
            pages += _slotsUnmapped[guest];
        }

        _pendingSlots -= pages;
        while (_pendingSlots + MostFragments < MostPending && _scheduled.TryTake(out int guest))
        {
            if (Interfaces[guest].Requests.Count == 0)
            {
                _hasLeft[guest] = true;
                continue;
            }

            Packet packet = Interfaces[guest].Map();
            _taken.Enqueue((packet, guest));
            _pendingSlots += packet.Slots;
            _slotsMapped[guest] += packet.Slots;
            pages += packet.Slots;
            _scheduled.Add(guest);
        }

        return Start(WorkLevel.SoftIrq, TakePiece, Costs.RoundNs + (_taken.Count * Costs.TransmitNs) + (pages * Costs.PageNs / 2));
    }

    private void EndTaking(long nowNs)
    {
        for (int guest = 0; guest < _unmapped.Length; guest++)
        {
            Trace?.GrantUnmap(Vcpu, VcpuOf(guest), _slotsUnmapped[guest], nowNs);
            Trace?.GrantMap(Vcpu, VcpuOf(guest), _slotsMapped[guest], nowNs);
            if (_unmapped[guest] > 0 && Interfaces[guest].GiveBack(_unmapped[guest]))
                Notify(guest, nowNs);
            // Guests that were found empty are looked at once more before they leave the schedule.
            if (_hasLeft[guest] && Interfaces[guest].MoreRequests())
                _scheduled.Add(guest);
            _hasLeft[guest] = false;
        }

        while (_taken.TryDequeue(out (Packet Packet, int Guest) taken))
            Card.Enqueue(taken.Packet, taken.Guest);
        if (_scheduled.Count > 0 && _pendingSlots + MostFragments < MostPending)
            AddTurn(TakeTurn);
        SetShaperTimer(nowNs);
    }
}
