namespace Colocate.Simulate.Claims;

/// <summary>A statement of the paper with how its value comes out of the evidence and how it is judged.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Needs">The experiments that it is judged on; none when it follows from settings or printed figures.</param>
/// <param name="Tests">What must hold, the first of which gives the value; none when it is never judged.</param>
public sealed record Claim(ClaimStatement Statement, IReadOnlyList<ClaimExperiment> Needs, IReadOnlyList<ClaimTest> Tests)
{
    /// <summary>Judges it: the verdict is that of the test that misses most.</summary>
    /// <exception cref="KeyNotFoundException">The evidence lacks an experiment of <see cref="Needs"/>.</exception>
    public ClaimResult Judge(ClaimEvidence evidence)
    {
        if (Tests.Count == 0)
            return new ClaimResult(this, null, null, Statement.Note);
        ClaimJudgement[] all = [.. Tests.Select(t => t.Judge(evidence))];
        string[] reasons = [.. all.Select(j => j.Reason).OfType<string>()];
        double? miss = all.Any(j => j.Miss is null) ? null : all.Max(j => j.Miss);
        return new ClaimResult(this, all[0].Value, miss, reasons.Length == 0 ? null : string.Join("; ", reasons));
    }

    /// <summary>A claim whose statement is the one of that id.</summary>
    internal static Claim Of(string id, IEnumerable<ClaimExperiment> needs, params IReadOnlyList<ClaimTest> tests) => new(PaperFiles.Claims.Single(c => c.Id == id), [.. needs], tests);
}
