using Colocate.Model.Observation;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>
/// One run of a simulated host: a driver domain, guests, the network path between them, and the clients.
/// Single-threaded and deterministic; run several side by side for more cores.
/// </summary>
public sealed class HostModel
{
    private const int DriverVcpu = 0;

    /// <summary>Rate of the wire behind a shaper; far above any shaped rate.</summary>
    private const double WireBytesPerS = 1e9 / 8;

    /// <summary>Preamble, checksum and gap of an Ethernet frame (IEEE 802.3), which take line time beside the bytes of a packet.</summary>
    private const int FrameGapBytes = 24;

    /// <summary>Guests whose streams of random numbers can be told apart; far more than a host takes.</summary>
    private const int MostGuests = 1 << 16;

    /// <summary>Events that are handled before the model looks whether it is to stop, less one; a power of two, less one.</summary>
    private const int EventsBetweenLooks = 0xFFFF;

    private readonly EventCalendar _calendar;
    private readonly HostScenario _scenario;
    private readonly HostMachine _machine;
    private readonly NetworkCard _card;
    private readonly DriverKernel _driver;
    private readonly Monitoring _monitoring;
    private readonly GuestKernel[] _guests;
    private readonly WebClient?[] _clients;
    private readonly RunReadout _readout;
    private readonly ColocateEvents _observed = ColocateEvents.Log;
    private long _nowNs;

    /// <summary>Builds the host.</summary>
    /// <exception cref="ArgumentException">A guest or the host is described out of range.</exception>
    public HostModel(HostScenario scenario, HostParameters parameters)
    {
        _scenario = scenario;
        Domains = new DomainVcpus([scenario.DriverVcpus, .. scenario.Guests.Select(g => g.Vcpus)]);
        _calendar = new EventCalendar(1024, HostMachine.Places(scenario.Pcpus));
        double scale = 1 / scenario.CpuSpeed;
        (long upcallNs, long tickNs) = (parameters.UpcallNs(scale), parameters.TickNs(scale));
        int guests = scenario.Guests.Count;
        VirtualInterface[] interfaces = [.. scenario.Guests.Select(_ => new VirtualInterface(scenario.Generation.HoldsOffResponses))];
        ConnectionTable[] connections = [.. scenario.Guests.Select(_ => new ConnectionTable())];
        _card = MakeCard(scenario, parameters, _calendar);
        DriverCosts costs = parameters.Driver(scale);
        _monitoring = new Monitoring(_calendar, costs.MonitorPeriodNs, costs.MonitorNs, scenario.DriverVcpus - 1);
        var path = new DriverPath(_calendar, _card, interfaces, costs, _monitoring);
        _driver = scenario.Generation.Netback == NetbackKind.Queues
            ? new QueueNetback(path, upcallNs, tickNs)
            : new TaskletNetback(path, flips: scenario.Generation.Netback == NetbackKind.Flip, upcallNs, tickNs);
        GuestSystem[] systems = [.. scenario.Guests.Select((g, i) => new GuestSystem(
            i, interfaces[i], connections[i], parameters.Guest(scale), g.Server, Computing(g, i), parameters.ServiceSpread, new RandomSource(scenario.Seed, StreamOf(i, 1))))];
        _guests = [.. systems.Select((s, i) => new GuestKernel(_calendar, i, s, Domains.First(i + 1), upcallNs, tickNs))];
        _clients = [.. scenario.Guests.Select((g, i) => g.Client is null ? null
            : WebClient.Of(new ClientPath(_calendar, _card, connections[i], i, new RandomSource(scenario.Seed, StreamOf(i, 0)), new RandomSource(scenario.Seed, LaterStreamOf(i, 0))), g.Client))];
        Kernel[] kernels =
        [
            _driver,
            .. Enumerable.Range(1, scenario.DriverVcpus - 1).Select(v => new MonitorKernel(_monitoring, v, upcallNs, tickNs)),
            .. _guests.SelectMany((k, i) => new Kernel[] { k }.Concat(Enumerable.Range(1, scenario.Guests[i].Vcpus - 1).Select(v => new WorkerKernel(systems[i], Domains.First(i + 1) + v, upcallNs, tickNs)))),
        ];
        foreach (Kernel kernel in kernels)
            kernel.IdleEntryNs = parameters.IdleEntryNs(scale);
        _driver.FurtherColdNs = parameters.DriverColdNs(scale);
        _machine = new HostMachine(_calendar, parameters.Machine(scale, scenario.ThreadsPerCore, scenario.Generation.RefillShare), scenario.Pcpus, kernels);
        foreach (Vcpu[] vcpus in Enumerable.Range(0, Domains.Count).Select(d => Domains.Of(d).Select(v => _machine.Vcpus[v]).ToArray()).Where(v => v.Length > 1))
            _ = new DomainStates(vcpus);
        _machine.Start(Scheduler(scenario).Create(_machine, scenario.Scheduler, scenario.Pcpus, Shares(scenario)));
        _driver.Connect(_machine, DriverVcpu, [.. Enumerable.Range(1, guests).Select(Domains.First)]);
        for (int g = 0; g < guests; g++)
            _guests[g].Connect(_machine, scenario.Guests[g].Vcpus, _driver);
        var phases = new RandomSource(scenario.Seed, 0);
        _calendar.Schedule((long)(phases.Uniform() * parameters.Driver(1).MonitorPeriodNs), (int)NetworkEvent.Monitor, 0);
        for (int g = 0; g < guests; g++)
        {
            _calendar.Schedule((long)(phases.Uniform() * parameters.Guest(1).BackgroundPeriodNs), (int)GuestEvent.Background, g);
            _clients[g]?.Start();
            foreach (ComputingProcess process in systems[g].Computing)
                process.Start();
        }

        _readout = new RunReadout(scenario, parameters, Domains, _machine, _driver, _guests, _clients);
    }

    /// <summary>Which vcpus belong to which domain; the driver domain is the first, guests follow in their order.</summary>
    public DomainVcpus Domains { get; }

    /// <summary>Events handled so far.</summary>
    public long Events { get; private set; }

    /// <summary>The machine, for those who want to look inside.</summary>
    public HostMachine Machine => _machine;

    /// <summary>Domain and number of each of the machine's vcpus, as a freshly started host numbers them: the driver domain is 0, guests follow from 1.</summary>
    public IReadOnlyList<VcpuId> VcpuIds => [.. from domain in Enumerable.Range(0, Domains.Count) from vcpu in Domains.Of(domain) select new VcpuId(domain, vcpu - Domains.First(domain))];

    /// <summary>The network card.</summary>
    internal NetworkCard Card => _card;

    /// <summary>The kernel of the driver domain.</summary>
    internal DriverKernel Driver => _driver;

    /// <summary>The kernels of the guests.</summary>
    internal IReadOnlyList<GuestKernel> Guests => _guests;

    /// <summary>The clients of the guests; null for an idle guest.</summary>
    internal IReadOnlyList<WebClient?> Clients => _clients;

    /// <summary>Runs a scenario to its end.</summary>
    public static ScenarioResult Run(HostScenario scenario, HostParameters parameters, CancellationToken cancellation = default) => new HostModel(scenario, parameters).Run(cancellation);

    /// <summary>Runs to the end of the load and reads the metrics.</summary>
    public ScenarioResult Run(CancellationToken cancellation = default) => Run(null, cancellation);

    /// <summary>Runs to the end of the load, reads the metrics, and has their window traced; a trace takes the place of the host's own monitor.</summary>
    /// <param name="trace">Joins the machine for the window of the metrics, so that it sees what they count; null = nobody does.</param>
    /// <param name="cancellation">Ends the run; the trace then stays unfinished.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ScenarioResult Run(IMachineTrace? trace, CancellationToken cancellation = default)
    {
        long startNs = Nanoseconds(_scenario.WindowStartS), endNs = Nanoseconds(_scenario.DurationS);
        long windowEndNs = _scenario.WindowS is { } window ? Math.Min(endNs, startNs + Nanoseconds(window)) : endNs;
        AdvanceTo(startNs, cancellation);
        _readout.OpenWindow(_nowNs);
        XenMon? monitor = _scenario.Generation.Monitor == MonitorKind.XenMon && trace is null ? new XenMon(Domains, _scenario.Pcpus) : null;
        trace ??= monitor;
        trace?.Open(_machine, _nowNs);
        AdvanceTo(windowEndNs, cancellation);
        _readout.CloseWindow(_nowNs);
        trace?.Close(_nowNs);
        AdvanceTo(endNs, cancellation);
        _observed.Simulated(Events & EventsBetweenLooks);
        return _readout.Result(Events) with { XenMon = monitor };
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
            if ((++Events & EventsBetweenLooks) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                _observed.Simulated(EventsBetweenLooks + 1);
            }
        }

        _nowNs = timeNs;
        _machine.Settle(timeNs);
    }

    private static long Nanoseconds(double seconds) => (long)Math.Round(seconds * 1e9);

    /// <summary>Number of a random stream: those of one guest stay the same whoever else is there, so that scenarios share their chance.</summary>
    private static int StreamOf(int guest, int use) => 1 + (2 * guest) + use;

    /// <summary>The same for what came later; counted from the other end, so that a scenario keeps its chance.</summary>
    private static int LaterStreamOf(int guest, int use) => -1 - guest - (use * MostGuests);

    private ComputingProcess[] Computing(GuestScenario guest, int index) => guest.Computing is not { } load ? [] :
        [.. Enumerable.Range(0, guest.Vcpus).Select(v => new ComputingProcess(_calendar, index, v, load, new RandomSource(_scenario.Seed, LaterStreamOf(index, 1 + v))))];

    private static SchedulerDefinition Scheduler(HostScenario scenario) =>
        SchedulerCatalogue.Find(scenario.SchedulerName) ?? throw new ArgumentException($"there is no scheduler '{scenario.SchedulerName}'", nameof(scenario));

    private static VcpuShare[] Shares(HostScenario scenario) =>
    [
        .. Enumerable.Repeat(new VcpuShare(0, scenario.DriverWeight, 0, VcpuShare.AffinityOf(scenario.DriverPins)), scenario.DriverVcpus),
        .. scenario.Guests.SelectMany((g, i) => Enumerable.Repeat(new VcpuShare(i + 1, g.Weight, g.CapFraction, VcpuShare.AffinityOf(g.Pins)), g.Vcpus)),
    ];

    private static NetworkCard MakeCard(HostScenario scenario, HostParameters parameters, EventCalendar calendar)
    {
        double bytesPerS = scenario.NicMbit * 1e6 / 8;
        bool shaped = scenario.NicBurstBytes is not null;
        return new NetworkCard(
            calendar,
            new NetworkLine(shaped ? Math.Max(WireBytesPerS, bytesPerS) : bytesPerS, FrameGapBytes),
            shaped ? new TokenBucket(bytesPerS, Math.Max(scenario.NicBurstBytes!.Value, ReplyShape.HeaderBytes + ReplyShape.SegmentBytes)) : null,
            new CardSettings
            {
                QueueBytes = scenario.NicQueueBytes,
                InterruptDelayNs = parameters.CardInterruptNs,
                ClientDelayNs = parameters.ClientDelayNs,
                RingSlots = scenario.Generation.CardRingSlots,
                ReceiveSlots = scenario.Generation.CardReceiveSlots,
                BundleFrames = scenario.Generation.CardBundleFrames,
                DeparturesPerInterrupt = scenario.Generation.DeparturesPerInterrupt,
                PollsUntilNothing = scenario.Generation.PollsUntilNothing,
            });
    }

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
                if (!_card.OnInterrupt(e))
                    return;
                _driver.OnCardInterrupt(e.TimeNs);
                break;
            case (int)NetworkEvent.ShaperTimer:
                _driver.OnShaperTimer(e.TimeNs);
                break;
            case (int)NetworkEvent.Monitor:
                _monitoring.OnDue(_machine, e.TimeNs);
                break;
            case (int)GuestEvent.Background:
                _guests[e.Target].OnBackground(e.TimeNs);
                break;
            case (int)GuestEvent.Computing:
                _guests[e.Target].OnComputing((int)e.Payload, e.TimeNs);
                break;
            default:
                _machine.Handle(e);
                return;
        }

        _machine.FollowScheduler(e.TimeNs);
    }
}
