using Colocate.Predict.Profiles;

namespace Colocate.Predict.Features;

/// <summary>
/// Standardised pair features of one training part: mean 0 and standard deviation 1 there, both weighted by repeats.
/// Features without spread in training are dropped.
/// </summary>
internal sealed class FeatureSpace
{
    private readonly PairFeature[] _features;
    private readonly double[] _means;
    private readonly double[] _scales;

    public FeatureSpace(SoloSpace solo, PairFeature[] features, double[] means, double[] scales)
    {
        Solo = solo;
        (_features, _means, _scales) = (features, means, scales);
    }

    public SoloSpace Solo { get; }

    public IReadOnlyList<PairFeature> Features => _features;

    public IReadOnlyList<double> Means => _means;

    public IReadOnlyList<double> Scales => _scales;

    public static FeatureSpace Fit(TrainingSet part, SoloSpace solo, Func<SoloSpace, IReadOnlyList<PairFeature>> candidates)
    {
        PairInput[] pairs = [.. part.Pairs.Select(p => solo.Pair(part.Profile(p.Pair.A)!, part.Profile(p.Pair.B)!))];
        double total = part.Pairs.Sum(p => p.Weight);
        var kept = new List<(PairFeature Feature, double Mean, double Scale)>();
        foreach (PairFeature feature in candidates(solo))
        {
            double[] values = [.. pairs.Select(feature.Compute)];
            double mean = values.Select((v, i) => v * part.Pairs[i].Weight).Sum() / total;
            double scale = Math.Sqrt(values.Select((v, i) => (v - mean) * (v - mean) * part.Pairs[i].Weight).Sum() / total);
            // Below this a feature is constant but for rounding, and scaling would blow the rounding up.
            if (scale > 1e-9 * Math.Max(1, Math.Abs(mean)))
                kept.Add((feature, mean, scale));
        }

        return new FeatureSpace(solo, [.. kept.Select(k => k.Feature)], [.. kept.Select(k => k.Mean)], [.. kept.Select(k => k.Scale)]);
    }

    public double[] Standardise(PairInput pair)
    {
        var values = new double[_features.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (_features[i].Compute(pair) - _means[i]) / _scales[i];
        return values;
    }
}
