namespace Colocate.Simulate.Claims;

/// <summary>Values that all lie on a target, within a tolerance. The one furthest off is the claim's value.</summary>
/// <param name="target">The target, in the claim's unit.</param>
/// <param name="tolerance">How far off is still right.</param>
/// <param name="values">The values with what each is of; null when unknown.</param>
/// <param name="unit">What the values are; null for values in the claim's own unit.</param>
public sealed class ValueTest(ClaimTarget target, Tolerance tolerance, Func<ClaimEvidence, IEnumerable<(string Of, double? Value)>> values, string? unit = null) : ClaimTest(unit)
{
    /// <summary>A single value.</summary>
    public ValueTest(ClaimTarget target, Tolerance tolerance, string of, Func<ClaimEvidence, double?> value, string? unit = null)
        : this(target, tolerance, e => [(of, value(e))], unit)
    {
    }

    /// <summary>The target, in the claim's unit.</summary>
    public ClaimTarget Target => target;

    /// <summary>How far off is still right.</summary>
    public Tolerance Tolerance => tolerance;

    /// <inheritdoc/>
    public override ClaimJudgement Judge(ClaimEvidence evidence)
    {
        (string Of, double? Value)[] all = [.. values(evidence)];
        if (all.FirstOrDefault(v => v.Value is null).Of is { } unknown)
            return new ClaimJudgement(null, null, $"{unknown} is unknown");
        // Of values on target, the one nearest to leaving it.
        double value = all.OrderByDescending(v => target.Miss(v.Value!.Value, tolerance)).ThenByDescending(v => Math.Max(target.Low - v.Value!.Value, v.Value.Value - target.High)).First().Value!.Value;
        string[] off = [.. all.Where(v => ClaimJudgement.VerdictOf(target.Miss(v.Value!.Value, tolerance)) != ClaimVerdict.Pass).Select(v => $"{v.Of}: {Show(v.Value!.Value)}")];
        double miss = target.Miss(value, tolerance);
        return new ClaimJudgement(value, miss, off.Length == 0 ? null : $"{string.Join(", ", off)}{(double.IsInfinity(miss) ? "" : $"; off by {Show(miss)} tolerances")}");
    }
}
