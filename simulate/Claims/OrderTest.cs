namespace Colocate.Simulate.Claims;

/// <summary>
/// Relations less &lt; more that must all hold. The claim's value is the share of them that do. One that does not hold, of at least
/// <see cref="LeastForNear"/>, is near.
/// </summary>
/// <param name="relations">The relations with what each compares; null for a side that is unknown.</param>
public sealed class OrderTest(Func<ClaimEvidence, IEnumerable<(string Of, double? Less, double? More)>> relations) : ClaimTest("share of relations")
{
    /// <summary>So that most of an order still holds when one relation does not.</summary>
    public const int LeastForNear = 3;

    /// <summary>Twice a tolerance, where near ends.</summary>
    private const double NearMiss = 2;

    /// <summary>Neighbours of a series that must rise one after the other.</summary>
    public static IEnumerable<(string Of, double? Less, double? More)> Rising(string what, IReadOnlyList<(string Of, double? Value)> series) =>
        series.Zip(series.Skip(1), (a, b) => ($"{what} {a.Of} < {b.Of}", a.Value, b.Value));

    /// <inheritdoc/>
    public override ClaimJudgement Judge(ClaimEvidence evidence)
    {
        (string Of, double? Less, double? More)[] all = [.. relations(evidence)];
        if (all.FirstOrDefault(r => r.Less is null || r.More is null).Of is { } unknown)
            return new ClaimJudgement(null, null, $"unknown: {unknown}");
        string[] violated = [.. all.Where(r => !(r.Less < r.More)).Select(r => $"{r.Of} ({Show(r.Less!.Value)}, {Show(r.More!.Value)})")];
        double miss = violated.Length == 0 ? 0 : violated.Length == 1 && all.Length >= LeastForNear ? NearMiss : double.PositiveInfinity;
        return new ClaimJudgement((all.Length - violated.Length) / (double)all.Length, miss, violated.Length == 0 ? null : $"does not hold: {string.Join(", ", violated)}");
    }
}
