using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>What the vcpus of one guest share: the network interface, TCP, and the server's processes.</summary>
internal sealed class GuestSystem
{
    /// <summary>Shares of the fixed work of a request: taking the connection over, serving, closing with the log line.</summary>
    private const double AcceptShare = 0.2, ServeShare = 0.6, CloseShare = 0.2;

    private readonly ConnectionTable _connections;
    private readonly HttpServer _server;
    private readonly double _serviceSpread;
    private readonly int _guest, _spreadFrom, _pullFrom;
    private readonly bool _settlesElsewhere;
    private RandomSource _random;
    private HostMachine _machine = null!;
    private DriverKernel _driver = null!;
    private int _firstVcpu, _vcpus, _slotsInHand;

    internal GuestSystem(int guest, VirtualInterface virtualInterface, ConnectionTable connections, GuestCosts costs, ServerSettings settings, IReadOnlyList<ComputingProcess> computing, double serviceSpread, RandomSource random)
    {
        (_guest, Interface, _connections, Costs, Computing, _serviceSpread, _random) = (guest, virtualInterface, connections, costs, computing, serviceSpread, random);
        _server = new HttpServer(connections, settings);
        Tcp = new ServerTcp(connections, _server, settings);
        (_spreadFrom, _settlesElsewhere, _pullFrom) = (settings.SpreadFrom, settings.SettlesElsewhere, settings.PullFrom);
    }

    internal VirtualInterface Interface { get; }

    internal ServerTcp Tcp { get; }

    internal GuestCosts Costs { get; }

    /// <summary>What computes beside the server, a process for each vcpu; empty when nothing does.</summary>
    internal IReadOnlyList<ComputingProcess> Computing { get; }

    /// <summary>Event-channel notifications sent so far.</summary>
    internal long Notifications { get; private set; }

    internal void Connect(HostMachine machine, int firstVcpu, int vcpus, DriverKernel driver) => (_machine, _firstVcpu, _vcpus, _driver) = (machine, firstVcpu, vcpus, driver);

    /// <summary>The process that computes on a vcpu; null when there is none.</summary>
    internal ComputingProcess? ComputingOn(int vcpu) => Computing.Count == 0 ? null : Computing[vcpu - _firstVcpu];

    /// <summary>A process that computes has slept long enough.</summary>
    internal void OnComputing(int process, long nowNs)
    {
        Computing[process].Wake();
        _machine.Interrupt(_firstVcpu + process, nowNs);
    }

    /// <summary>The next packet that TCP wants sent, taken off its queue; false when there is none or the ring is full.</summary>
    internal bool TryTakePacket(out Packet packet, out long costNs)
    {
        costNs = 0;
        if (!Tcp.Outgoing.TryPeek(out packet) || !Interface.HasRoomFor(packet, _slotsInHand))
            return false;
        Tcp.Outgoing.Dequeue();
        _slotsInHand += packet.Slots;
        costNs = packet.Kind == PacketKind.Data ? Costs.SegmentNs : Costs.ControlNs;
        return true;
    }

    /// <summary>Puts a packet on the ring, on one of the guest's vcpus.</summary>
    internal void Transmit(Packet packet, int vcpu, long nowNs)
    {
        _slotsInHand -= packet.Slots;
        if (!Interface.Transmit(packet))
            return;
        Notifications++;
        _machine.Trace?.Notify(vcpu, nowNs);
        _driver.NotifiedBy(_guest, nowNs);
    }

    /// <summary>There are receive buffers again.</summary>
    internal void BuffersFreed(long nowNs) => _driver.BuffersFreed(_guest, nowNs);

    /// <summary>A process of the server that has work; false when there is none.</summary>
    internal bool TryTakeWorker(out int worker, out long costNs)
    {
        costNs = 0;
        if (!_server.TryTakeReady(out worker))
            return false;
        double work = _server.PhaseOf(worker) switch
        {
            WorkerPhase.Accept => Costs.RequestNs * AcceptShare,
            WorkerPhase.Serve => (Costs.RequestNs * ServeShare) + (Costs.RequestKbNs * _connections[_server.ConnectionOf(worker)].Shape.ContentKb),
            _ => Costs.RequestNs * CloseShare,
        };
        costNs = (long)(work * (1 + (_serviceSpread * ((2 * _random.Uniform()) - 1))));
        return true;
    }

    /// <summary>Whether a vcpu runs processes: the first one leaves them to others that are awake, where they have settled there and do not queue up.</summary>
    internal bool MayRunProcesses(int vcpu)
    {
        if (vcpu != _firstVcpu || !_settlesElsewhere)
            return true;
        if (_server.ReadyWorkers >= _pullFrom)
            return true;
        for (int v = _firstVcpu + 1; v < _firstVcpu + _vcpus; v++)
        {
            if (_machine.Vcpus[v].State != RunState.Blocked)
                return false;
        }

        return true;
    }

    /// <summary>A process of the server has done its work; true when it closed its connection.</summary>
    internal bool EndWork(int worker)
    {
        int slot = _server.ConnectionOf(worker);
        Connection connection = _connections[slot];
        bool aborted = connection.Server == ServerState.Aborted;
        switch (_server.PhaseOf(worker))
        {
            case WorkerPhase.Accept when aborted:
                _server.Ready(worker, WorkerPhase.Close);
                return false;
            case WorkerPhase.Accept when connection.RequestArrived:
                _server.Ready(worker, WorkerPhase.Serve);
                return false;
            case WorkerPhase.Accept:
                _server.Sleep(worker, WorkerPhase.AwaitRequest);
                return false;
            case WorkerPhase.Serve:
                Tcp.Write(slot, connection);
                if (aborted)
                    _server.Ready(worker, WorkerPhase.Close);
                else
                    _server.Sleep(worker, WorkerPhase.AwaitClose);
                return false;
            default:
                Tcp.Close(slot, connection);
                _server.Release(worker);
                return true;
        }
    }

    /// <summary>
    /// Wakes idle vcpus of the guest for processes that the vcpu which made them ready does not run at once: an idle vcpu keeps what it wakes,
    /// a busy one sends it to an idle one (<c>wake_idle</c> and <c>try_to_wake_up</c> in <c>kernel/sched.c</c> of Linux 2.6.18).
    /// </summary>
    /// <param name="vcpu">The vcpu that asks.</param>
    /// <param name="isBusy">Whether it has a process in hand.</param>
    /// <param name="nowNs">Simulated time.</param>
    internal void SpreadWork(int vcpu, bool isBusy, long nowNs)
    {
        int waiting = _server.ReadyWorkers - (isBusy ? 0 : 1);
        for (int v = _firstVcpu; waiting >= _spreadFrom && v < _firstVcpu + _vcpus; v++)
        {
            if (v == vcpu || _machine.Vcpus[v].State != RunState.Blocked)
                continue;
            _machine.Interrupt(v, nowNs);
            waiting--;
        }
    }
}
