using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Scenarios;

/// <summary>
/// What a host's software and hardware do by their age: netback, card, TCP. Two generations are described; what a run or a table says of its
/// host takes their place.
/// </summary>
public sealed record HostGeneration
{
    /// <summary>Xen 4.17 with Linux 6.1 in all domains, as on the host of the sample lab.</summary>
    public static HostGeneration Xen417 { get; } = new() { Name = "xen-4.17" };

    /// <summary>
    /// Xen 3.4 with Linux 2.6.18 in all domains and an e100 card, as on the host of "Understanding Performance Interference of I/O Workload in
    /// Virtualized Cloud Environments" (IEEE CLOUD 2010), section II.B. Windows are those of Linux 2.6.18 (initial window of RFC 3390; no small
    /// queues; 64 KiB receive window), limits those of Apache 2.2 prefork (256 processes) and <c>net.core.somaxconn</c> (128),
    /// <c>net.ipv4.tcp_max_syn_backlog</c> (1024), SYNs are repeated after 3 s (RFC 1122). Headers are what the net I/O of Table I leaves beyond
    /// content (least squares over its rows, in KB/s). The card has 64 descriptors in either direction (<c>e100_get_defaults</c> of drivers/net/e100.c; 256 for
    /// received packets and 128 for others in later versions). Caches fill during the work that misses them, and take about half of it then.
    /// </summary>
    public static HostGeneration Xen34 { get; } = new()
    {
        Name = "xen-3.4",
        SchedulerName = "credit34",
        Netback = NetbackKind.Flip,
        CardRingSlots = 64,
        CardReceiveSlots = 64,
        CardBundleFrames = 6,
        DeparturesPerInterrupt = 16,
        PollsUntilNothing = true,
        HoldsOffResponses = true,
        RefillShare = 0.5,
        ReplyHeaderBytes = 36,
        Server = new ServerSettings { Workers = 256, Backlog = 128, MostHalfOpen = 1024, InitialWindow = 3, ReceiveWindow = 45, BurstSegments = 1, SmallQueue = int.MaxValue, SegmentsPerAck = 1, SpreadFrom = 2, SettlesElsewhere = true, PullFrom = 2 },
        SynTimeoutS = 3,
        PatienceS = 1000,
        SettleS = 5,
        AcksPerSegment = 1.22,
        Monitor = MonitorKind.XenMon,
    };

    /// <summary>The generations.</summary>
    public static IReadOnlyList<HostGeneration> All { get; } = [Xen417, Xen34];

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its scheduler, one of <see cref="SchedulerCatalogue"/>.</summary>
    public string SchedulerName { get; init; } = SchedulerCatalogue.Default;

    /// <summary>How netback works.</summary>
    public NetbackKind Netback { get; init; } = NetbackKind.Queues;

    /// <summary>Packets that the card itself holds.</summary>
    public int CardRingSlots { get; init; } = 256;

    /// <summary>Received packets that the card holds for its driver; more are lost (see <see cref="NetworkPath.CardSettings.ReceiveSlots"/>).</summary>
    public int CardReceiveSlots { get; init; } = int.MaxValue;

    /// <summary>Whether packets may be lost on their way to a guest.</summary>
    public bool MayLose => CardReceiveSlots < int.MaxValue;

    /// <summary>Received packets that raise an interrupt at once.</summary>
    public int CardBundleFrames { get; init; } = int.MaxValue;

    /// <summary>Departures until one asks for an interrupt.</summary>
    public int DeparturesPerInterrupt { get; init; } = 1;

    /// <summary>Whether the card's driver polls until there is nothing; see <see cref="NetworkPath.CardSettings.PollsUntilNothing"/>.</summary>
    public bool PollsUntilNothing { get; init; }

    /// <summary>Whether guests hear of packets that have left only when half of them have; see <see cref="NetworkPath.VirtualInterface"/>.</summary>
    public bool HoldsOffResponses { get; init; }

    /// <summary>Part of the time that a vcpu with cold caches spends filling them; see <see cref="Machine.MachineCosts.RefillShare"/>.</summary>
    public double RefillShare { get; init; }

    /// <summary>Bytes of a reply's HTTP header.</summary>
    public int ReplyHeaderBytes { get; init; } = 245;

    /// <summary>Servers and their TCP.</summary>
    public ServerSettings Server { get; init; } = new();

    /// <summary>Seconds to the first repetition of a SYN by a client; see <see cref="ClientSettings.SynTimeoutS"/>.</summary>
    public double SynTimeoutS { get; init; } = 1;

    /// <summary>Seconds without progress after which clients give up, unless a manifest says so.</summary>
    public double PatienceS { get; init; } = 10;

    /// <summary>Seconds of load that are not counted, because what is known of such hosts is a steady state; 0: runs count from their cold start.</summary>
    public double SettleS { get; init; }

    /// <summary>Acknowledgements of a client for each segment; see <see cref="ClientSettings.AcksPerSegment"/>.</summary>
    public double AcksPerSegment { get; init; } = 0.5;

    /// <summary>Which tool's readings are shown.</summary>
    public MonitorKind Monitor { get; init; } = MonitorKind.Xentrace;

    /// <summary>The generation of that name; null when there is none.</summary>
    public static HostGeneration? Find(string name) => All.FirstOrDefault(g => g.Name == name);
}
