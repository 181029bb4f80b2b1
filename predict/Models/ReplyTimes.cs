using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Models;

/// <summary>
/// Predicts how long a workload's replies take beside another: ridge on the logarithm of the measured reply time, one row a workload of each pair, on
/// ordered features (victim first) and the victim's reply time alone. Predictions stay within the times that were measured, since beyond them a saturated
/// server's queue says more of time-outs than of load.
/// </summary>
internal sealed class ReplyTimes
{
    private const string ReplyMs = "reply_ms";

    private readonly SoloSpace _solo;
    private readonly PairFeature[] _features;
    private readonly SavedReplyTimes _saved;

    private ReplyTimes(SoloSpace solo, PairFeature[] features, SavedReplyTimes saved) => (_solo, _features, _saved) = (solo, features, saved);

    /// <summary>What a model file keeps.</summary>
    public SavedReplyTimes Saved => _saved;

    /// <summary>Restores what <see cref="Saved"/> was.</summary>
    /// <exception cref="FormatException">The catalogue has lost a feature.</exception>
    public static ReplyTimes Restore(SoloSpace solo, SavedReplyTimes saved) => new(solo, SavedFit.Pick(PairFeatureCatalogue.AllOrdered(solo), saved.Features), saved);

    /// <summary>Learns from the pairs with measured reply times; null when there are fewer than three of three workloads.</summary>
    /// <param name="set">All pairs.</param>
    /// <param name="solo">The space that the model of the scores was fitted in.</param>
    public static ReplyTimes? Fit(TrainingSet set, SoloSpace solo)
    {
        TrainingSet known = Known(set);
        if (known.Pairs.Count < TrainingSet.FewestPairs || known.Profiles.Count < TrainingSet.FewestWorkloads)
            return null;
        ReplyTimes fit = Learn(known, solo);
        (double? own, double? mean) = HeldOutErrors(known);
        return new ReplyTimes(fit._solo, fit._features, fit._saved with { Pairs = known.Pairs.Count, ErrorFraction = own, MeanErrorFraction = mean });
    }

    /// <summary>Reply times of the two in the order of the pair, in ms.</summary>
    public (double AMs, double BMs) Predict(PairProfile pair) => (Victim(pair), Victim(pair.Swap()));

    private static TrainingSet Known(TrainingSet set)
    {
        HashSet<Model.Runs.WorkloadPair> known = [.. set.Pairs.Where(p => p is { ReplyAMs: not null, ReplyBMs: not null }).Select(p => p.Pair)];
        return set.Without(p => !known.Contains(p));
    }

    private static ReplyTimes Learn(TrainingSet part, SoloSpace solo)
    {
        PairFeature[] features = [.. PairFeatureCatalogue.AllOrdered(solo)];
        PairProfile[] rows = [.. part.Pairs.SelectMany(p => new[] { part.Known(p.Pair), part.Known(p.Pair).Swap() })];
        double[] targets = [.. part.Pairs.SelectMany(p => new[] { Math.Log(p.ReplyAMs!.Value), Math.Log(p.ReplyBMs!.Value) })];
        double? alone = part.Profiles.All(p => p[ReplyMs] > 0) ? part.Profiles.Average(p => Math.Log(p[ReplyMs]!.Value)) : null;
        var raw = new SavedReplyTimes([.. features.Select(f => f.Name)], [], alone, [], 0, Math.Exp(targets.Min()), Math.Exp(targets.Max()), 0, null, null);
        double[][] values = [.. rows.Select(r => Values(solo, features, alone, r))];
        Standardisation[] standards = [.. Enumerable.Range(0, values[0].Length).Select(f => Standard([.. values.Select(v => v[f])]))];
        var regression = new RegressionRows(
            [.. values.Select(v => Scaled(standards, v))],
            targets,
            [.. part.Pairs.SelectMany(p => new[] { p.Weight, p.Weight })],
            [.. Folds.RowsHeldOut(part).Select(held => held.SelectMany(i => new[] { 2 * i, (2 * i) + 1 }).ToArray())]);
        var line = (LinearRegressor)new RidgeRegression().Fit(regression, 0);
        return new ReplyTimes(solo, features, raw with { Standards = standards, Weights = line.Weights, Bias = line.Bias });
    }

    /// <summary>Mean error / measured time over pairs of held-out workloads, of the model and of the geometric mean of its training part.</summary>
    private static (double? Own, double? Mean) HeldOutErrors(TrainingSet set)
    {
        var own = new List<double>();
        var mean = new List<double>();
        foreach (Fold fold in Folds.ByWorkload(set).Where(f => f.Training.Pairs.Count > 0))
        {
            ReplyTimes fit = Learn(fold.Training, SoloSpace.Fit(fold.Training));
            double middle = Math.Exp(fold.Training.Pairs.Average(p => (Math.Log(p.ReplyAMs!.Value) + Math.Log(p.ReplyBMs!.Value)) / 2));
            foreach (MeasuredPair pair in fold.Test)
            {
                (double a, double b) = fit.Predict(set.Known(pair.Pair));
                own.AddRange(Relative(a, pair.ReplyAMs!.Value), Relative(b, pair.ReplyBMs!.Value));
                mean.AddRange(Relative(middle, pair.ReplyAMs!.Value), Relative(middle, pair.ReplyBMs!.Value));
            }
        }

        return own.Count == 0 ? (null, null) : (own.Average(), mean.Average());

        static double Relative(double predicted, double measured) => Math.Abs(predicted - measured) / measured;
    }

    private double Victim(PairProfile pair)
    {
        double[] x = Scaled(_saved.Standards, Values(_solo, _features, _saved.MeanLogAloneMs, pair));
        return Math.Clamp(Math.Exp(new LinearRegressor(_saved.Bias, [.. _saved.Weights]).Predict(x)), _saved.LeastMs, _saved.MostMs);
    }

    private static double[] Values(SoloSpace solo, PairFeature[] features, double? meanLogAlone, PairProfile pair)
    {
        PairInput input = solo.Pair(pair);
        IEnumerable<double> ordered = features.Select(f => f.Compute(input));
        return meanLogAlone is { } mean ? [.. ordered, pair.A[ReplyMs] is > 0 and double ms ? Math.Log(ms) : mean] : [.. ordered];
    }

    private static Standardisation Standard(double[] values)
    {
        double mean = values.Average(), scale = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        // A feature without spread is held at its value and says nothing.
        return new Standardisation(mean, scale > 1e-9 * Math.Max(1, Math.Abs(mean)) ? scale : 1, values.Min(), values.Max());
    }

    private static double[] Scaled(IReadOnlyList<Standardisation> standards, double[] values) => [.. values.Select((v, i) => standards[i].Apply(v))];
}
