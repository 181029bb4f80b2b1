using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Placement;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// What held-out predictions are worth to someone who has to decide: who sits beside whom, and whom to admit. Out-of-sample predictions form one
/// table of pairs: where a pair was held out in several folds, the mean of its predictions stands there.
/// </summary>
internal sealed class Decisions
{
    private const int Divisions = 200, Lists = 100, DivisionsOfList = 5, DivisionsOfFold = 10;

    private readonly MatchingScale _once;
    private readonly MatchingScale[] _drawn;
    private readonly IReadOnlyList<(string Fold, MatchingScale Scale)> _folds;
    private readonly Dictionary<WorkloadPair, double> _measured;
    private readonly string[] _guests;
    private readonly int _seed;

    /// <param name="predictions">Predictions of any one model under a protocol: they say which pairs were held out and what was measured.</param>
    /// <param name="seed">Seed of random divisions and guests.</param>
    public Decisions(IEnumerable<EvaluationPairRow> predictions, int seed)
    {
        Dictionary<WorkloadPair, double> measured = _measured = ByPair(predictions, p => p.Measured);
        _seed = seed;
        _folds = [.. WithinFolds(predictions, seed)];
        string[] paired = _guests = Paired(measured);
        _once = new MatchingScale(measured, paired, Divisions, seed);
        var random = new Random(seed);
        _drawn = paired.Length == 0 ? [] : [.. Enumerable.Range(0, Lists).Select(list =>
            new MatchingScale(measured, [.. paired.Concat(paired.Take(paired.Length % 2)).Select(_ => paired[random.Next(paired.Length)])], DivisionsOfList, seed + list))];
    }

    /// <summary>
    /// What one model held out, divided apart. Over all folds a pair competes with others whose models have learned its score: is it low by chance, theirs are predicted lower and its own is not, so
    /// that the best division by such predictions prefers pairs that were measured low. Within a fold no model has seen any of the competitors, as when guests are placed that were never measured.
    /// </summary>
    private static IEnumerable<(string Fold, MatchingScale Scale)> WithinFolds(IEnumerable<EvaluationPairRow> predictions, int seed) =>
        from fold in predictions.GroupBy(p => p.HeldOut)
        let measured = ByPair(fold, p => p.Measured)
        let scale = new MatchingScale(measured, Paired(measured), DivisionsOfFold, seed)
        where scale.Reason is null
        select (fold.Key, scale);

    private double? ClosedWithinFolds(IReadOnlyList<EvaluationPairRow> pairs)
    {
        ILookup<string, EvaluationPairRow> byFold = pairs.ToLookup(p => p.HeldOut);
        double gap = _folds.Sum(f => f.Scale.Oracle - f.Scale.Random);
        return gap > 0 ? _folds.Sum(f => f.Scale.TotalBy(ByPair(byFold[f.Fold], p => p.Predicted)) - f.Scale.Random) / gap : null;
    }

    /// <summary>Adds to the errors of a model what its predictions are worth.</summary>
    public EvaluationRow AddTo(EvaluationRow row, IReadOnlyList<EvaluationPairRow> pairs)
    {
        IReadOnlyList<PartnerChoice> choices = PartnerChoice.All(pairs);
        Dictionary<WorkloadPair, double> predicted = ByPair(pairs, p => p.Predicted);
        double total = _once.TotalBy(predicted), gap = _drawn.Sum(d => d.Oracle - d.Random);
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
            MatchingOracle = _once.Oracle,
            MatchingRandom = _once.Random,
            MatchingWorst = _once.Worst,
            MatchingGapClosed = _once.Reason is null ? (total - _once.Random) / (_once.Oracle - _once.Random) : null,
            MatchingGapClosedDrawn = _once.Reason is null && gap > 0 ? _drawn.Sum(d => d.TotalBy(predicted) - d.Random) / gap : null,
            // Every draw is some matchings: for all models it would take longer than many of their fits.
            MatchingGapExpected = _once.Reason is null && row.Model == TrainerCatalogue.Auto ? MatchingLimit.Expected(_measured, predicted, _guests, _seed) : null,
            MatchingGapClosedWithinFolds = ClosedWithinFolds(pairs),
            MatchingReason = _once.Reason,
            Slo90Precision = at90.Precision,
            Slo90Recall = at90.Recall,
            Slo90WronglyAdmitted = at90.WronglyAdmitted,
            Slo90GuardAdmitted = at90.GuardAdmitted,
            Slo90GuardWronglyAdmitted = at90.GuardWronglyAdmitted,
            Slo80Precision = at80.Precision,
            Slo80Recall = at80.Recall,
            Slo80WronglyAdmitted = at80.WronglyAdmitted,
            Slo80GuardAdmitted = at80.GuardAdmitted,
            Slo80GuardWronglyAdmitted = at80.GuardWronglyAdmitted,
        };
    }

    /// <summary>The workloads that were measured beside another one.</summary>
    private static string[] Paired(Dictionary<WorkloadPair, double> measured) =>
        [.. measured.Keys.Where(p => !p.IsEqualPair).SelectMany(p => new[] { p.A, p.B }).Distinct().Order(WorkloadOrder.Instance)];

    private static Dictionary<WorkloadPair, double> ByPair(IEnumerable<EvaluationPairRow> pairs, Func<EvaluationPairRow, double> value) =>
        pairs.GroupBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(g => g.Key, g => g.Average(value));
}
