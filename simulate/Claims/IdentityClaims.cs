using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>What must hold within the paper's own printed figures. A misprint there shows here, whatever is simulated.</summary>
internal static class IdentityClaims
{
    /// <summary>Full throughputs of (1, 100) as section IV.B prints them, 1/s, and their net I/O as section IV.C does, KB/s.</summary>
    private const double PrintedSmallPerS = 1560, PrintedLargePerS = 85, PrintedSmallKbPerS = 1634, PrintedLargeKbPerS = 8550;

    /// <summary>Time that 100 KB need on a 100 Mbit/s wire: 71 full frames of 1538 bytes.</summary>
    private const double WireMs = 8.7;

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("B10", [], Rows(Tolerance.Absolute(0.02), p => 100 * (p.CpuFraction - p.DriverCpuFraction - p.GuestCpuFraction))),
        Claim.Of("B11", [], Rows(Tolerance.Absolute(1), p => 100 * ((p.PagesPerS / p.DriverExecutionsPerS / p.PagesPerExecution) - 1))),
        Claim.Of("B12", [], Rows(Tolerance.Absolute(1), p => 100 * ((p.NetKbPerS / (p.WorkloadKb * p.ThroughputPerS)) - 1))),
        Claim.Of("B13", [], new ValueTest(ClaimTarget.AtMost(WireMs), Tolerance.Exact, "100 KB", e => e.Published.Single(p => p.WorkloadKb == 100).FirstByteMs)),
        Claim.Of("F301", [], new ValueTest(ClaimTarget.About(1.58), Tolerance.Exact, "(1, 100), to the two decimals printed", e => Math.Round((PrintedSmallPerS / Base(e, 1)) + (PrintedLargePerS / Base(e, 100)), 2))),
        Claim.Of("F505", [], new ValueTest(ClaimTarget.About(0), Tolerance.Absolute(3), _ =>
        [
            ("1 KB in (1, 100)", 100 * ((PrintedSmallKbPerS / PrintedSmallPerS) - 1)), ("100 KB in (1, 100)", 100 * ((PrintedLargeKbPerS / (100 * PrintedLargePerS)) - 1)),
        ], "per cent off")),
    ];

    /// <summary>A difference that should be 0 in every row of the tables, in per cent.</summary>
    private static ValueTest Rows(Tolerance tolerance, Func<PublishedBaseCase, double> difference) =>
        new(ClaimTarget.About(0), tolerance, e => e.Published.Select(p => (Invariant($"{p.WorkloadKb} KB"), (double?)difference(p))), "per cent off");

    private static double Base(ClaimEvidence evidence, int kb) => evidence.Published.Single(p => p.WorkloadKb == kb).ThroughputPerS;
}
