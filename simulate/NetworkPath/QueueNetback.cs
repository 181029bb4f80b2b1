using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// Netback with one queue a guest, as in Linux 6.1 (drivers/net/xen-netback): a poll a guest handles up to 64 packets from it; copying to a
/// guest and unmapping its pages are kernel threads.
/// </summary>
public sealed class QueueNetback : DriverKernel
{
    private const int GuestPoll = FirstNetbackPiece, CopyThread = FirstNetbackPiece + 1, UnmapThread = FirstNetbackPiece + 2;
    private readonly Turns _threads;

    /// <summary>Makes the kernel.</summary>
    /// <inheritdoc cref="DriverKernel(DriverPath, int, long, long)"/>
    public QueueNetback(DriverPath path, long upcallNs, long tickNs)
        : base(path, path.Interfaces.Count, upcallNs, tickNs) => _threads = new Turns(2 * path.Interfaces.Count);

    private protected override void EventFrom(int guest) => AddTurn(guest);

    private protected override void DeliverAgain(int guest) => _threads.Add(2 * guest);

    private protected override void Deliver(Packet packet, int guest)
    {
        Interfaces[guest].ToGuest.Enqueue(packet);
        _threads.Add(2 * guest);
    }

    /// <inheritdoc/>
    private protected override void Free(Packet packet, int guest)
    {
        // A packet that was copied whole gave its slot back when it was taken.
        if (packet.Pages == 0)
            return;
        Interfaces[guest].Sent.Enqueue(packet);
        _threads.Add((2 * guest) + 1);
    }

    private protected override bool BeginTurn(int turn)
    {
        if (!Card.HasRoom)
        {
            HoldUp(turn);
            return false;
        }

        VirtualInterface guest = Interfaces[turn];
        int packets = Math.Min(VirtualInterface.PollWeight, guest.Requests.Count), pages = VirtualInterface.PagesOf(guest.Requests, packets);
        return Start(WorkLevel.SoftIrq, GuestPoll, Costs.RoundNs + (packets * Costs.TransmitNs) + (pages * Costs.PageNs / 2), Pack(turn, packets));
    }

    private protected override bool BeginThread()
    {
        while (_threads.TryTake(out int turn))
        {
            VirtualInterface guest = Interfaces[turn / 2];
            if (turn % 2 == 0)
            {
                int packets = Math.Min(Math.Min(VirtualInterface.PollWeight, guest.ToGuest.Count), guest.FreeBuffers);
                if (packets > 0)
                    return Start(WorkLevel.Thread, CopyThread, Costs.RoundNs + (packets * Costs.CopyNs), Pack(turn / 2, packets));
                continue;
            }

            int pages = VirtualInterface.PagesOf(guest.Sent, guest.Sent.Count);
            return Start(WorkLevel.Thread, UnmapThread, Costs.RoundNs + (pages * Costs.PageNs / 2), Pack(turn / 2, guest.Sent.Count));
        }

        return false;
    }

    private protected override void CompleteNetback(int kind, long payload, long nowNs)
    {
        (int guest, int packets) = (First(payload), Second(payload));
        switch (kind)
        {
            case GuestPoll:
                EndGuestPoll(guest, packets, nowNs);
                break;
            case CopyThread:
                EndCopy(guest, packets, nowNs);
                break;
            default:
                EndUnmap(guest, packets, nowNs);
                break;
        }
    }

    private void EndGuestPoll(int guest, int packets, long nowNs)
    {
        VirtualInterface from = Interfaces[guest];
        bool notify = false;
        long copies = from.Copies, maps = from.Maps;
        for (int i = 0; i < packets; i++)
        {
            notify |= from.Fetch(out Packet packet);
            Card.Enqueue(packet, guest);
        }

        Trace?.GrantCopy(Vcpu, from.Copies - copies, nowNs);
        Trace?.GrantMap(Vcpu, VcpuOf(guest), from.Maps - maps, nowNs);
        if (from.MoreRequests())
            AddTurn(guest);
        if (notify)
            Notify(guest, nowNs);
        SetShaperTimer(nowNs);
    }

    private void EndCopy(int guest, int packets, long nowNs)
    {
        VirtualInterface to = Interfaces[guest];
        Trace?.GrantCopy(Vcpu, packets, nowNs);
        bool notify = to.Copy(packets);
        if (to.ToGuest.Count > 0 && to.FreeBuffers > 0)
            _threads.Add(2 * guest);
        if (notify)
            Notify(guest, nowNs);
    }

    private void EndUnmap(int guest, int packets, long nowNs)
    {
        VirtualInterface to = Interfaces[guest];
        Trace?.GrantUnmap(Vcpu, VcpuOf(guest), VirtualInterface.PagesOf(to.Sent, packets), nowNs);
        bool notify = to.GiveBack(packets);
        if (to.Sent.Count > 0)
            _threads.Add((2 * guest) + 1);
        if (notify)
            Notify(guest, nowNs);
    }
}
