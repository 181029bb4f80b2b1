namespace Colocate.Predict.Features;

/// <summary>
/// Standardised pair features of one training part: mean 0 and standard deviation 1 there, both weighted by repeats.
/// Features without spread in training are dropped, and values beyond the training range are held at its edge: a line fitted on a handful
/// of workloads says nothing of what lies further out, and a prediction there is flagged as extrapolated anyway.
/// </summary>
internal sealed class FeatureSpace
{
    private readonly PairFeature[] _features;
    private readonly Standardisation[] _standards;

    public FeatureSpace(SoloSpace solo, PairFeature[] features, Standardisation[] standards)
    {
        Solo = solo;
        (_features, _standards) = (features, standards);
    }

    public SoloSpace Solo { get; }

    public IReadOnlyList<PairFeature> Features => _features;

    public IReadOnlyList<Standardisation> Standards => _standards;

    /// <summary>The space of one row a pair or, for ordered features, one each way round.</summary>
    /// <param name="solo">The solo columns.</param>
    /// <param name="pairs">The rows.</param>
    /// <param name="weights">Repeats behind each.</param>
    /// <param name="candidates">The features to choose from.</param>
    public static FeatureSpace Fit(SoloSpace solo, PairInput[] pairs, double[] weights, Func<SoloSpace, IReadOnlyList<PairFeature>> candidates)
    {
        double total = weights.Sum();
        var kept = new List<(PairFeature Feature, Standardisation Standard)>();
        foreach (PairFeature feature in candidates(solo))
        {
            double[] values = [.. pairs.Select(feature.Compute)];
            double mean = values.Select((v, i) => v * weights[i]).Sum() / total;
            double scale = Math.Sqrt(values.Select((v, i) => (v - mean) * (v - mean) * weights[i]).Sum() / total);
            // Below this a feature is constant but for rounding, and scaling would blow the rounding up.
            if (scale > 1e-9 * Math.Max(1, Math.Abs(mean)))
                kept.Add((feature, new Standardisation(mean, scale, values.Min(), values.Max())));
        }

        return new FeatureSpace(solo, [.. kept.Select(k => k.Feature)], [.. kept.Select(k => k.Standard)]);
    }

    public double[] Standardise(PairInput pair)
    {
        var values = new double[_features.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = _standards[i].Apply(_features[i].Compute(pair));
        return values;
    }
}
