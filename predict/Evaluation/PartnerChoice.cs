using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// One workload that looks for a partner among those it was measured beside: predicted and measured combined scores, at least two of each. Partners
/// predicted alike are chosen among at random, and the mean counts.
/// </summary>
internal sealed class PartnerChoice(IReadOnlyList<EvaluationPairRow> partners)
{
    private double Best => partners.Max(p => p.Measured);

    /// <summary>Score of the best measured partner minus score of the partner with the best prediction, at least 0.</summary>
    public double Regret
    {
        get
        {
            double predicted = partners.Max(p => p.Predicted);
            return Best - partners.Where(p => p.Predicted == predicted).Average(p => p.Measured);
        }
    }

    /// <summary>Rank correlation of predicted and measured scores of its partners; null with fewer than three or without spread.</summary>
    public double? Spearman => RankCorrelation.Spearman([.. partners.Select(p => p.Predicted)], [.. partners.Select(p => p.Measured)]);

    /// <summary>Chance, 0..1, that a partner as good as the best is among the <paramref name="first"/> with the best predictions.</summary>
    public double Hit(int first)
    {
        double best = Best, missed = 1;
        foreach (IGrouping<double, EvaluationPairRow> alike in partners.GroupBy(p => p.Predicted).OrderByDescending(g => g.Key))
        {
            int others = alike.Count(p => p.Measured < best), all = alike.Count();
            for (; first > 0 && all > 0; first--, others--, all--)
                missed *= Math.Max(0.0, others) / all;
        }

        return 1 - missed;
    }

    /// <summary>The choice of every workload with two or more partners. Where a protocol holds a workload out, its partners are those of its own fold.</summary>
    public static IReadOnlyList<PartnerChoice> All(IReadOnlyList<EvaluationPairRow> pairs)
    {
        ILookup<string, EvaluationPairRow> held = pairs.ToLookup(p => p.HeldOut);
        ILookup<string, EvaluationPairRow> members = pairs
            .SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }.Distinct().Select(w => (Workload: w, Pair: p)))
            .ToLookup(m => m.Workload, m => m.Pair);
        return
        [
            .. members.OrderBy(m => m.Key, WorkloadOrder.Instance)
                .Select(m => held[m.Key].Any() ? held[m.Key].ToArray() : Means(m))
                .Where(p => p.Length >= 2).Select(p => new PartnerChoice(p)),
        ];
    }

    /// <summary>One prediction a pair: the mean over the folds that held it out.</summary>
    private static EvaluationPairRow[] Means(IEnumerable<EvaluationPairRow> pairs) =>
        [.. pairs.GroupBy(p => (p.WorkloadA, p.WorkloadB)).Select(g => g.First() with { Predicted = g.Average(p => p.Predicted) })];
}
