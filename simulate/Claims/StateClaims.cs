using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>
/// What driver domain and guests do meanwhile: section IV.B, Fig. 4 (d) to (i). Where the text names no rate, full rate is meant; "at 50 % and above" is
/// every step from there on. Of two guests with one workload the mean is taken.
/// </summary>
internal static class StateClaims
{
    private static readonly Swept s_small = Swept.Small, s_mixed = Swept.Mixed, s_large = Swept.Large;
    private static readonly ClaimExperiment[] s_full = [.. Swept.All.Select(p => p.Full)];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("F419", s_large.From(50), Saturated(35, 3, r => r.Driver.CpuFraction)),
        Claim.Of("F420", s_large.From(50), Saturated(30, 5, r => r.Driver.BlockFraction)),
        Claim.Of("F421", s_large.From(50), Saturated(48, 5, r => r.PerGuest(g => g.BlockFraction))),
        Claim.Of("F422", s_full, new OrderTest(e => AgainstOthers(e, "blocked", d => d.BlockFraction).Select(r => (Invariant($"{r.Of}, {r.Other} < (100, 100)"), (double?)r.Others, (double?)r.Large)))),
        Claim.Of("F423", s_full, new OrderTest(e => AgainstOthers(e, "waiting", d => d.WaitFraction).Select(r => (Invariant($"{r.Of}, (100, 100) < {r.Other}"), (double?)r.Large, (double?)r.Others)))),
        Claim.Of("F424", [s_small.Full], Percent(17, 4, e => [("driver domain", e[s_small.Full].Driver.WaitFraction)])),
        // The text leaves open whether 34 % is a guest's or both; per guest makes run + wait + block come out below 100 %, as they must.
        Claim.Of("F425", [s_small.Full], Percent(34, 5, e => [("mean of both guests", e[s_small.Full].PerGuest(g => g.WaitFraction))])),
        Claim.Of("F426", [s_small.Full], Percent(33, 4, e => [("driver domain", e[s_small.Full].Driver.CpuFraction), .. e[s_small.Full].Guests.Select((g, i) => (Invariant($"VM{i + 1}"), g.CpuFraction))])),
        Claim.Of("F427", [s_small.Full, s_mixed.Full], new OrderTest(e =>
            from domain in new (string Of, Func<ClaimReading, DomainReading> Part)[] { ("driver domain", r => r.Driver), ("VM1", r => r.Guests[0]) }
            from state in States
            select ($"{state.Of}, {domain.Of}: (1, 100) < (1, 1)", (double?)state.Value(domain.Part(e[s_mixed.Full])), (double?)state.Value(domain.Part(e[s_small.Full]))))),
        Claim.Of("F428", [s_mixed.Full, s_large.Full], new OrderTest(e =>
            from state in States
            select ($"{state.Of}: 100 KB in (100, 100) < (1, 100)", (double?)e[s_large.Full].PerGuest(state.Value), (double?)state.Value(e[s_mixed.Full].Guests[1])))),
        Claim.Of("F511", [s_mixed.Full], new OrderTest(e => [("boosted wakes per execution: 100 KB < 1 KB", e[s_mixed.Full].Guests[1].BoostedWakesPerExecution, e[s_mixed.Full].Guests[0].BoostedWakesPerExecution)])),
    ];

    private static IReadOnlyList<(string Of, Func<DomainReading, double> Value)> States => [("blocked", d => d.BlockFraction), ("waiting", d => d.WaitFraction)];

    /// <summary>A fraction of (100, 100) at 50 % and above.</summary>
    private static ValueTest Saturated(double targetPercent, double tolerancePercent, Func<ClaimReading, double> fraction) =>
        Percent(targetPercent, tolerancePercent, e => s_large.From(50).Select(x => (x.ToString(), fraction(e[x]))));

    private static ValueTest Percent(double target, double tolerance, Func<ClaimEvidence, IEnumerable<(string Of, double Fraction)>> fractions) =>
        new(ClaimTarget.About(target), Tolerance.Absolute(tolerance), e => fractions(e).Select(f => (f.Of, (double?)(100 * f.Fraction))));

    /// <summary>A state of driver domain and guests in (100, 100) beside each of the other pairs.</summary>
    private static IEnumerable<(string Of, Swept Other, double Large, double Others)> AgainstOthers(ClaimEvidence e, string state, Func<DomainReading, double> value) =>
        from domain in new (string Of, Func<ClaimReading, double> Value)[] { ("driver domain", r => value(r.Driver)), ("guests", r => r.PerGuest(value)) }
        from other in Swept.Others
        select ($"{state}, {domain.Of}", other, domain.Value(e[s_large.Full]), domain.Value(e[other.Full]));
}
