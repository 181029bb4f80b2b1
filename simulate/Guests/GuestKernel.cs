using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>
/// The kernel of a guest: netfront with its two rings, and the server's processes above TCP. Receiving and sending are
/// softirqs; the server runs when they are done, first come, first served.
/// </summary>
public sealed class GuestKernel : Kernel
{
    /// <summary>Shares of the fixed work of a request: taking the connection over, serving, closing with the log line.</summary>
    private const double AcceptShare = 0.2, ServeShare = 0.6, CloseShare = 0.2;

    /// <summary>Ticks of a grace period: in traces of lightly loaded guests, two ticks follow a request on an otherwise idle guest.</summary>
    private const int GraceTicks = 2;

    private const int TransmitPiece = FirstOwnPiece, CollectPiece = FirstOwnPiece + 1, ReceivePiece = FirstOwnPiece + 2, WorkerPiece = FirstOwnPiece + 3, BackgroundPiece = FirstOwnPiece + 4;
    private readonly EventCalendar _calendar;
    private readonly VirtualInterface _interface;
    private readonly GuestCosts _costs;
    private readonly ConnectionTable _connections;
    private readonly HttpServer _server;
    private readonly ServerTcp _tcp;
    private readonly double _contentKb, _serviceSpread;
    private readonly int _guest;
    private RandomSource _random;
    private HostMachine _machine = null!;
    private DriverKernel _driver = null!;
    private int _vcpu, _backgroundDue, _ticksOwed;
    private bool _collect, _receive;

    /// <summary>Makes the kernel; <see cref="Connect"/> gives it the machine.</summary>
    /// <param name="calendar">Where its events go.</param>
    /// <param name="guest">Number of the guest.</param>
    /// <param name="virtualInterface">Its network interface.</param>
    /// <param name="connections">Its connections.</param>
    /// <param name="costs">Its CPU times.</param>
    /// <param name="settings">Server and TCP.</param>
    /// <param name="client">The load; null for an idle guest.</param>
    /// <param name="serviceSpread">Half width of the uniform spread of the server's work around its mean, 0..1.</param>
    /// <param name="random">Where that spread comes from.</param>
    /// <param name="upcallNs">CPU time from an event to the interrupt handler, in ns.</param>
    /// <param name="tickNs">CPU time of a timer tick, in ns.</param>
    public GuestKernel(EventCalendar calendar, int guest, VirtualInterface virtualInterface, ConnectionTable connections, GuestCosts costs, ServerSettings settings, ClientSettings? client, double serviceSpread, RandomSource random, long upcallNs, long tickNs)
        : base(upcallNs, tickNs)
    {
        (_calendar, _guest, _interface, _connections, _costs, _random) = (calendar, guest, virtualInterface, connections, costs, random);
        _server = new HttpServer(connections, settings);
        _tcp = new ServerTcp(connections, _server, settings, client is null ? null : new ReplyShape(client.ReplyBytes, client.ReplyHeaderBytes));
        _serviceSpread = serviceSpread;
        _contentKb = (client?.ReplyBytes ?? 0) / 1024.0;
    }

    /// <summary>Event-channel notifications sent so far.</summary>
    public long Notifications { get; private set; }

    /// <summary>SYNs dropped so far because no further handshake could begin.</summary>
    public long SynsDropped => _tcp.SynsDropped;

    /// <summary>Gives the kernel its surroundings.</summary>
    public void Connect(HostMachine machine, int vcpu, DriverKernel driver) => (_machine, _vcpu, _driver) = (machine, vcpu, driver);

    /// <summary>The guest's own work is due.</summary>
    public void OnBackground(long nowNs)
    {
        _backgroundDue++;
        _calendar.Schedule(nowNs + _costs.BackgroundPeriodNs, (int)GuestEvent.Background, _guest);
        _machine.Interrupt(_vcpu, nowNs);
    }

    /// <summary>Closing files and sockets leaves callbacks that wait for a grace period of RCU, and the tick drives those.</summary>
    protected internal override bool TicksWhileIdle(long nowNs) => _ticksOwed-- > 0;

    /// <inheritdoc/>
    protected override void Interrupted(long nowNs) => (_collect, _receive) = (_interface.Responses.Count > 0, _interface.Received.Count > 0);

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) => level switch
    {
        WorkLevel.SoftIrq => BeginTransmit() || BeginCollect() || BeginReceive(),
        WorkLevel.Process => BeginWorker() || BeginBackground(),
        _ => false,
    };

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        switch (kind)
        {
            case TransmitPiece:
                EndTransmit(nowNs);
                break;
            case CollectPiece:
                EndCollect((int)payload);
                break;
            case ReceivePiece:
                EndReceive((int)payload, nowNs);
                break;
            case WorkerPiece:
                EndWorker((int)payload);
                break;
            default:
                _backgroundDue--;
                break;
        }
    }

    private bool BeginTransmit() => _tcp.Outgoing.TryPeek(out Packet next) && _interface.HasRoomFor(next)
        && Start(WorkLevel.SoftIrq, TransmitPiece, next.Kind == PacketKind.Data ? _costs.SegmentNs : _costs.ControlNs);

    private void EndTransmit(long nowNs)
    {
        if (!_interface.Transmit(_tcp.Outgoing.Dequeue()))
            return;
        Notifications++;
        _machine.Trace?.Notify(_vcpu, nowNs);
        _driver.NotifiedBy(_guest, nowNs);
    }

    private bool BeginCollect() => _collect && Start(WorkLevel.SoftIrq, CollectPiece, _costs.RoundNs / 2, _interface.Responses.Count);

    /// <summary>Frees packets that have left, and lets TCP send what waited for that.</summary>
    private void EndCollect(int packets)
    {
        for (int i = 0; i < packets; i++)
            _tcp.Left(_interface.TakeResponse());

        _collect = _interface.MoreResponses();
    }

    private bool BeginReceive()
    {
        if (!_receive)
            return false;
        int packets = Math.Min(VirtualInterface.PollWeight, _interface.Received.Count);
        return Start(WorkLevel.SoftIrq, ReceivePiece, _costs.RoundNs + (packets * _costs.ReceiveNs), packets);
    }

    private void EndReceive(int packets, long nowNs)
    {
        bool wasFull = _interface.FreeBuffers == 0;
        for (int i = 0; i < packets; i++)
            _tcp.Receive(_interface.TakeReceived());
        _receive = _interface.MoreReceived();
        if (wasFull)
            _driver.BuffersFreed(_guest, nowNs);
    }

    private bool BeginWorker()
    {
        if (!_server.TryTakeReady(out int worker))
            return false;
        double work = _server.PhaseOf(worker) switch
        {
            WorkerPhase.Accept => _costs.RequestNs * AcceptShare,
            WorkerPhase.Serve => (_costs.RequestNs * ServeShare) + (_costs.RequestKbNs * _contentKb),
            _ => _costs.RequestNs * CloseShare,
        };
        double spread = 1 + (_serviceSpread * ((2 * _random.Uniform()) - 1));
        return Start(WorkLevel.Process, WorkerPiece, (long)(work * spread), worker);
    }

    private void EndWorker(int worker)
    {
        int slot = _server.ConnectionOf(worker);
        Connection connection = _connections[slot];
        bool aborted = connection.Server == ServerState.Aborted;
        switch (_server.PhaseOf(worker))
        {
            case WorkerPhase.Accept when aborted:
                _server.Ready(worker, WorkerPhase.Close);
                break;
            case WorkerPhase.Accept when connection.RequestArrived:
                _server.Ready(worker, WorkerPhase.Serve);
                break;
            case WorkerPhase.Accept:
                _server.Sleep(worker, WorkerPhase.AwaitRequest);
                break;
            case WorkerPhase.Serve:
                _tcp.Write(slot, connection);
                if (aborted)
                    _server.Ready(worker, WorkerPhase.Close);
                else
                    _server.Sleep(worker, WorkerPhase.AwaitClose);
                break;
            default:
                _tcp.Close(slot, connection);
                _ticksOwed = GraceTicks;
                _server.Release(worker);
                break;
        }
    }

    private bool BeginBackground() => _backgroundDue > 0 && Start(WorkLevel.Process, BackgroundPiece, _costs.BackgroundNs);
}
