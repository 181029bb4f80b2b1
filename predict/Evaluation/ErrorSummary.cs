using Colocate.Model.Tables;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// Condenses held-out predictions of one model to a row. Under leave-one-workload-out a pair of two workloads is predicted in two folds:
/// both predictions count with half weight in means, so that every pair weighs its repeats. Coverage and width go by pair, not by repeats,
/// because an interval is a promise about one pair.
/// </summary>
internal static class ErrorSummary
{
    /// <param name="pairs">Predictions of one model under one protocol, at least one.</param>
    /// <param name="kind">trainer or baseline.</param>
    /// <param name="level">Nominal level of the intervals.</param>
    /// <param name="meanMae">MAE of the training mean under the protocol.</param>
    public static EvaluationRow Of(IReadOnlyList<EvaluationPairRow> pairs, string kind, double level, double? meanMae)
    {
        double[] shares = Shares(pairs);
        double[] weights = [.. pairs.Select((p, i) => p.Weight * shares[i])];
        bool bounded = pairs.All(p => p.Low is not null && p.High is not null);
        double mae = Mean(pairs, weights, p => Math.Abs(p.Predicted - p.Measured));
        return new EvaluationRow
        {
            Protocol = pairs[0].Protocol,
            Model = pairs[0].Model,
            ModelKind = kind,
            N = pairs.Count,
            Mae = mae,
            // A pair that scored nothing has no relative error.
            Mape = Mean(
                pairs,
                [.. weights.Select((w, i) => pairs[i].Measured > 0 ? w : 0)],
                p => p.Measured > 0 ? Math.Abs(p.Predicted - p.Measured) / p.Measured : 0),
            Rmse = Math.Sqrt(Mean(pairs, weights, p => (p.Predicted - p.Measured) * (p.Predicted - p.Measured))),
            Skill = meanMae is > 0 and double reference ? 1 - (mae / reference) : null,
            Spearman = RankCorrelation.Spearman([.. pairs.Select(p => p.Predicted)], [.. pairs.Select(p => p.Measured)]),
            HalfMae = pairs.Any(p => p.PredictedA is null || p.PredictedB is null)
                ? null
                : Mean(pairs, weights, p => (Math.Abs(p.PredictedA!.Value - p.MeasuredA) + Math.Abs(p.PredictedB!.Value - p.MeasuredB)) / 2),
            HalfCoverage = pairs.Any(p => p.LowA is null || p.LowB is null)
                ? null
                : Mean(pairs, shares, p => (p.MeasuredA >= p.LowA ? 0.5 : 0) + (p.MeasuredB >= p.LowB ? 0.5 : 0)),
            Coverage = bounded ? Mean(pairs, shares, p => p.Low <= p.Measured && p.Measured <= p.High ? 1 : 0) : null,
            Width = bounded ? Mean(pairs, shares, p => p.High!.Value - p.Low!.Value) : null,
            Level = bounded ? level : null,
            IntervalReason = bounded ? null : "too slow for the inner folds that intervals need on this many pairs; name it with --trainer",
        };
    }

    private static double[] Shares(IReadOnlyList<EvaluationPairRow> pairs)
    {
        Dictionary<(string, string), int> times = pairs.GroupBy(p => (p.WorkloadA, p.WorkloadB)).ToDictionary(g => g.Key, g => g.Count());
        return [.. pairs.Select(p => 1.0 / times[(p.WorkloadA, p.WorkloadB)])];
    }

    private static double Mean(IReadOnlyList<EvaluationPairRow> pairs, double[] weights, Func<EvaluationPairRow, double> value)
    {
        double total = weights.Sum();
        return total > 0 ? pairs.Select((p, i) => weights[i] * value(p)).Sum() / total : 0;
    }
}
