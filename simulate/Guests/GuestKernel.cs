using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>
/// The first vcpu of a guest: netfront with its two rings beside the server's processes. Receiving and sending are softirqs; the server runs
/// when they are done, first come, first served.
/// </summary>
public sealed class GuestKernel : WorkerKernel
{
    /// <summary>Ticks of a grace period: in traces of lightly loaded guests, two ticks follow a request on an otherwise idle guest.</summary>
    private const int GraceTicks = 2;

    private const int CollectPiece = FirstFurtherPiece, ReceivePiece = FirstFurtherPiece + 1, BackgroundPiece = FirstFurtherPiece + 2;
    private readonly EventCalendar _calendar;
    private readonly int _guest;
    private HostMachine _machine = null!;
    private int _backgroundDue, _ticksOwed;
    private bool _collect, _receive;

    /// <summary>Makes the kernel; <see cref="Connect"/> gives it the machine.</summary>
    /// <param name="calendar">Where its events go.</param>
    /// <param name="guest">Number of the guest.</param>
    /// <param name="system">What it shares with the other vcpus of the guest.</param>
    /// <param name="vcpu">Number of its vcpu.</param>
    /// <param name="upcallNs">CPU time from an event to the interrupt handler, in ns.</param>
    /// <param name="tickNs">CPU time of a timer tick, in ns.</param>
    internal GuestKernel(EventCalendar calendar, int guest, GuestSystem system, int vcpu, long upcallNs, long tickNs)
        : base(system, vcpu, upcallNs, tickNs) => (_calendar, _guest) = (calendar, guest);

    /// <summary>Event-channel notifications that the guest sent so far.</summary>
    public long Notifications => System.Notifications;

    /// <summary>SYNs dropped so far because no further handshake could begin.</summary>
    public long SynsDropped => System.Tcp.SynsDropped;

    /// <summary>Gives the kernel its surroundings.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vcpus">Vcpus of the guest; this one is the first.</param>
    /// <param name="driver">The kernel of the driver domain.</param>
    public void Connect(HostMachine machine, int vcpus, DriverKernel driver)
    {
        _machine = machine;
        System.Connect(machine, Vcpu, vcpus, driver);
    }

    /// <summary>The guest's own work is due.</summary>
    public void OnBackground(long nowNs)
    {
        _backgroundDue++;
        _calendar.Schedule(nowNs + System.Costs.BackgroundPeriodNs, (int)GuestEvent.Background, _guest);
        _machine.Interrupt(Vcpu, nowNs);
    }

    /// <summary>A process that computes has slept long enough.</summary>
    /// <param name="process">Its number, that of its vcpu within the guest.</param>
    /// <param name="nowNs">Simulated time.</param>
    internal void OnComputing(int process, long nowNs) => System.OnComputing(process, nowNs);

    /// <summary>Closing files and sockets leaves callbacks that wait for a grace period of RCU, and the tick drives those.</summary>
    protected internal override bool TicksWhileIdle(long nowNs) => _ticksOwed-- > 0;

    /// <inheritdoc/>
    protected override void Interrupted(long nowNs) => (_collect, _receive) = (System.Interface.Responses.Count > 0, System.Interface.Received.Count > 0);

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) => base.Begin(level, nowNs) || (level == WorkLevel.SoftIrq && (BeginCollect() || BeginReceive()));

    /// <inheritdoc/>
    protected override bool BeginOwn() => _backgroundDue > 0 && Start(WorkLevel.Process, BackgroundPiece, System.Costs.BackgroundNs);

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        switch (kind)
        {
            case CollectPiece:
                EndCollect((int)payload);
                break;
            case ReceivePiece:
                EndReceive((int)payload, nowNs);
                System.SpreadWork(Vcpu, HasPiece(WorkLevel.Process), nowNs);
                break;
            case BackgroundPiece:
                _backgroundDue--;
                break;
            default:
                base.Complete(kind, payload, nowNs);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnClosed() => _ticksOwed = GraceTicks;

    private bool BeginCollect() => _collect && Start(WorkLevel.SoftIrq, CollectPiece, System.Costs.RoundNs / 2, System.Interface.Responses.Count);

    /// <summary>Frees packets that have left, and lets TCP send what waited for that.</summary>
    private void EndCollect(int packets)
    {
        for (int i = 0; i < packets; i++)
            System.Tcp.Left(System.Interface.TakeResponse());

        _collect = System.Interface.MoreResponses();
    }

    private bool BeginReceive()
    {
        if (!_receive)
            return false;
        int packets = Math.Min(VirtualInterface.PollWeight, System.Interface.Received.Count);
        return Start(WorkLevel.SoftIrq, ReceivePiece, System.Costs.RoundNs + (packets * System.Costs.ReceiveNs), packets);
    }

    private void EndReceive(int packets, long nowNs)
    {
        bool wasFull = System.Interface.FreeBuffers == 0;
        for (int i = 0; i < packets; i++)
            System.Tcp.Receive(System.Interface.TakeReceived());
        _receive = System.Interface.MoreReceived();
        if (wasFull)
            System.BuffersFreed(nowNs);
    }
}
