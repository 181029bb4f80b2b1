using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Models;

/// <summary>
/// Predicts how far the halves of a combined score lie apart: ridge without intercept on h(a, b) - h(b, a) for every ordered feature h
/// (victim first). The difference changes its sign with the order of the pair by construction, and is 0 for two equal workloads, so the
/// halves (S + d) / 2 and (S - d) / 2 swap with the pair and add up to S.
/// </summary>
internal sealed class HalfDifference(SoloSpace solo, PairFeature[] features, double[] scales, LinearRegressor regressor)
{
    public IReadOnlyList<PairFeature> Features => features;

    public IReadOnlyList<double> Scales => scales;

    public LinearRegressor Regressor => regressor;

    public static HalfDifference Fit(TrainingSet part, SoloSpace solo)
    {
        PairInput[] pairs = [.. part.Pairs.Select(p => solo.Pair(part.Known(p.Pair)))];
        (PairFeature Feature, double Scale)[] kept =
        [
            .. PairFeatureCatalogue.AllOrdered(solo)
                .Select(f => (f, Math.Sqrt(pairs.Average(p => Antisymmetric(f, p) * Antisymmetric(f, p)))))
                .Where(k => k.Item2 > 1e-9),
        ];
        PairFeature[] features = [.. kept.Select(k => k.Feature)];
        double[] scales = [.. kept.Select(k => k.Scale)];
        var rows = new RegressionRows(
            [.. pairs.Select(p => Scaled(features, scales, p))],
            [.. part.Pairs.Select(p => p.ScoreA - p.ScoreB)],
            [.. part.Pairs.Select(p => p.Weight)],
            Folds.RowsHeldOut(part));
        return new HalfDifference(solo, features, scales, (LinearRegressor)new RidgeRegression(intercept: false).Fit(rows, 0));
    }

    /// <summary>The halves of a combined score, each within 0.01..1.05.</summary>
    public Halves Split(PairProfile pair, double combined) => Divide(combined, Of(pair));

    /// <summary>By how much the first half is expected to be above the second, whatever their sum allows.</summary>
    public double Of(PairProfile pair) => regressor.Predict(Scaled(features, scales, solo.Pair(pair)));

    /// <summary>Halves with that difference, as far as each stays within 0.01..1.05.</summary>
    public static Halves Divide(double combined, double difference)
    {
        double reach = Math.Min(combined - CrossFit.Least, CrossFit.Most - combined);
        double first = (combined + Math.Clamp(difference, -reach, reach)) / 2;
        return new Halves(first, combined - first);
    }

    private static double[] Scaled(PairFeature[] features, double[] scales, PairInput pair) =>
        [.. features.Select((f, i) => Antisymmetric(f, pair) / scales[i])];

    private static double Antisymmetric(PairFeature feature, PairInput pair) => feature.Compute(pair) - feature.Compute(pair.Swap());
}
