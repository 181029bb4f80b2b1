using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>Workloads alone: sections II.C and IV.A, Tables I and II.</summary>
internal static class BaseCaseClaims
{
    /// <summary>Content in a full Ethernet frame and the line time of one, in bytes (TCP with time stamps; IEEE 802.3).</summary>
    private const double SegmentBytes = 1448, FrameBytes = 1538;

    private static readonly ClaimExperiment[] s_small = [.. Sizes.Small.Select(ClaimExperiment.Alone)];
    private static readonly ClaimExperiment[] s_large = [.. Sizes.Large.Select(ClaimExperiment.Alone)];
    private static readonly ClaimExperiment[] s_network = [.. Sizes.Network.Select(ClaimExperiment.Alone)];
    private static readonly ClaimExperiment[] s_all = [.. s_small, .. s_network];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("B01", s_all, new OrderTest(e =>
        [
            .. Sizes.Small.Select(kb => (Invariant($"{kb} KB: network < CPU"), (double?)LinkUse(e, kb), (double?)e.Alone(kb).CpuFraction)),
            .. Sizes.Network.Select(kb => (Invariant($"{kb} KB: CPU < network"), (double?)e.Alone(kb).CpuFraction, (double?)LinkUse(e, kb))),
        ])),
        Claim.Of("B02", s_all, Each(ClaimTarget.Within(0.5, 15), new Tolerance(0.1, 1, false), Sizes.Network, (e, s, n) => (e.BasePerS(s) / e.BasePerS(n)) - 1)),
        Claim.Of("B03", s_small, Each(ClaimTarget.About(97.5), Tolerance.Absolute(0.5), Sizes.Small, r => 100 * r.CpuFraction)),
        Claim.Of("B05", s_all, new ValueTest(ClaimTarget.About(20), Tolerance.Absolute(3), "1 KB", e => 100 * e.Alone(1).NetKbPerS / MostKbPerS(e))),
        Claim.Of("B06", s_all, new ValueTest(ClaimTarget.About(60), Tolerance.Absolute(3), "4 KB", e => 100 * e.Alone(4).NetKbPerS / MostKbPerS(e))),
        Claim.Of("B07", s_network, Each(ClaimTarget.Within(11048, 11271), Tolerance.Relative(0.02), Sizes.Network, r => r.NetKbPerS)),
        Claim.Of("B08", s_network, Each(ClaimTarget.AtMost(1200), Tolerance.Exact, Sizes.Network, r => r.Guests[0].ThroughputPerS)),
        Claim.Of("B09", s_network, Each(ClaimTarget.AtMost(75), Tolerance.Exact, Sizes.Network, r => 100 * r.CpuFraction)),
        Claim.Of("A01", [.. s_small, .. s_large], Each(ClaimTarget.AtMost(-30), Tolerance.Absolute(3), Sizes.Large, (e, s, l) => 100 * ((e.Alone(s).EventsPerS / e.Alone(l).EventsPerS) - 1))),
        Claim.Of("A02", [.. s_small, .. s_large], Each(ClaimTarget.AtMost(-60), Tolerance.Absolute(1), Sizes.Large, (e, s, l) => 100 * ((e.Alone(s).SwitchesPerS / e.Alone(l).SwitchesPerS) - 1))),
        Claim.Of("A03", [.. s_small, ClaimExperiment.Alone(30)], Each(ClaimTarget.About(2.5), Tolerance.Relative(0.15), [30], (e, s, l) => e.Alone(s).Driver.WaitFraction / e.Alone(l).Driver.WaitFraction)),
        Claim.Of("A04", [.. s_small, ClaimExperiment.Alone(30)], Each(ClaimTarget.About(30), Tolerance.Relative(0.10), [30], (e, s, l) => e.Alone(s).Guests[0].WaitFraction / e.Alone(l).Guests[0].WaitFraction)),
        Claim.Of("A05", s_small, Each(ClaimTarget.AtMost(6), Tolerance.Exact, Sizes.Small, r => 100 * r.Guests[0].BlockFraction)),
        Claim.Of("A06", s_all,
            new OrderTest(e => Sizes.All.Where(kb => kb != 10).Select(kb => (Invariant($"pages per execution of {kb} KB < 10 KB"), (double?)e.Alone(kb).PagesPerExecution, (double?)e.Alone(10).PagesPerExecution))),
            new ValueTest(ClaimTarget.About(7.28), Tolerance.Relative(0.10), "pages per execution of 10 KB", e => e.Alone(10).PagesPerExecution)),
        Claim.Of("A07", [ClaimExperiment.Alone(4), ClaimExperiment.Alone(10)], new ValueTest(ClaimTarget.About(1.15), Tolerance.Relative(0.03), "10 KB over 4 KB", e => e.Alone(10).EventsPerS / e.Alone(4).EventsPerS)),
        Claim.Of("A08", s_all, new OrderTest(e =>
        [
            .. OrderTest.Rising("pages per execution of", Series(e, [1, 4, 10], r => r.PagesPerExecution)),
            .. OrderTest.Rising("pages per execution of", Series(e, [100, 70, 50, 30, 10], r => r.PagesPerExecution)),
        ])),
        Claim.Of("A09", s_all, new RankTest(0.96, e => [("switches", BySize, Values(e, r => r.SwitchesPerS))])),
        Claim.Of("A10", s_all, new OrderTest(e =>
        [
            .. Sizes.All.Where(kb => kb != 30).Select(kb => (Invariant($"events of {kb} KB < 30 KB"), (double?)e.Alone(kb).EventsPerS, (double?)e.Alone(30).EventsPerS)),
            ("events of 10 KB < 100 KB", e.Alone(10).EventsPerS, e.Alone(100).EventsPerS),
        ])),
        Claim.Of("A11", s_all, new RankTest(0.9, e =>
        [
            ("driver domain", BySize, Values(e, r => r.Driver.BlockFraction)), ("guest", BySize, Values(e, r => r.Guests[0].BlockFraction)),
        ])),
        Claim.Of("A12", s_large, new OrderTest(e => Sizes.Large.Select(kb => (Invariant($"executions of {kb} KB: driver domain < guest"), (double?)e.Alone(kb).Driver.ExecutionsPerS, (double?)e.Alone(kb).Guests[0].ExecutionsPerS)))),
        Claim.Of("A13", s_all,
            new OrderTest(e => Sizes.All.Where(kb => kb != 10).Select(kb => (Invariant($"pages of {kb} KB < 10 KB"), (double?)e.Alone(kb).PagesPerS, (double?)e.Alone(10).PagesPerS))),
            new ValueTest(ClaimTarget.About(16000), Tolerance.Relative(0.10), "pages of 10 KB", e => e.Alone(10).PagesPerS)),
    ];

    private static double[] BySize => [.. Sizes.All.Select(kb => (double)kb)];

    /// <summary>Net I/O as a fraction of what the wire carries, 0..1; the larger of this and the CPU is what binds a workload.</summary>
    internal static double LinkUse(ClaimReading reading, PaperSettings settings) => reading.NetKbPerS * 1024 * 8 / (settings.NicMbit * 1e6 * SegmentBytes / FrameBytes);

    private static double LinkUse(ClaimEvidence evidence, int kb) => LinkUse(evidence.Alone(kb), evidence.Settings);

    /// <summary>The paper's 100 %: what the best workload brings through, KB/s.</summary>
    private static double MostKbPerS(ClaimEvidence evidence) => Sizes.All.Max(kb => evidence.Alone(kb).NetKbPerS);

    private static double[] Values(ClaimEvidence evidence, Func<ClaimReading, double> value) => [.. Sizes.All.Select(kb => value(evidence.Alone(kb)))];

    private static (string Of, double? Value)[] Series(ClaimEvidence evidence, int[] sizes, Func<ClaimReading, double> value) =>
        [.. sizes.Select(kb => (Invariant($"{kb} KB"), (double?)value(evidence.Alone(kb))))];

    private static ValueTest Each(ClaimTarget target, Tolerance tolerance, IReadOnlyList<int> sizes, Func<ClaimReading, double> value) =>
        new(target, tolerance, e => sizes.Select(kb => (Invariant($"{kb} KB"), (double?)value(e.Alone(kb)))));

    /// <summary>Each of the small files against each of the others.</summary>
    private static ValueTest Each(ClaimTarget target, Tolerance tolerance, IReadOnlyList<int> others, Func<ClaimEvidence, int, int, double> value) =>
        new(target, tolerance, e => from small in Sizes.Small from other in others select (Invariant($"{small} KB against {other} KB"), (double?)value(e, small, other)));
}
