using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>Throughput and switches of the swept pairs: section IV.B, Fig. 4 (a) and (b).</summary>
internal static class ThroughputClaims
{
    /// <summary>One step of the sweep, in per cent.</summary>
    private const double StepPercent = 10;

    /// <summary>A pair is past its knee where it reaches this much of its best throughput. Steps differ by a fifth there, so any value between serves.</summary>
    private const double KneeFraction = 0.95;

    private static readonly Swept s_small = Swept.Small, s_mixed = Swept.Mixed, s_large = Swept.Large;
    private static readonly ClaimExperiment[] s_sweeps = [.. Swept.All.SelectMany(p => p.From())];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("F401", [s_mixed.Full], Value(1560, Tolerance.Relative(0.05), "1 KB in (1, 100)", SmallMixed)),
        Claim.Of("F402", [s_small.Full], Value(790, Tolerance.Relative(0.05), "mean of both guests", SmallAlike)),
        Claim.Of("F403", [s_mixed.Full, s_small.Full], Value(2, Tolerance.Relative(0.05), "1 KB in (1, 100) over (1, 1)", e => SmallMixed(e) / SmallAlike(e))),
        Claim.Of("F404", [ClaimExperiment.Alone(1), s_mixed.Full], Value(18, Tolerance.Absolute(3), "loss of 1 KB in (1, 100)", e => 100 * (1 - (SmallMixed(e) / e.BasePerS(1))))),
        Claim.Of("F405", [s_mixed.Full], Value(85, Tolerance.Relative(0.05), "100 KB in (1, 100)", LargeMixed)),
        Claim.Of("F406", [ClaimExperiment.Alone(100), s_mixed.Full], Value(76, Tolerance.Absolute(3), "100 KB in (1, 100) of alone", e => 100 * LargeMixed(e) / e.BasePerS(100))),
        Claim.Of("F407", [s_large.Full], Value(56, Tolerance.Relative(0.03), "mean of both guests", LargeAlike)),
        Claim.Of("F408", [s_mixed.Full, s_large.Full], Value(52, Tolerance.Absolute(6), "100 KB in (1, 100) over (100, 100)", e => 100 * ((LargeMixed(e) / LargeAlike(e)) - 1))),
        Claim.Of("F409", s_large.From(), Value(50, Tolerance.Absolute(StepPercent), "knee of (100, 100)", KneePercent)),
        Claim.Of("F410", s_large.From(), Value(50, Tolerance.Absolute(StepPercent), "peak of (100, 100)", PeakPercent)),
        Claim.Of("F411", s_large.From(50),
            new OrderTest(e => [("switches of (100, 100) at 60 % < 50 %", e.Pair(100, 100, 60).SwitchesPerS, e.Pair(100, 100, 50).SwitchesPerS)]),
            new ValueTest(ClaimTarget.AtMost(0), Tolerance.Absolute(10), "range over 60 to 100 %, in per cent", e => RangePercent([.. s_large.From(60).Select(x => e[x].SwitchesPerS)]))),
        Claim.Of("F412", s_sweeps, AtPeak(("switches", r => r.SwitchesPerS))),
        Claim.Of("F413", s_sweeps, new RankTest(0.9, e => Swept.All.Select(p => (p.ToString(), p.From().Select(x => e[x].EventsPerS).ToArray(), p.From().Select(x => e[x].SwitchesPerS).ToArray())))),
        Claim.Of("F414", Swept.All.Select(p => p.Full), new OrderTest(e =>
            from other in new[] { s_mixed, s_large }
            from what in new (string Of, Func<ClaimReading, double> Value)[] { ("switches", r => r.SwitchesPerS), ("events", r => r.EventsPerS) }
            select ($"{what.Of} of (1, 1) < {other}", (double?)what.Value(e[s_small.Full]), (double?)what.Value(e[other.Full])))),
        Claim.Of("K01", s_sweeps, AtPeak(("switches", r => r.SwitchesPerS), ("events", r => r.EventsPerS))),
    ];

    private static double SmallMixed(ClaimEvidence e) => e[s_mixed.Full].Guests[0].ThroughputPerS;

    private static double LargeMixed(ClaimEvidence e) => e[s_mixed.Full].Guests[1].ThroughputPerS;

    private static double SmallAlike(ClaimEvidence e) => e[s_small.Full].PerGuest(g => g.ThroughputPerS);

    private static double LargeAlike(ClaimEvidence e) => e[s_large.Full].PerGuest(g => g.ThroughputPerS);

    private static double KneePercent(ClaimEvidence e)
    {
        double best = s_large.From().Max(x => e[x].PerGuest(g => g.ThroughputPerS));
        return s_large.From().First(x => e[x].PerGuest(g => g.ThroughputPerS) >= KneeFraction * best).RatePercent;
    }

    private static double PeakPercent(ClaimEvidence e) => s_large.From().MaxBy(x => e[x].SwitchesPerS)!.RatePercent;

    private static double RangePercent(double[] values) => 100 * (values.Max() - values.Min()) / values.Average();

    private static ValueTest Value(double target, Tolerance tolerance, string of, Func<ClaimEvidence, double> value) => new(ClaimTarget.About(target), tolerance, of, e => value(e));

    /// <summary>At least twice the other two pairs, at the rate where switches of (100, 100) peak; a tenth less is still right.</summary>
    private static ValueTest AtPeak(params (string Of, Func<ClaimReading, double> Value)[] quantities) => new(ClaimTarget.AtLeast(2), new Tolerance(0.10, 0, true), e =>
        from what in quantities
        from other in Swept.Others
        let rate = (int)PeakPercent(e)
        select (Invariant($"{what.Of} of (100, 100) over {other} at {rate} %"), (double?)(what.Value(e.Pair(100, 100, rate)) / what.Value(e.Pair(other.A, other.B, rate)))));
}
