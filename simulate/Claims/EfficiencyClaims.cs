using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>Pages per execution of the swept pairs: section IV.B, Fig. 4 (c), and the abstract's last finding.</summary>
internal static class EfficiencyClaims
{
    /// <summary>From this rate on the paper speaks of high rates, in per cent: where (100, 100) has saturated the host.</summary>
    private const int HighPercent = 50;

    private static readonly Swept s_small = Swept.Small, s_mixed = Swept.Mixed, s_large = Swept.Large;

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("F415", s_large.From(HighPercent), new ValueTest(ClaimTarget.AtMost(4), Tolerance.Exact, e => s_large.From(HighPercent).Select(x => (x.ToString(), (double?)e[x].PagesPerExecution)))),
        Claim.Of("F416", [s_small.Full, s_large.Full], new ValueTest(ClaimTarget.About(3), Tolerance.Relative(0.30), "(1, 1) over (100, 100)", e => e[s_small.Full].PagesPerExecution / e[s_large.Full].PagesPerExecution)),
        Claim.Of("F417", [.. s_small.From(), .. s_mixed.From()], new ValueTest(ClaimTarget.About(80), Tolerance.Absolute(10), "rate from which (1, 100) is no longer behind", e =>
            Crossing.Percent(rate => e.Pair(1, 1, rate).PagesPerExecution > e.Pair(1, 100, rate).PagesPerExecution))),
        Claim.Of("F418", s_mixed.From(HighPercent), new OrderTest(e =>
            OrderTest.Rising("pages per execution of", [.. s_mixed.From(HighPercent).Select(x => (x.ToString(), (double?)e[x].PagesPerExecution))]))),
        Claim.Of("K04", Swept.All.SelectMany(p => p.From()), new RankTest(0.8, e =>
        [
            (Invariant($"CPU of the driver domain and pages over {Swept.All.Count} sweeps"),
                [.. Swept.All.SelectMany(p => p.From()).Select(x => e[x].PagesPerS)], [.. Swept.All.SelectMany(p => p.From()).Select(x => e[x].Driver.CpuFraction)]),
        ])),
    ];
}
