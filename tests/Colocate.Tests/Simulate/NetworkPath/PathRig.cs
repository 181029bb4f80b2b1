using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.NetworkPath;

/// <summary>
/// The real driver domain with its card, and guests of any kind. Everybody has a pcpu, so nothing but the costs given takes time; the client
/// network takes none.
/// </summary>
internal sealed class PathRig
{
    public const long Us = 1_000, Ms = 1_000_000, Second = 1_000_000_000;
    private const int External = 1000, Stop = 1001;
    private readonly List<Action> _externals = [];

    /// <summary>Makes a host.</summary>
    /// <param name="costs">CPU times of the driver domain; its monitor never runs unless it is asked to.</param>
    /// <param name="guest">Makes the kernel of each guest.</param>
    /// <param name="guests">How many.</param>
    /// <param name="bytesPerS">Rate of the line.</param>
    /// <param name="bucket">Shaper.</param>
    /// <param name="queueBytes">Room in front of the card.</param>
    /// <param name="netback">Makes the driver domain's kernel; null = netback with queues.</param>
    /// <param name="ringSlots">Packets that the card itself holds.</param>
    /// <param name="pollsUntilNothing">Whether the driver polls until a poll finds nothing.</param>
    public PathRig(
        DriverCosts costs, Func<EventCalendar, VirtualInterface, int, Kernel> guest, int guests = 1, double bytesPerS = 125e6, TokenBucket? bucket = null, long queueBytes = 1_000_000,
        Func<DriverPath, DriverKernel>? netback = null, int ringSlots = 256, bool pollsUntilNothing = false)
    {
        Calendar = new EventCalendar(places: HostMachine.Places(guests + 1));
        Card = new NetworkCard(Calendar, new NetworkLine(bytesPerS, 0), bucket, new CardSettings { QueueBytes = queueBytes, InterruptDelayNs = 0, ClientDelayNs = 0, RingSlots = ringSlots, PollsUntilNothing = pollsUntilNothing });
        Interfaces = [.. Enumerable.Range(0, guests).Select(_ => new VirtualInterface())];
        Monitoring = new Monitoring(Calendar, costs.MonitorPeriodNs, costs.MonitorNs, vcpu: 0);
        var path = new DriverPath(Calendar, Card, Interfaces, costs, Monitoring);
        Driver = netback is null ? new QueueNetback(path, upcallNs: 0, tickNs: 0) : netback(path);
        Kernel[] kernels = [.. Interfaces.Select((i, g) => guest(Calendar, i, g))];
        Machine = new HostMachine(Calendar, default, guests + 1, [Driver, .. kernels]);
        Machine.Start(new CreditScheduler(Machine, new CreditSettings(), guests + 1, [.. Enumerable.Range(0, guests + 1).Select(d => new VcpuShare(d, 256, 0))]));
        Driver.Connect(Machine, 0, [.. Enumerable.Range(1, guests)]);
    }

    /// <summary>Costs of a driver domain that takes no time.</summary>
    public static DriverCosts Free { get; } = new()
    {
        RoundNs = 0, ReceiveNs = 0, CopyNs = 0, TransmitNs = 0, PageNs = 0, CardNs = 0, MonitorPeriodNs = Second, MonitorNs = 0,
    };

    public EventCalendar Calendar { get; }

    public NetworkCard Card { get; }

    public IReadOnlyList<VirtualInterface> Interfaces { get; }

    public DriverKernel Driver { get; }

    public Monitoring Monitoring { get; }

    public HostMachine Machine { get; }

    public long NowNs { get; private set; }

    /// <summary>What came out of the card, in order.</summary>
    public List<(long AtNs, int Guest, Packet Packet)> AtClient { get; } = [];

    /// <summary>Called with each packet that reaches a client.</summary>
    public Action<Packet, int> OnAtClient { get; set; } = (_, _) => { };

    /// <summary>Time that the driver domain ran, in ns.</summary>
    public long DriverRanNs => Machine.Vcpus[0].InStateNs(RunState.Running);

    public void At(long timeNs, Action action)
    {
        _externals.Add(action);
        Calendar.Schedule(timeNs, External, _externals.Count - 1);
    }

    public PathRig RunUntil(long timeNs, Action? afterEvent = null)
    {
        Calendar.Schedule(timeNs, Stop, 0);
        while (true)
        {
            ScheduledEvent e = Calendar.Take();
            NowNs = e.TimeNs;
            if (e.Kind == Stop)
                break;
            Take(e);
            Machine.FollowScheduler(e.TimeNs);
            afterEvent?.Invoke();
        }

        Machine.Settle(timeNs);
        return this;
    }

    private void Take(in ScheduledEvent e)
    {
        switch (e.Kind)
        {
            case (int)NetworkEvent.Departure:
                Card.OnDeparture(e);
                break;
            case (int)NetworkEvent.Arrival:
                Card.OnArrival(e);
                break;
            case (int)NetworkEvent.AtClient:
                AtClient.Add((e.TimeNs, e.Target, new Packet(e.Payload)));
                OnAtClient(new Packet(e.Payload), e.Target);
                break;
            case (int)NetworkEvent.CardInterrupt:
                if (Card.OnInterrupt(e))
                    Driver.OnCardInterrupt(e.TimeNs);
                break;
            case (int)NetworkEvent.ShaperTimer:
                Driver.OnShaperTimer(e.TimeNs);
                break;
            case (int)NetworkEvent.Monitor:
                Monitoring.OnDue(Machine, e.TimeNs);
                break;
            case External:
                _externals[e.Target]();
                break;
            default:
                Machine.Handle(e);
                break;
        }
    }
}
