using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// The kernel of the driver domain: the card's driver, the bridge, and netback with one queue a guest, as in Linux 6.1
/// (drivers/net/xen-netback). Polls are softirqs that take turns and handle up to 64 packets; copying to a guest and unmapping its pages are
/// kernel threads; monitoring is a process.
/// </summary>
public sealed class DriverKernel : Kernel
{
    private const int CardPoll = FirstOwnPiece, GuestPoll = FirstOwnPiece + 1, SendReady = FirstOwnPiece + 2, CopyThread = FirstOwnPiece + 3, UnmapThread = FirstOwnPiece + 4, MonitorWork = FirstOwnPiece + 5;
    private readonly EventCalendar _calendar;
    private readonly NetworkCard _card;
    private readonly IReadOnlyList<VirtualInterface> _interfaces;
    private readonly DriverCosts _costs;
    private readonly Turns _polls, _threads;
    private readonly bool[] _eventFrom, _heldUp;
    private readonly int _cardTurn;
    private HostMachine _machine = null!;
    private IReadOnlyList<int> _guestVcpus = [];
    private int _vcpu;
    private bool _cardEvent, _timerSet;
    private long _timerNs;
    private int _monitorsDue;

    /// <summary>Makes the kernel; <see cref="Connect"/> gives it the machine.</summary>
    public DriverKernel(EventCalendar calendar, NetworkCard card, IReadOnlyList<VirtualInterface> interfaces, DriverCosts costs, long upcallNs, long tickNs)
        : base(upcallNs, tickNs)
    {
        (_calendar, _card, _interfaces, _costs) = (calendar, card, interfaces, costs);
        int guests = interfaces.Count;
        _polls = new Turns(guests + 1);
        _threads = new Turns(2 * guests);
        (_eventFrom, _heldUp) = (new bool[guests], new bool[guests]);
        _cardTurn = guests;
    }

    /// <summary>The interfaces it serves, one for each guest.</summary>
    public IReadOnlyList<VirtualInterface> Interfaces => _interfaces;

    /// <summary>Event-channel notifications sent so far.</summary>
    public long Notifications { get; private set; }

    /// <summary>Gives the kernel its machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vcpu">The vcpu this kernel runs on.</param>
    /// <param name="guestVcpus">The vcpu of each guest, in the order of the interfaces.</param>
    public void Connect(HostMachine machine, int vcpu, IReadOnlyList<int> guestVcpus) => (_machine, _vcpu, _guestVcpus) = (machine, vcpu, guestVcpus);

    /// <summary>A guest notifies netback.</summary>
    public void NotifiedBy(int guest, long nowNs)
    {
        _eventFrom[guest] = true;
        _machine.Interrupt(_vcpu, nowNs);
    }

    /// <summary>A guest has free receive buffers again.</summary>
    public void BuffersFreed(int guest, long nowNs)
    {
        if (_interfaces[guest].ToGuest.Count == 0)
            return;
        _threads.Add(2 * guest);
        _machine.Prod(_vcpu, nowNs);
    }

    /// <summary>The card interrupts.</summary>
    public void OnCardInterrupt(long nowNs)
    {
        _cardEvent = true;
        _machine.Interrupt(_vcpu, nowNs);
    }

    /// <summary>The shaper's timer has run out.</summary>
    public void OnShaperTimer(long nowNs)
    {
        _timerSet = false;
        _machine.Interrupt(_vcpu, nowNs);
    }

    /// <summary>The domain's own processes are due.</summary>
    public void OnMonitor(long nowNs)
    {
        _monitorsDue++;
        _calendar.Schedule(nowNs + _costs.MonitorPeriodNs, (int)NetworkEvent.Monitor, 0);
        _machine.Interrupt(_vcpu, nowNs);
    }

    /// <summary>While the shaper's timer is less than a tick away, stopping the tick would gain nothing.</summary>
    protected internal override bool TicksWhileIdle(long nowNs) => _timerSet && _timerNs - nowNs <= HostMachine.KernelTickNs;

    /// <inheritdoc/>
    protected override void Interrupted(long nowNs)
    {
        if (_cardEvent)
            _polls.Add(_cardTurn);
        _cardEvent = false;
        for (int g = 0; g < _eventFrom.Length; g++)
        {
            if (_eventFrom[g])
                _polls.Add(g);
            _eventFrom[g] = false;
        }

        SetShaperTimer(nowNs);
    }

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) => level switch
    {
        WorkLevel.SoftIrq => BeginSend(nowNs) || BeginPoll(),
        WorkLevel.Thread => BeginThread(),
        WorkLevel.Process when _monitorsDue > 0 => Start(WorkLevel.Process, MonitorWork, _costs.MonitorNs),
        _ => false,
    };

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        switch (kind)
        {
            case CardPoll:
                EndCardPoll(payload, nowNs);
                break;
            case GuestPoll:
                EndGuestPoll(First(payload), Second(payload), nowNs);
                break;
            case SendReady:
                _card.Send(nowNs);
                AfterSending(nowNs);
                break;
            case CopyThread:
                EndCopy(First(payload), Second(payload), nowNs);
                break;
            case UnmapThread:
                EndUnmap(First(payload), Second(payload), nowNs);
                break;
            default:
                _monitorsDue--;
                break;
        }
    }

    private static long Pack(int first, int second) => ((long)first << 32) | (uint)second;

    private static int First(long packed) => (int)(packed >> 32);

    private static int Second(long packed) => (int)(packed & int.MaxValue);

    private bool BeginSend(long nowNs) => _card.IsReady(nowNs) && Start(WorkLevel.SoftIrq, SendReady, _costs.CardNs / 2);

    private void AfterSending(long nowNs)
    {
        if (_card.HasRoom)
        {
            for (int g = 0; g < _heldUp.Length; g++)
            {
                if (_heldUp[g])
                    _polls.Add(g);
                _heldUp[g] = false;
            }
        }

        SetShaperTimer(nowNs);
    }

    private void SetShaperTimer(long nowNs)
    {
        if (_timerSet || _card.ShapedUntilNs(nowNs) is not { } at)
            return;
        (_timerSet, _timerNs) = (true, at);
        _calendar.Schedule(at, (int)NetworkEvent.ShaperTimer, 0);
    }

    private bool BeginPoll()
    {
        while (_polls.TryTake(out int turn))
        {
            if (turn == _cardTurn)
            {
                int received = Math.Min(VirtualInterface.PollWeight, _card.Received.Count);
                int departed = _card.Departed.Count;
                return Start(WorkLevel.SoftIrq, CardPoll, _costs.RoundNs + (received * _costs.ReceiveNs) + (departed * _costs.CardNs / 2), Pack(received, departed));
            }

            if (!_card.HasRoom)
            {
                _heldUp[turn] = true;
                continue;
            }

            VirtualInterface guest = _interfaces[turn];
            int packets = Math.Min(VirtualInterface.PollWeight, guest.Requests.Count), pages = VirtualInterface.PagesOf(guest.Requests, packets);
            return Start(WorkLevel.SoftIrq, GuestPoll, _costs.RoundNs + (packets * _costs.TransmitNs) + (pages * _costs.PageNs / 2), Pack(turn, packets));
        }

        return false;
    }

    private bool BeginThread()
    {
        while (_threads.TryTake(out int turn))
        {
            VirtualInterface guest = _interfaces[turn / 2];
            if (turn % 2 == 0)
            {
                int packets = Math.Min(Math.Min(VirtualInterface.PollWeight, guest.ToGuest.Count), guest.FreeBuffers);
                if (packets > 0)
                    return Start(WorkLevel.Thread, CopyThread, _costs.RoundNs + (packets * _costs.CopyNs), Pack(turn / 2, packets));
                continue;
            }

            int pages = VirtualInterface.PagesOf(guest.Sent, guest.Sent.Count);
            return Start(WorkLevel.Thread, UnmapThread, _costs.RoundNs + (pages * _costs.PageNs / 2), Pack(turn / 2, guest.Sent.Count));
        }

        return false;
    }

    private void EndCardPoll(long payload, long nowNs)
    {
        int received = First(payload), departed = Second(payload);
        for (int i = 0; i < received; i++)
        {
            (Packet packet, int guest) = _card.Received.Dequeue();
            _interfaces[guest].ToGuest.Enqueue(packet);
            _threads.Add(2 * guest);
        }

        for (int i = 0; i < departed; i++)
        {
            (Packet packet, int guest) = _card.Departed.Dequeue();
            if (packet.Pages == 0)
                continue;
            _interfaces[guest].Sent.Enqueue(packet);
            _threads.Add((2 * guest) + 1);
        }

        if (_card.Received.Count > 0)
            _polls.Add(_cardTurn);
        else
            _card.Rearm(nowNs);
    }

    private void EndGuestPoll(int guest, int packets, long nowNs)
    {
        VirtualInterface from = _interfaces[guest];
        bool notify = false;
        long copies = from.Copies, maps = from.Maps;
        for (int i = 0; i < packets; i++)
        {
            notify |= from.Fetch(out Packet packet);
            _card.Enqueue(packet, guest);
        }

        _machine.Trace?.GrantCopy(_vcpu, from.Copies - copies, nowNs);
        _machine.Trace?.GrantMap(_vcpu, _guestVcpus[guest], from.Maps - maps, nowNs);

        if (from.MoreRequests())
            _polls.Add(guest);
        if (notify)
            Notify(guest, nowNs);
        SetShaperTimer(nowNs);
    }

    private void EndCopy(int guest, int packets, long nowNs)
    {
        VirtualInterface to = _interfaces[guest];
        _machine.Trace?.GrantCopy(_vcpu, packets, nowNs);
        bool notify = to.Copy(packets);
        if (to.ToGuest.Count > 0 && to.FreeBuffers > 0)
            _threads.Add(2 * guest);
        if (notify)
            Notify(guest, nowNs);
    }

    private void EndUnmap(int guest, int packets, long nowNs)
    {
        VirtualInterface to = _interfaces[guest];
        _machine.Trace?.GrantUnmap(_vcpu, _guestVcpus[guest], VirtualInterface.PagesOf(to.Sent, packets), nowNs);
        bool notify = to.GiveBack(packets);
        if (to.Sent.Count > 0)
            _threads.Add((2 * guest) + 1);
        if (notify)
            Notify(guest, nowNs);
    }

    private void Notify(int guest, long nowNs)
    {
        Notifications++;
        _machine.Trace?.Notify(_vcpu, nowNs);
        _machine.Interrupt(_guestVcpus[guest], nowNs);
    }
}
