using MathNet.Numerics.Statistics;

namespace Colocate.Simulate.Claims;

/// <summary>Series that go together: Spearman's rank correlation (The American Journal of Psychology, 1904) of each is at least so much. The lowest is the claim's value.</summary>
/// <param name="least">Least correlation, below 1; what it lacks to 1 is the tolerance.</param>
/// <param name="series">The series with what each is of, at least two values each.</param>
public sealed class RankTest(double least, Func<ClaimEvidence, IEnumerable<(string Of, double[] X, double[] Y)>> series) : ClaimTest("rank correlation")
{
    /// <summary>Least correlation that passes.</summary>
    public double Least => least;

    /// <inheritdoc/>
    public override ClaimJudgement Judge(ClaimEvidence evidence)
    {
        (string of, double correlation) = series(evidence).Select(s => (s.Of, Correlation.Spearman(s.X, s.Y))).MinBy(s => double.IsNaN(s.Item2) ? double.NegativeInfinity : s.Item2);
        if (double.IsNaN(correlation))
            return new ClaimJudgement(null, null, $"{of} does not vary");
        double miss = (1 - correlation) / (1 - least);
        return new ClaimJudgement(correlation, miss, ClaimJudgement.VerdictOf(miss) == ClaimVerdict.Pass ? null : $"{of}: {Show(correlation)}");
    }
}
