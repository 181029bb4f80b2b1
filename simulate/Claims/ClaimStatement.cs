namespace Colocate.Simulate.Claims;

/// <summary>One checkable statement as it stands in <c>claims.csv</c>.</summary>
/// <param name="Id">Its id, for instance <c>F302</c>.</param>
/// <param name="Section">Section, table or figure of the paper.</param>
/// <param name="Statement">The statement in words.</param>
/// <param name="Operator">How value and target are compared; empty when nothing is.</param>
/// <param name="Value">The target, as text.</param>
/// <param name="Unit">Unit of the target.</param>
/// <param name="Tolerance">How far off is still right, as text; empty when nothing is said.</param>
/// <param name="Role">What it is good for.</param>
/// <param name="Note">What to know of it; empty when nothing.</param>
public sealed record ClaimStatement(string Id, string Section, string Statement, string Operator, string Value, string Unit, string Tolerance, ClaimRole Role, string Note)
{
    /// <summary>Operator and target as one text, for instance <c>= 1.58</c>.</summary>
    public string Target => $"{Operator} {Value}".Trim();
}
