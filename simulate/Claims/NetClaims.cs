namespace Colocate.Simulate.Claims;

/// <summary>Net I/O and what goes with it between 30 and 70 % (the paper's range II): section IV.C, Fig. 5.</summary>
internal static class NetClaims
{
    /// <summary>Range II, in per cent.</summary>
    private const int FromPercent = 30, ToPercent = 70;

    /// <summary>
    /// Below saturation all guests carry what is asked of them, so the curves lie on each other. One is ahead when it is by more than this: as far as
    /// throughput repeats (2 %, of the calibration's tolerances).
    /// </summary>
    private const double AheadBy = 1.02;

    private static readonly Swept s_small = Swept.Small, s_mixed = Swept.Mixed, s_large = Swept.Large;
    private static readonly ClaimExperiment[] s_mixedRange = [.. s_mixed.From(FromPercent, ToPercent)];
    private static readonly ClaimExperiment[] s_largeRange = [.. s_large.From(FromPercent, ToPercent)];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("F501", [s_mixed.Full], new ValueTest(ClaimTarget.About(1634), Tolerance.Relative(0.05), "1 KB in (1, 100)", e => e[s_mixed.Full].Guests[0].NetKbPerS)),
        Claim.Of("F502", [s_mixed.Full], new ValueTest(ClaimTarget.About(8550), Tolerance.Relative(0.05), "100 KB in (1, 100)", e => e[s_mixed.Full].Guests[1].NetKbPerS)),
        Claim.Of("F503", Swept.All.SelectMany(p => p.From()), new ValueTest(ClaimTarget.About(70), Tolerance.Absolute(10), "rate from which another guest carries more", e =>
            Crossing.Percent(rate => Swept.Others.SelectMany(p => e.Pair(p.A, p.B, rate).Guests).All(g => g.NetKbPerS <= AheadBy * e.Pair(100, 100, rate).PerGuest(o => o.NetKbPerS))))),
        Claim.Of("F504", s_mixedRange,
            new ValueTest(ClaimTarget.About(3600), Tolerance.Relative(0.10), "mean over the range", e => s_mixedRange.Average(x => e[x].Guests[1].NetKbPerS)),
            new ValueTest(ClaimTarget.About(0), Tolerance.Absolute(10), "rise over the range, in per cent of the mean", e =>
                100 * (e[s_mixedRange[^1]].Guests[1].NetKbPerS - e[s_mixedRange[0]].Guests[1].NetKbPerS) / s_mixedRange.Average(x => e[x].Guests[1].NetKbPerS))),
        Claim.Of("F506", s_mixedRange, new ValueTest(ClaimTarget.AtMost(0), Tolerance.Absolute(3), e => Enumerable.Range(0, 2).Select(guest =>
            ($"spread of VM{guest + 1}", (double?)Spread(e, x => 100 * x.Guests[guest].BlockFraction))))),
        Claim.Of("F507", [.. s_mixedRange, .. s_largeRange], new ValueTest(ClaimTarget.About(5), Tolerance.Absolute(3), "mean over the range", e =>
            100 * (s_mixedRange.Average(x => e[x].Guests[1].BlockFraction) - s_largeRange.Average(x => e[x].PerGuest(g => g.BlockFraction))))),
        Claim.Of("F508", s_mixedRange, new ValueTest(ClaimTarget.About(2), Tolerance.Absolute(1), e => s_mixedRange.Select(x => ($"mean of both guests, {x}", (double?)(100 * Waiting(e, x)))))),
        Claim.Of("F509", [.. s_largeRange, .. s_mixedRange, .. s_small.From(FromPercent, ToPercent)],
            new ValueTest(ClaimTarget.Within(0.5, 1.7), Tolerance.Absolute(0.5), e => s_largeRange.Select(x => (x.ToString(), (double?)(100 * Waiting(e, x))))),
            new OrderTest(e =>
            [
                ("waiting of (100, 100) at 30 % < 70 %", Waiting(e, s_largeRange[0]), Waiting(e, s_largeRange[^1])),
                .. from other in Swept.Others
                   from x in s_largeRange
                   select ($"waiting of {x} < {other}", (double?)Waiting(e, x), (double?)Waiting(e, ClaimExperiment.Pair(other.A, other.B, x.RatePercent))),
            ])),
        Claim.Of("F510", s_mixedRange, new ValueTest(ClaimTarget.About(4), Tolerance.Absolute(1.5), e => s_mixedRange.Select(x => (x.ToString(), (double?)(100 * e[x].Guests[1].CpuFraction))))),
    ];

    private static double Waiting(ClaimEvidence e, ClaimExperiment x) => e[x].PerGuest(g => g.WaitFraction);

    private static double Spread(ClaimEvidence e, Func<ClaimReading, double> value)
    {
        double[] values = [.. s_mixedRange.Select(x => value(e[x]))];
        return values.Max() - values.Min();
    }
}
