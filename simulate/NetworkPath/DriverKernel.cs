using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// The first vcpu of the driver domain: the card's driver, the bridge and netback, of which there are several kinds. Polls are softirqs that
/// take turns; monitoring is a process, unless a further vcpu runs it.
/// </summary>
public abstract class DriverKernel : Kernel
{
    private const int CardPoll = FirstOwnPiece, SendReady = FirstOwnPiece + 1, MonitorWork = FirstOwnPiece + 2;
    private readonly EventCalendar _calendar;
    private readonly Turns _polls;
    private readonly bool[] _eventFrom, _heldUp;
    private readonly int _cardTurn;
    private HostMachine _machine = null!;
    private IReadOnlyList<int> _guestVcpus = [];
    private int _vcpu;
    private bool _cardEvent, _timerSet;
    private long _timerNs;

    /// <summary>Makes the kernel; <see cref="Connect"/> gives it the machine.</summary>
    /// <param name="path">Card, interfaces and costs.</param>
    /// <param name="turns">Softirqs of netback that take turns with the card's.</param>
    /// <param name="upcallNs">CPU time from an event to the interrupt handler, in ns.</param>
    /// <param name="tickNs">CPU time of a timer tick, in ns.</param>
    private protected DriverKernel(DriverPath path, int turns, long upcallNs, long tickNs)
        : base(upcallNs, tickNs)
    {
        (_calendar, Card, Interfaces, Costs, Monitoring) = (path.Calendar, path.Card, path.Interfaces, path.Costs, path.Monitoring);
        _polls = new Turns(turns + 1);
        (_eventFrom, _heldUp) = (new bool[Interfaces.Count], new bool[turns]);
        _cardTurn = turns;
    }

    /// <summary>The interfaces it serves, one for each guest.</summary>
    public IReadOnlyList<VirtualInterface> Interfaces { get; }

    /// <summary>Event-channel notifications sent so far.</summary>
    public long Notifications { get; private set; }

    /// <summary>The first kind of piece that a netback may use.</summary>
    private protected const int FirstNetbackPiece = FirstOwnPiece + 3;

    private protected NetworkCard Card { get; }

    private protected DriverCosts Costs { get; }

    private protected Monitoring Monitoring { get; }

    /// <summary>Who is told of hypercalls; null when nobody is.</summary>
    private protected IMachineTrace? Trace => _machine.Trace;

    /// <summary>The vcpu this kernel runs on.</summary>
    private protected int Vcpu => _vcpu;

    /// <summary>Gives the kernel its machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vcpu">The vcpu this kernel runs on.</param>
    /// <param name="guestVcpus">The first vcpu of each guest, in the order of the interfaces.</param>
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
        if (Interfaces[guest].ToGuest.Count == 0)
            return;
        DeliverAgain(guest);
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
                EventFrom(g);
            _eventFrom[g] = false;
        }

        SetShaperTimer(nowNs);
    }

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) => level switch
    {
        WorkLevel.SoftIrq => BeginSend(nowNs) || BeginPoll(),
        WorkLevel.Thread => BeginThread(),
        WorkLevel.Process => Monitoring.IsDueOn(_vcpu) && Start(WorkLevel.Process, MonitorWork, Monitoring.CostNs),
        _ => false,
    };

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        switch (kind)
        {
            case CardPoll:
                EndCardPoll(First(payload), Second(payload), nowNs);
                break;
            case SendReady:
                Card.Send(nowNs);
                AfterSending(nowNs);
                break;
            case MonitorWork:
                Monitoring.Done();
                break;
            default:
                CompleteNetback(kind, payload, nowNs);
                break;
        }
    }

    /// <summary>Netback has been notified by a guest.</summary>
    private protected abstract void EventFrom(int guest);

    /// <summary>A guest has buffers for packets that wait for it, where they do.</summary>
    private protected virtual void DeliverAgain(int guest)
    {
    }

    /// <summary>A packet has come from the card over the bridge.</summary>
    private protected abstract void Deliver(Packet packet, int guest);

    /// <summary>The card is done with a packet.</summary>
    private protected abstract void Free(Packet packet, int guest);

    /// <summary>Begins the softirq of a turn; false when it has nothing to do.</summary>
    private protected abstract bool BeginTurn(int turn);

    /// <summary>Begins the work of a kernel thread; false when there is none.</summary>
    private protected virtual bool BeginThread() => false;

    /// <summary>The effect of a piece of netback's work.</summary>
    private protected abstract void CompleteNetback(int kind, long payload, long nowNs);

    private protected static long Pack(int first, int second) => ((long)first << 32) | (uint)second;

    private protected static int First(long packed) => (int)(packed >> 32);

    private protected static int Second(long packed) => (int)(packed & int.MaxValue);

    /// <summary>The first vcpu of a guest.</summary>
    private protected int VcpuOf(int guest) => _guestVcpus[guest];

    /// <summary>Asks for a turn.</summary>
    private protected void AddTurn(int turn) => _polls.Add(turn);

    /// <summary>Gives up a turn until the card has room.</summary>
    private protected void HoldUp(int turn) => _heldUp[turn] = true;

    private protected void Notify(int guest, long nowNs)
    {
        Notifications++;
        Trace?.Notify(_vcpu, nowNs);
        _machine.Interrupt(_guestVcpus[guest], nowNs);
    }

    private protected void SetShaperTimer(long nowNs)
    {
        if (_timerSet || Card.ShapedUntilNs(nowNs) is not { } at)
            return;
        (_timerSet, _timerNs) = (true, at);
        _calendar.Schedule(at, (int)NetworkEvent.ShaperTimer, 0);
    }

    private bool BeginSend(long nowNs) => Card.IsReady(nowNs) && Start(WorkLevel.SoftIrq, SendReady, Costs.CardNs / 2);

    private void AfterSending(long nowNs)
    {
        if (Card.HasRoom)
        {
            for (int turn = 0; turn < _heldUp.Length; turn++)
            {
                if (_heldUp[turn])
                    _polls.Add(turn);
                _heldUp[turn] = false;
            }
        }

        SetShaperTimer(nowNs);
    }

    private bool BeginPoll()
    {
        while (_polls.TryTake(out int turn))
        {
            if (turn == _cardTurn ? BeginCardPoll() : BeginTurn(turn))
                return true;
        }

        return false;
    }

    private bool BeginCardPoll()
    {
        int received = Math.Min(VirtualInterface.PollWeight, Card.Received.Count);
        int departed = Card.Departed.Count;
        long trackedNs = Costs.ConnectionNs == 0 ? 0 : Openings(received) * Costs.ConnectionNs;
        return Start(WorkLevel.SoftIrq, CardPoll, Costs.RoundNs + trackedNs + (received * Costs.ReceiveNs) + (departed * Costs.CardNs / 2), Pack(received, departed));
    }

    private int Openings(int received)
    {
        int openings = 0;
        foreach ((Packet packet, _) in Card.Received)
        {
            if (received-- == 0)
                break;
            openings += packet.Kind == PacketKind.Syn ? 1 : 0;
        }

        return openings;
    }

    private void EndCardPoll(int received, int departed, long nowNs)
    {
        for (int i = 0; i < received; i++)
        {
            (Packet packet, int guest) = Card.Received.Dequeue();
            Deliver(packet, guest);
        }

        for (int i = 0; i < departed; i++)
        {
            (Packet packet, int guest) = Card.Departed.Dequeue();
            Free(packet, guest);
        }

        if (Card.Received.Count > 0 || (Card.PollsUntilNothing && received + departed > 0))
            _polls.Add(_cardTurn);
        else
            Card.Rearm(nowNs);
    }
}
