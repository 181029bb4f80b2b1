namespace Colocate.Simulate.Parameters;

/// <summary>
/// Every parameter of the simulator. CPU times are those of a host at <c>CpuSpeed</c> 1; ranges span emulated hosts (milliseconds a
/// request) to real ones (a hundred microseconds). Adding one is a definition here and its use in <see cref="HostParameters"/>.
/// </summary>
public static class ParameterCatalogue
{
    /// <summary>Work that is done again and again: there must be a time, and not an endless one, from one execution to the next; in 1/s.</summary>
    private const double LeastRate = 1e-3, MostRate = 1e5;

    /// <summary>So that times in ns are whole numbers of 64 bits, however often they are multiplied.</summary>
    private const double LargestValue = 1e9;

    private static readonly List<ParameterDefinition> s_all = [];

    /// <summary>A switch to a vcpu, charged to the one that gets the pcpu.</summary>
    public static ParameterDefinition Switch { get; } = Fitted("switch_us", "CPU time of a switch to a vcpu", 60, 0.5, 400, "published: thousands of cycles on real hardware; traces show some 100 us on the emulated lab host");

    /// <summary>Extra cost of a switch after another vcpu.</summary>
    public static ParameterDefinition Cold { get; } = Set("cold_us", "us", "further CPU time of a switch when another vcpu had the pcpu since", 0, "cannot be told from solo runs, so 0 until pairs are used", scalesWithCpu: true);

    /// <summary>Speed of a hyper-thread whose sibling works.</summary>
    public static ParameterDefinition SharedSpeed { get; } = Set("shared_speed_fraction", "fraction", "speed of a hyper-thread while another one of its core works, relative to having the core alone", 0.62, "published: both threads of a Pentium 4 together do 1.2 to 1.3 times the work of one", least: 0.05);

    /// <summary>From event to handler.</summary>
    public static ParameterDefinition Upcall { get; } = Fitted("upcall_us", "CPU time from an event to the end of the domain's interrupt handler", 60, 0.5, 600, "range as for switch_us");

    /// <summary>From the last work to sleep.</summary>
    public static ParameterDefinition IdleEntry { get; } = Set("idle_entry_us", "us", "CPU time of a kernel from its last work to the moment its vcpu blocks (stops the tick, sets a timer, blocks); what comes before that needs no switch", 0, "0 unless fitted: on the lab host, whose bursts are long, it is part of upcall_us", scalesWithCpu: true);

    /// <summary>Further refill of the driver domain's caches.</summary>
    public static ParameterDefinition DriverCold { get; } = Set("driver_cold_us", "us", "driver domain: what filling its caches again takes beyond cold_us, for driver, bridge and netback touch more than a guest does", 0, "0 unless fitted: other costs of an execution stand for it on the lab host", scalesWithCpu: true);

    /// <summary>A kernel's timer tick.</summary>
    public static ParameterDefinition Tick { get; } = Set("tick_us", "us", "CPU time of one timer tick (250 Hz) of a busy domain", 150, "traces: a guest woken by nothing but its tick runs some 0.3 ms, switch and upcall included", scalesWithCpu: true);

    /// <summary>A poll or thread run in the driver domain.</summary>
    public static ParameterDefinition DriverRound { get; } = Fitted("driver_round_us", "driver domain: one network poll or one run of a kernel thread, whatever it handles", 60, 0.5, 600, "range: a few microseconds on real hardware, 25 times that on the emulated lab host");

    /// <summary>A packet toward a guest.</summary>
    public static ParameterDefinition DriverReceive { get; } = Fitted("driver_receive_us", "driver domain: a packet from the card to a guest's memory (driver, bridge, grant copy)", 250, 2, 2000, "10..25 us a packet on 2010 hardware (derived from the paper's Table II)");

    /// <summary>A connection seen by the bridge.</summary>
    public static ParameterDefinition DriverConnection { get; } = Set("driver_connection_us", "us", "driver domain: a packet that opens a connection, beside its cost as a packet (filters of the bridge that track connections)", 0, "0 unless fitted: the lab's bridge has no filters", scalesWithCpu: true);

    /// <summary>A packet from a guest.</summary>
    public static ParameterDefinition DriverTransmit { get; } = Fitted("driver_transmit_us", "driver domain: a packet from a guest to the card (netback, bridge, driver)", 250, 2, 2000, "10..25 us a packet on 2010 hardware (derived from the paper's Table II)");

    /// <summary>A page of a guest mapped and unmapped.</summary>
    public static ParameterDefinition DriverPage { get; } = Fitted("driver_page_us", "driver domain: mapping a page of a guest and unmapping it when it has left", 150, 1, 1500, "two remaps of a page (IEEE CLOUD 2010, section on the I/O channel)");

    /// <summary>Share of a packet's cost in the card's driver.</summary>
    public static ParameterDefinition CardShare { get; } = Set("card_share", "fraction", "part of a packet's CPU time in the driver domain that the card's driver takes", 0.4, "guess: driver and netback weigh alike; cannot be told apart from outside");

    /// <summary>CPU share of monitoring.</summary>
    public static ParameterDefinition Monitor { get; } = Fitted("monitor_fraction", "share of a pcpu that the driver domain's own processes take (xentop, xentrace)", 0.045, 0.002, 0.15, "idle runs: 5 % on the lab host; the paper says 2.5 %", "fraction");

    /// <summary>How often monitoring runs.</summary>
    public static ParameterDefinition MonitorRate { get; } = Set("monitor_per_s", "1/s", "executions of that work", 28, "idle runs of the lab: 30 to 33 executions of the driver domain per second", least: LeastRate, most: MostRate);

    /// <summary>A poll in a guest.</summary>
    public static ParameterDefinition GuestRound { get; } = Fitted("guest_round_us", "guest: one network poll, whatever it handles", 60, 0.5, 600, "range as for driver_round_us");

    /// <summary>A packet received by a guest.</summary>
    public static ParameterDefinition GuestReceive { get; } = Fitted("guest_receive_us", "guest: a packet received (netfront, TCP)", 250, 2, 2500, "2..7 us a packet on 2010 hardware (derived from the paper's Tables I and II)");

    /// <summary>A control packet sent by a guest, relative to one received.</summary>
    public static ParameterDefinition GuestControlShare { get; } = Set("guest_control_share", "fraction", "guest: CPU time of a packet without payload that is sent, as part of one received", 0.5, "guess: half of TCP's work on the way in");

    /// <summary>A segment sent by a guest.</summary>
    public static ParameterDefinition GuestSegment { get; } = Fitted("guest_segment_us", "guest: a segment of a reply sent (TCP, netfront) and freed", 300, 2, 2500, "2..7 us a packet on 2010 hardware (derived from the paper's Tables I and II)");

    /// <summary>Work of the server for a request.</summary>
    public static ParameterDefinition Request { get; } = Fitted("request_us", "guest: the server's work for one request, whatever its size", 5000, 50, 20000, "150..280 us on 2010 hardware (derived from the paper's Table I)");

    /// <summary>Work of the server for a KiB.</summary>
    public static ParameterDefinition RequestKb { get; } = Fitted("request_kb_us", "guest: the server's work for each KiB of content", 60, 0.5, 1000, "8.7 us a KiB on 2010 hardware, packets included (derived from the paper's Table I)");

    /// <summary>Spread of the server's work.</summary>
    public static ParameterDefinition ServiceSpread { get; } = Set("service_spread", "fraction", "half width of the uniform spread of the server's work around its mean", 0.3, "guess; throughput hardly depends on it");

    /// <summary>A guest's own work.</summary>
    public static ParameterDefinition Background { get; } = Fitted("background_us", "guest: CPU time of one execution of its own work (kernel timers, daemons)", 350, 5, 2000, "idle runs of the lab: 500 to 600 us an execution, switch and upcall included");

    /// <summary>How often a guest's own work runs.</summary>
    public static ParameterDefinition BackgroundRate { get; } = Set("background_per_s", "1/s", "guest: executions of its own work", 8, "idle runs of the lab: 7 to 10 executions per second", least: LeastRate, most: MostRate);

    /// <summary>From packet to interrupt.</summary>
    public static ParameterDefinition CardInterrupt { get; } = Set("card_interrupt_us", "us", "from a packet's arrival or departure to the card's interrupt", 250, "traces of the lab: one interrupt covers a departure and the acknowledgement it brings");

    /// <summary>Client network.</summary>
    public static ParameterDefinition ClientDelay { get; } = Set("client_delay_us", "us", "from the card to a client, one way", 100, "traces of the lab: an acknowledgement is back within 0.4 ms");

    /// <summary>Trace records of the driver domain for each execution.</summary>
    public static ParameterDefinition DriverEventsPerExecution { get; } = Set("driver_events_per_execution", "1", "trace records of the driver domain that go with an execution", 12, "least squares after the fit");

    /// <summary>Trace records of the driver domain for each second of CPU.</summary>
    public static ParameterDefinition DriverEventsPerCpuS { get; } = Set("driver_events_per_cpu_s", "1/s", "trace records of the driver domain that go with a second of its CPU", 10_000, "least squares after the fit");

    /// <summary>Trace records of a guest for each execution.</summary>
    public static ParameterDefinition GuestEventsPerExecution { get; } = Set("guest_events_per_execution", "1", "trace records of a guest that go with an execution", 12, "least squares after the fit");

    /// <summary>Trace records of a guest for each second of CPU.</summary>
    public static ParameterDefinition GuestEventsPerCpuS { get; } = Set("guest_events_per_cpu_s", "1/s", "trace records of a guest that go with a second of its CPU", 20_000, "least squares after the fit");

    /// <summary>Trace records of idle for each time it gets a pcpu.</summary>
    public static ParameterDefinition IdleEventsPerExecution { get; } = Set("idle_events_per_execution", "1", "trace records that go with an execution of idle", 9, "scheduler records of a switch to idle and of the wake that ends it, in Xen 4.17 traces with all events");

    /// <summary>Events of the host for each switch.</summary>
    public static ParameterDefinition HostEventsPerSwitch { get; } = Set("host_events_per_switch", "1", "events of the host that go with a switch, where they are counted for the host alone", 0, "least squares after the fit; 0 where they are counted by domain");

    /// <summary>Events of the host for each page exchanged.</summary>
    public static ParameterDefinition HostEventsPerPage { get; } = Set("host_events_per_page", "1", "events of the host that go with an exchanged page", 0, "as for host_events_per_switch");

    /// <summary>Events of the host for each page mapped.</summary>
    public static ParameterDefinition HostEventsPerMap { get; } = Set("host_events_per_map", "1", "events of the host that go with a mapped page", 0, "as for host_events_per_switch");

    /// <summary>Events of the host for each event-channel notification.</summary>
    public static ParameterDefinition HostEventsPerNotification { get; } = Set("host_events_per_notification", "1", "events of the host that go with an event-channel notification", 0, "as for host_events_per_switch");

    /// <summary>Events of the host for each request answered.</summary>
    public static ParameterDefinition HostEventsPerRequest { get; } = Set("host_events_per_request", "1", "events of the host that go with a request answered: hypercalls of the guest's processes and their switches", 0, "as for host_events_per_switch");

    /// <summary>All parameters.</summary>
    public static IReadOnlyList<ParameterDefinition> All => s_all;

    private static ParameterDefinition Fitted(string name, string meaning, double start, double low, double high, string source, string unit = "us") =>
        Add(new ParameterDefinition(name, unit, meaning, start, low, high, source) { ScalesWithCpu = unit == "us" });

    private static ParameterDefinition Set(string name, string unit, string meaning, double value, string source, bool scalesWithCpu = false, double least = 0, double most = LargestValue) =>
        Add(new ParameterDefinition(name, unit, meaning, value, null, null, source) { ScalesWithCpu = scalesWithCpu, Least = least, Most = most });

    private static ParameterDefinition Add(ParameterDefinition definition)
    {
        definition = definition with { Index = s_all.Count, Most = definition.Unit == "fraction" ? 1 : Math.Min(definition.Most, LargestValue) };
        s_all.Add(definition);
        return definition;
    }
}
