namespace Colocate.Simulate.Claims;

/// <summary>Combined scores of pairs: section III, Fig. 3, and the abstract. The pairs are those that the text names; the figure itself lists none.</summary>
internal static class PairClaims
{
    private static readonly (int A, int B)[] s_named = [(1, 1), (1, 10), (1, 50), (1, 100), (30, 100), (50, 100)];
    private static readonly (int A, int B)[] s_mixed = [(1, 50), (1, 100)];
    private static readonly (int A, int B)[] s_alike = [(1, 1), (30, 100), (50, 100), (100, 100)];
    private static readonly (int A, int B)[] s_worst = [(1, 1), (1, 10)];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("F302", Needs((1, 100)), new ValueTest(ClaimTarget.About(1.58), Tolerance.Relative(0.05), "(1, 100)", e => e.Combined(1, 100))),
        Claim.Of("F303", Needs(s_named), new OrderTest(e => Others((1, 100)).Select(p => Below(e, p, (1, 100))))),
        Claim.Of("F304", Needs(s_named), new OrderTest(e => [.. Others((1, 100), (1, 50)).Select(p => Below(e, p, (1, 50))), Below(e, (1, 50), (1, 100))])),
        Claim.Of("F305", Needs([.. s_worst, (30, 100)]), new OrderTest(e => s_worst.Select(p => Below(e, p, (30, 100))))),
        Claim.Of("F306", Needs([.. s_worst, (50, 100)]), new OrderTest(e => s_worst.Select(p => Below(e, p, (50, 100))))),
        Claim.Of("F307", Needs(s_named), new OrderTest(e => from worst in s_worst from better in Others(s_worst) select Below(e, worst, better))),
        Claim.Of("F308", Needs((1, 1)), new ValueTest(ClaimTarget.About(0.832), Tolerance.Relative(0.05), "(1, 1)", e => e.Combined(1, 1))),
        Claim.Of("F309", Needs((100, 100)), new ValueTest(ClaimTarget.About(1.00), Tolerance.Relative(0.03), "(100, 100)", e => e.Combined(100, 100))),
        Claim.Of("K02", [ClaimExperiment.Pair(1, 1)], new OrderTest(e => [("network < CPU of (1, 1)", BaseCaseClaims.LinkUse(e.Pair(1, 1), e.Settings), e.Pair(1, 1).CpuFraction)])),
        Claim.Of("K03", Needs([.. s_mixed, .. s_alike]), new OrderTest(e => from alike in s_alike from mixed in s_mixed select Below(e, alike, mixed))),
    ];

    private static IEnumerable<(int A, int B)> Others(params (int A, int B)[] but) => s_named.Except(but);

    private static (string Of, double? Less, double? More) Below(ClaimEvidence evidence, (int A, int B) less, (int A, int B) more) =>
        ($"score of {less} < {more}", evidence.Combined(less.A, less.B), evidence.Combined(more.A, more.B));

    private static IEnumerable<ClaimExperiment> Needs(params (int A, int B)[] pairs) =>
        pairs.SelectMany(p => new[] { ClaimExperiment.Alone(p.A), ClaimExperiment.Alone(p.B), ClaimExperiment.Pair(p.A, p.B) }).Distinct();
}
