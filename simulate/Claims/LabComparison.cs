using Colocate.Model.Runs;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Simulate.Claims;

/// <summary>One quantity of a measured run beside its simulation.</summary>
/// <param name="Run">The run.</param>
/// <param name="Domain">The domain; null for the run as a whole.</param>
/// <param name="Quantity">Column of the metric and client tables, <c>score</c> or <c>combined</c>.</param>
/// <param name="IsSeen">True when the calibration saw the run.</param>
/// <param name="Pair">The workloads of a saturated pair; null for any other run.</param>
/// <param name="Measured">As measured, in the column's unit.</param>
/// <param name="Simulated">As simulated, in the column's unit.</param>
/// <param name="Tolerance">How far off is still right, in the column's unit; above 0.</param>
public sealed record LabComparison(string Run, string? Domain, string Quantity, bool IsSeen, WorkloadPair? Pair, double Measured, double Simulated, double Tolerance)
{
    /// <summary>How far the simulation misses, in tolerances.</summary>
    public double Miss => Math.Abs(Simulated - Measured) / Tolerance;

    /// <summary>Pass within a tolerance, near within two.</summary>
    public ClaimVerdict Verdict => ClaimJudgement.VerdictOf(Miss);

    /// <summary>As a row of the table <c>claims</c>.</summary>
    /// <param name="parameters">Path of <c>params.json</c>, for the command.</param>
    /// <param name="lake">Folder of the lake, for the command.</param>
    public ClaimRow ToRow(string parameters, string lake) => new()
    {
        Claim = string.Join('/', new[] { Run, Domain, Quantity }.OfType<string>()),
        Source = "lab",
        Subject = Run,
        Role = ClaimNames.Of(IsSeen ? ClaimRole.Calibrate : ClaimRole.Validate),
        Statement = $"{Quantity} of {Domain ?? "the run"} is as measured",
        Target = Invariant($"~ {Measured:G6}"),
        Tolerance = Invariant($"{Tolerance:G3} abs"),
        Unit = UnitOf(Quantity),
        Value = Simulated,
        Miss = Miss,
        Verdict = ClaimNames.Of(Verdict),
        Reason = Verdict == ClaimVerdict.Pass ? null : Invariant($"off by {Miss:G3} tolerances"),
        Command = $"colocate simulate --params {ShellWord.Of(parameters)} --lake {ShellWord.Of(lake)} --like {ShellWord.Of(Run)}",
    };

    private static string UnitOf(string quantity) =>
        quantity.EndsWith("_fraction", StringComparison.Ordinal) ? Unit.Fraction : quantity.EndsWith("_ms", StringComparison.Ordinal) ? Unit.Milliseconds : quantity.EndsWith("_per_s", StringComparison.Ordinal) ? Unit.PerSecond : Unit.Score;
}
