using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Placement;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// What held-out predictions are worth to someone who has to decide: who sits beside whom, and whom to admit. Out-of-sample predictions form one
/// table of pairs: where a pair was held out in several folds, the mean of its predictions stands there.
/// </summary>
internal sealed class Decisions
{
    private readonly int _seed;
    private readonly MatchingScale _scale;

    /// <param name="predictions">Predictions of any one model under a protocol: they say which pairs were held out and what was measured.</param>
    /// <param name="seed">Seed of random divisions.</param>
    public Decisions(IEnumerable<EvaluationPairRow> predictions, int seed) =>
        (_seed, _scale) = (seed, new MatchingScale(ByPair(predictions, p => p.Measured), seed));

    /// <summary>Adds to the errors of a model what its predictions are worth.</summary>
    public EvaluationRow AddTo(EvaluationRow row, IReadOnlyList<EvaluationPairRow> pairs)
    {
        IReadOnlyList<PartnerChoice> choices = PartnerChoice.All(pairs);
        double total = _scale.TotalBy(ByPair(pairs, p => p.Predicted), _seed);
        Admission at90 = Admission.Of(pairs, 0.9), at80 = Admission.Of(pairs, 0.8);
        return row with
        {
            Kendall = RankCorrelation.Kendall([.. pairs.Select(p => p.Predicted)], [.. pairs.Select(p => p.Measured)]),
            SpearmanPartners = choices.Average(c => c.Spearman),
            RegretMean = choices.Average(c => (double?)c.Regret),
            RegretMax = choices.Max(c => (double?)c.Regret),
            HitBest = choices.Average(c => (double?)c.Hit(1)),
            HitBestThree = choices.Average(c => (double?)c.Hit(3)),
            MatchingTotal = total,
            MatchingOracle = _scale.Oracle,
            MatchingRandom = _scale.Random,
            MatchingWorst = _scale.Worst,
            MatchingGapClosed = _scale.Reason is null ? (total - _scale.Random) / (_scale.Oracle - _scale.Random) : null,
            MatchingReason = _scale.Reason,
            Slo90Precision = at90.Precision,
            Slo90Recall = at90.Recall,
            Slo90WronglyAdmitted = at90.WronglyAdmitted,
            Slo80Precision = at80.Precision,
            Slo80Recall = at80.Recall,
            Slo80WronglyAdmitted = at80.WronglyAdmitted,
        };
    }

    private static Dictionary<WorkloadPair, double> ByPair(IEnumerable<EvaluationPairRow> pairs, Func<EvaluationPairRow, double> value) =>
        pairs.GroupBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(g => g.Key, g => g.Average(value));
}
