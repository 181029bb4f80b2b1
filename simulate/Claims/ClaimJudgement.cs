namespace Colocate.Simulate.Claims;

/// <summary>How one test of a claim came out.</summary>
/// <param name="Value">Its value, in its unit; null when there is none.</param>
/// <param name="Miss">How far it misses, in tolerances: 0 on target, infinite without a tolerance; null when it was not tested.</param>
/// <param name="Reason">Why it does not pass or was not tested; null when it passes.</param>
public sealed record ClaimJudgement(double? Value, double? Miss, string? Reason)
{
    /// <summary>Keeps a value that lies on the edge of a tolerance, but for the last bits, within it.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The verdict that <see cref="Miss"/> stands for.</summary>
    public ClaimVerdict Verdict => VerdictOf(Miss);

    /// <summary>Pass up to one tolerance, near up to two, not tested when there is no miss.</summary>
    public static ClaimVerdict VerdictOf(double? miss) => miss switch
    {
        null => ClaimVerdict.NotTested,
        <= 1 + Rounding => ClaimVerdict.Pass,
        <= 2 + Rounding => ClaimVerdict.Near,
        _ => ClaimVerdict.Fail,
    };
}
