using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>Every solo feature that tables yield. Adding one is a line here; columns of a <c>solo.csv</c> that are not listed are used too.</summary>
public static class FeatureCatalogue
{
    /// <summary>
    /// Highest total CPU of the published base cases, 0..1: Table II of "Understanding Performance Interference of I/O Workload in
    /// Virtualized Cloud Environments" (IEEE CLOUD 2010), 1 KB row; the paper gives the rest to its monitor.
    /// </summary>
    public const double CpuCapacity = 0.975;

    /// <summary>
    /// Highest share of the wire of the published base cases, 0..1: 11271 KB/s (Table I of the same paper, 30 KB row) with
    /// <see cref="WireBytesPerPayloadByte"/> on a 100 Mbit/s card.
    /// </summary>
    public const double LinkCapacity = 0.981;

    /// <summary>
    /// Bytes on the wire for a byte of TCP payload in full segments: 1538 / 1448. A 1500-byte IP packet carries 1448 bytes
    /// (RFC 791 and RFC 9293 headers of 20 bytes each, 12 bytes of RFC 7323 timestamps) and takes 1538 with Ethernet header, check sequence,
    /// preamble and gap (IEEE 802.3). Acknowledgements and short segments are not counted, so small replies read low.
    /// </summary>
    public const double WireBytesPerPayloadByte = 1538.0 / 1448.0;

    /// <summary>The features in reading order: client, host, driver domain, guest, demands of a request.</summary>
    public static IReadOnlyList<SoloFeature> All { get; } =
    [
        new("throughput_per_s", Unit.PerSecond, "base_cases.throughput_per_s", "B, throughput alone")
            { InPairs = true, Read = r => r.BaseCase?.ThroughputPerS },
        new("net_kb_per_s", Unit.KibibytesPerSecond, "client_results.net_kb_per_s", "application bytes in both directions")
            { Read = r => r.Client?.NetKbPerS },
        new("reply_ms", Unit.Milliseconds, "client_results.reply_ms", "mean reply time")
            { Read = r => r.Client?.ReplyMs },
        new("nic_mbit", Unit.MegabitsPerSecond, "runs.nic_mbit", "rate of the shared network card")
            { Read = r => r.Run?.NicMbit },
        new("net_fraction", Unit.Fraction, "derived", "net_kb_per_s x 1024 x 8 x 1538/1448 / (nic_mbit x 10^6): share of the wire")
            { InPairs = true, IsShared = true, Capacity = LinkCapacity, Derive = NetFraction },
        new("host_cpu_fraction", Unit.Fraction, "host_metrics.cpu_fraction", "busy time of all pcpus")
            { InPairs = true, IsShared = true, Capacity = CpuCapacity, Read = r => r.Host?.CpuFraction },
        new("events_per_s", Unit.PerSecond, "host_metrics.events_per_s", "trace records")
            { Read = r => r.Host?.EventsPerS },
        new("switches_per_s", Unit.PerSecond, "host_metrics.switches_per_s", "switches of all pcpus")
            { Read = r => r.Host?.SwitchesPerS },
        new("pages_per_s", Unit.PerSecond, "host_metrics.pages_per_s", "pages exchanged")
            { Read = r => r.Host?.PagesPerS },
        new("pages_per_execution", Unit.PerExecution, "host_metrics.pages_per_execution", "pages / executions of Domain-0: how well it batches")
            { InPairs = true, Read = r => r.Host?.PagesPerExecution },
        new("dom0_cpu_fraction", Unit.Fraction, "domain_metrics.cpu_fraction", "CPU of the driver domain, of one pcpu")
            { InPairs = true, IsShared = true, Read = r => r.Driver?.CpuFraction },
        new("dom0_wait_fraction", Unit.Fraction, "domain_metrics.wait_fraction", "waiting of the driver domain")
            { Read = r => r.Driver?.WaitFraction },
        new("dom0_block_fraction", Unit.Fraction, "domain_metrics.block_fraction", "blocking of the driver domain")
            { Read = r => r.Driver?.BlockFraction },
        new("dom0_executions_per_s", Unit.PerSecond, "domain_metrics.executions_per_s", "executions of the driver domain")
            { Read = r => r.Driver?.ExecutionsPerS },
        new("guest_cpu_fraction", Unit.Fraction, "domain_metrics.cpu_fraction", "CPU of the loaded guest, of one pcpu")
            { InPairs = true, Read = r => r.Guest?.CpuFraction },
        new("guest_wait_fraction", Unit.Fraction, "domain_metrics.wait_fraction", "waiting of the loaded guest")
            { Read = r => r.Guest?.WaitFraction },
        new("guest_block_fraction", Unit.Fraction, "domain_metrics.block_fraction", "blocking of the loaded guest")
            { Read = r => r.Guest?.BlockFraction },
        new("guest_executions_per_s", Unit.PerSecond, "domain_metrics.executions_per_s", "executions of the loaded guest")
            { Read = r => r.Guest?.ExecutionsPerS },
        Demand("host_cpu_share_ms_per_request", Unit.Milliseconds, "host_cpu_fraction", "time of all pcpus that a request takes", 1000),
        Demand("dom0_cpu_ms_per_request", Unit.Milliseconds, "dom0_cpu_fraction", "CPU of the driver domain that a request takes", 1000),
        Demand("guest_cpu_ms_per_request", Unit.Milliseconds, "guest_cpu_fraction", "CPU of the loaded guest that a request takes", 1000),
        Demand("net_kb_per_request", Unit.Kibibytes, "net_kb_per_s", "application bytes of a request and its reply"),
        Demand("pages_per_request", Unit.Count, "pages_per_s", "pages exchanged for a request"),
        Demand("switches_per_request", Unit.Count, "switches_per_s", "switches for a request"),
        Demand("events_per_request", Unit.Count, "events_per_s", "trace records of a request"),
    ];

    /// <summary>The feature of that name; null when the catalogue has none.</summary>
    public static SoloFeature? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>What one request takes: by the utilisation law (Denning and Buzen 1978) the use of a resource over the throughput that causes it.</summary>
    private static SoloFeature Demand(string name, string unit, string of, string definition, double scale = 1) =>
        new(name, unit, "derived", scale == 1 ? $"{of} / throughput_per_s: {definition}" : $"{scale:0} x {of} / throughput_per_s: {definition}")
        {
            Derive = p => p["throughput_per_s"] is > 0 and double requests ? scale * p[of] / requests : null,
        };

    private static double? NetFraction(SoloProfile p) =>
        p["nic_mbit"] is > 0 and double mbit ? p["net_kb_per_s"] * 1024 * 8 * WireBytesPerPayloadByte / (mbit * 1e6) : null;
}
