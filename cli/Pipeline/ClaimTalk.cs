using Colocate.Model.Tables;
using Colocate.Simulate.Claims;
using static System.FormattableString;

namespace Colocate.Cli.Pipeline;

/// <summary>What a score card comes to, in lines for people.</summary>
internal static class ClaimTalk
{
    /// <summary>A line for each role: how many claims pass, come near, fail, were not tested.</summary>
    internal static IEnumerable<string> Counts(IEnumerable<ClaimRow> claims) =>
        from role in claims.GroupBy(c => c.Role)
        let tested = role.Count(c => c.Verdict != "not_tested")
        let passed = Count(role, "pass")
        select Invariant($"{role.Key}: {passed} pass, {Count(role, "near")} near, {Count(role, "fail")} fail, {Count(role, "not_tested")} not tested{(tested == 0 ? "" : Invariant($"; {100.0 * passed / tested:F0} % of those tested pass"))}");

    /// <summary>How well the simulator does on a lab's pairs.</summary>
    internal static string Of(LabSummary summary) => summary.Pairs == 0
        ? "pairs: none was measured and simulated"
        : Invariant($"pairs: {summary.Pairs}; mean error {Percent(summary.CombinedError)} of combined scores, {Percent(summary.ScoreError)} of scores; rank correlation {summary.RankCorrelation?.ToString("F2", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} over {summary.Comparable} comparisons beyond the spread of repeats");

    private static int Count(IEnumerable<ClaimRow> claims, string verdict) => claims.Count(c => c.Verdict == verdict);

    private static string Percent(double? fraction) => fraction is { } value ? Invariant($"{100 * value:F1} %") : "unknown";
}
