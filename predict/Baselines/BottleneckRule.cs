using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Baselines;

/// <summary>
/// Two workloads with the same scarcest resource score 1 together, two with different ones the weighted mean of such pairs in training
/// (1 when there is none). The scarcest resource is the one with the largest share of its capacity; without any known share all are alike.
/// </summary>
internal static class BottleneckRule
{
    public static Func<PairProfile, double> Fit(TrainingSet part)
    {
        SoloSpace space = SoloSpace.Fit(part);
        MeasuredPair[] mixed = [.. part.Pairs.Where(p => IsMixed(space.Pair(part.Known(p.Pair))))];
        double ofMixed = mixed.Length == 0 ? 1 : mixed.Sum(p => p.Weight * p.Combined) / mixed.Sum(p => p.Weight);
        return pair => IsMixed(space.Pair(pair)) ? ofMixed : 1;
    }

    private static bool IsMixed(PairInput pair) => Scarcest(pair.Space, pair.A) != Scarcest(pair.Space, pair.B);

    /// <summary>Name of the column with the largest share of its capacity; null without any.</summary>
    public static string? Scarcest(SoloSpace space, IReadOnlyList<double> values) => Enumerable.Range(0, values.Count)
        .Where(i => space.Columns[i].Capacity is not null)
        .OrderByDescending(i => values[i] / space.Columns[i].Capacity)
        .Select(i => space.Columns[i].Name)
        .FirstOrDefault();
}
