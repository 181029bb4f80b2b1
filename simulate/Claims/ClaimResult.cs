using Colocate.Model.Tables;

namespace Colocate.Simulate.Claims;

/// <summary>How a claim came out.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Value">Its value, in the unit of the first of its tests; null when there is none.</param>
/// <param name="Miss">How far it misses, in tolerances: 0 on target, infinite without a tolerance; null when it was not tested.</param>
/// <param name="Reason">Why it does not pass or was not tested; null when it passes.</param>
public sealed record ClaimResult(Claim Claim, double? Value, double? Miss, string? Reason)
{
    /// <summary>The verdict.</summary>
    public ClaimVerdict Verdict => ClaimJudgement.VerdictOf(Miss);

    /// <summary>As a row of the table <c>claims</c>.</summary>
    /// <param name="parameters">Path of <c>params.json</c>, for the command.</param>
    /// <param name="seen">Pairs that a parameter was fitted to: a claim that needs one of them, at whatever rate, was calibrated on.</param>
    public ClaimRow ToRow(string parameters, IReadOnlyCollection<ClaimExperiment> seen) => new()
    {
        Claim = Claim.Statement.Id,
        Source = "paper",
        Subject = Claim.Statement.Section,
        Role = ClaimNames.Of(Claim.Statement.Role == ClaimRole.Validate && Claim.Needs.Any(seen.Contains) ? ClaimRole.Calibrate : Claim.Statement.Role),
        Statement = Claim.Statement.Statement,
        Target = Claim.Statement.Target,
        Tolerance = Claim.Statement.Tolerance,
        Unit = Claim.Tests.Select(t => t.Unit).FirstOrDefault() ?? Claim.Statement.Unit,
        Value = Value,
        Miss = Miss is { } miss && double.IsFinite(miss) ? miss : null,
        Verdict = ClaimNames.Of(Verdict),
        Reason = Reason,
        Command = ClaimExperiment.Command(Claim.Needs, parameters),
    };
}
