using System.Globalization;

namespace Colocate.Simulate.Claims;

/// <summary>One thing that a claim says. All tests of a claim must pass.</summary>
/// <param name="unit">What the value of a judgement is; null for a value in the claim's own unit.</param>
public abstract class ClaimTest(string? unit)
{
    /// <summary>What the value of a judgement is; null for a value in the claim's own unit.</summary>
    public string? Unit => unit;

    /// <summary>Judges it.</summary>
    public abstract ClaimJudgement Judge(ClaimEvidence evidence);

    /// <summary>A number for people: four significant digits.</summary>
    private protected static string Show(double value) => value.ToString(Math.Abs(value) >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture);
}
