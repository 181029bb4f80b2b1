using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>
/// One run of a simulated host: a driver domain (vcpu 0), one vcpu for each guest, the network path between them, and the clients.
/// Single-threaded and deterministic; run several side by side for more cores.
/// </summary>
public sealed class HostModel
{
    private const int DriverVcpu = 0;

    /// <summary>Rate of the wire behind a shaper; far above any shaped rate.</summary>
    private const double WireBytesPerS = 1e9 / 8;

    /// <summary>Preamble, checksum and gap of an Ethernet frame (IEEE 802.3), which take line time beside the bytes of a packet.</summary>
    private const int FrameGapBytes = 24;

    private readonly EventCalendar _calendar;
    private readonly HostScenario _scenario;
    private readonly HostMachine _machine;
    private readonly NetworkCard _card;
    private readonly DriverKernel _driver;
    private readonly GuestKernel[] _guests;
    private readonly OpenLoopClient?[] _clients;
    private readonly RunReadout _readout;
    private long _nowNs;

    /// <summary>Builds the host.</summary>
    /// <exception cref="ArgumentException">A guest or the host is described out of range.</exception>
    public HostModel(HostScenario scenario, HostParameters parameters)
    {
        _scenario = scenario;
        _calendar = new EventCalendar(1024, HostMachine.Places(scenario.Pcpus));
        double scale = 1 / scenario.CpuSpeed;
        int guests = scenario.Guests.Count;
        VirtualInterface[] interfaces = [.. scenario.Guests.Select(_ => new VirtualInterface())];
        ConnectionTable[] connections = [.. scenario.Guests.Select(_ => new ConnectionTable())];
        double bytesPerS = scenario.NicMbit * 1e6 / 8;
        bool shaped = scenario.NicBurstBytes is not null;
        _card = new NetworkCard(
            _calendar,
            new NetworkLine(shaped ? Math.Max(WireBytesPerS, bytesPerS) : bytesPerS, FrameGapBytes),
            shaped ? new TokenBucket(bytesPerS, Math.Max(scenario.NicBurstBytes!.Value, ReplyShape.HeaderBytes + ReplyShape.SegmentBytes)) : null,
            scenario.NicQueueBytes,
            parameters.CardInterruptNs,
            parameters.ClientDelayNs);
        _driver = new DriverKernel(_calendar, _card, interfaces, parameters.Driver(scale), parameters.UpcallNs(scale), parameters.TickNs(scale));
        _guests = [.. scenario.Guests.Select((g, i) => new GuestKernel(
            _calendar, i, interfaces[i], connections[i], parameters.Guest(scale), g.Server, g.Client, parameters.ServiceSpread,
            new RandomSource(scenario.Seed, StreamOf(i, 1)), parameters.UpcallNs(scale), parameters.TickNs(scale)))];
        _clients = [.. scenario.Guests.Select((g, i) => g.Client is null ? null : new OpenLoopClient(_calendar, _card, connections[i], g.Client, i, new RandomSource(scenario.Seed, StreamOf(i, 0))))];
        _machine = new HostMachine(_calendar, parameters.Machine(scale), scenario.Pcpus, [_driver, .. _guests]);
        _machine.Start(Scheduler(scenario).Create(_machine, scenario.Scheduler, scenario.Pcpus, Shares(scenario)));
        _driver.Connect(_machine, DriverVcpu, [.. Enumerable.Range(1, guests)]);
        for (int g = 0; g < guests; g++)
            _guests[g].Connect(_machine, g + 1, _driver);
        var phases = new RandomSource(scenario.Seed, 0);
        _calendar.Schedule((long)(phases.Uniform() * parameters.Driver(1).MonitorPeriodNs), (int)NetworkEvent.Monitor, 0);
        for (int g = 0; g < guests; g++)
        {
            _calendar.Schedule((long)(phases.Uniform() * parameters.Guest(1).BackgroundPeriodNs), (int)GuestEvent.Background, g);
            _clients[g]?.Start();
        }

        _readout = new RunReadout(scenario, parameters, _machine, _driver, _guests, _clients);
    }

    /// <summary>Events handled so far.</summary>
    public long Events { get; private set; }

    /// <summary>The machine, for those who want to look inside.</summary>
    public HostMachine Machine => _machine;

    /// <summary>The network card.</summary>
    internal NetworkCard Card => _card;

    /// <summary>The kernel of the driver domain.</summary>
    internal DriverKernel Driver => _driver;

    /// <summary>The kernels of the guests.</summary>
    internal IReadOnlyList<GuestKernel> Guests => _guests;

    /// <summary>The clients of the guests; null for an idle guest.</summary>
    internal IReadOnlyList<OpenLoopClient?> Clients => _clients;

    /// <summary>Runs a scenario to its end.</summary>
    public static ScenarioResult Run(HostScenario scenario, HostParameters parameters, CancellationToken cancellation = default) => new HostModel(scenario, parameters).Run(cancellation);

    /// <summary>Runs to the end of the load and reads the metrics.</summary>
    public ScenarioResult Run(CancellationToken cancellation = default)
    {
        long startNs = Nanoseconds(_scenario.WindowStartS), endNs = Nanoseconds(_scenario.DurationS);
        long windowEndNs = _scenario.WindowS is { } window ? Math.Min(endNs, startNs + Nanoseconds(window)) : endNs;
        AdvanceTo(startNs, cancellation);
        _readout.OpenWindow(_nowNs);
        AdvanceTo(windowEndNs, cancellation);
        _readout.CloseWindow(_nowNs);
        AdvanceTo(endNs, cancellation);
        return _readout.Result(Events);
    }

    /// <summary>Handles every event up to a time and sets the clock to it.</summary>
    /// <param name="timeNs">The time, in ns since the start; not before the clock's.</param>
    /// <param name="cancellation">Ends the call before that.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clock would go back.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void AdvanceTo(long timeNs, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeNs, _nowNs);
        while (_calendar.TryTake(timeNs, out ScheduledEvent e))
        {
            Handle(e);
            if ((++Events & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
        }

        _nowNs = timeNs;
        _machine.Settle(timeNs);
    }

    private static long Nanoseconds(double seconds) => (long)Math.Round(seconds * 1e9);

    /// <summary>Number of a random stream: those of one guest stay the same whoever else is there, so that scenarios share their chance.</summary>
    private static int StreamOf(int guest, int use) => 1 + (2 * guest) + use;

    private static SchedulerDefinition Scheduler(HostScenario scenario) =>
        SchedulerCatalogue.Find(scenario.SchedulerName) ?? throw new ArgumentException($"there is no scheduler '{scenario.SchedulerName}'", nameof(scenario));

    private static VcpuShare[] Shares(HostScenario scenario) =>
        [new VcpuShare(0, scenario.DriverWeight, 0), .. scenario.Guests.Select((g, i) => new VcpuShare(i + 1, g.Weight, g.CapFraction))];

    private void Handle(in ScheduledEvent e)
    {
        switch (e.Kind)
        {
            case (int)NetworkEvent.Departure:
                _card.OnDeparture(e);
                return;
            case (int)NetworkEvent.Arrival:
                _card.OnArrival(e);
                return;
            case (int)NetworkEvent.AtClient:
                _clients[e.Target]!.Receive(new Packet(e.Payload), e.TimeNs);
                return;
            case (int)ClientEvent.Connect:
                _clients[e.Target]!.OnArrival(e.TimeNs);
                return;
            case (int)ClientEvent.Timer:
                _clients[e.Target]!.OnTimer(e.Payload, e.TimeNs);
                return;
            case (int)NetworkEvent.CardInterrupt:
                _driver.OnCardInterrupt(e.TimeNs);
                break;
            case (int)NetworkEvent.ShaperTimer:
                _driver.OnShaperTimer(e.TimeNs);
                break;
            case (int)NetworkEvent.Monitor:
                _driver.OnMonitor(e.TimeNs);
                break;
            case (int)GuestEvent.Background:
                _guests[e.Target].OnBackground(e.TimeNs);
                break;
            default:
                _machine.Handle(e);
                return;
        }

        _machine.FollowScheduler(e.TimeNs);
    }
}
