using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Kernels;

/// <summary>
/// Gaussian process on pairs. One on ordered halves would predict the same combined score: with a kernel that does not change when both pairs are
/// swapped, sum and difference of halves are independent, so that nothing is lost by learning the sum alone.
/// </summary>
internal sealed class KernelTrainer(string name, string basis) : IModelTrainer
{
    public const string Entry = "kernel.json";

    /// <summary>Pairs that the kernel is chosen on, spread evenly; the time of a choice grows with their cube, what it gains does not.</summary>
    private const int MostPairsOfChoice = 300;

    public string Name => name;

    public string Basis => basis;

    public int FewestPairs => 0;

    public int MostPairs => int.MaxValue;

    /// <summary>What is expected before any pair was measured: the simulated score, where the space has such.</summary>
    public static double Prior(PairInput pair) => pair.Simulated?.Combined ?? 0;

    public IPairModel Fit(TrainingSet part, int seed)
    {
        SoloSpace solo = SoloSpace.Fit(part);
        WorkloadPoints points = WorkloadPoints.Of(part, solo);
        Dictionary<string, int> index = part.Workloads.Select((w, i) => (w, i)).ToDictionary(w => w.w, w => w.i, StringComparer.Ordinal);
        int[] a = [.. part.Pairs.Select(p => index[p.Pair.A])], b = [.. part.Pairs.Select(p => index[p.Pair.B])];
        double[] left = [.. part.Pairs.Select(p => p.Combined - Prior(solo.Pair(part.Known(p.Pair))))];
        double[] weights = [.. part.Pairs.Select(p => p.Weight)];
        double mean = left.Select((v, i) => v * weights[i]).Sum() / weights.Sum();
        double[] y = [.. left.Select(v => v - mean)];
        int sample = Math.Min(y.Length, MostPairsOfChoice);
        int[] chosen = [.. Enumerable.Range(0, sample).Select(i => (int)((long)i * y.Length / sample))];
        (points, PairKernel kernel) = KernelSearch.Best(p => new KernelSystem(p, Of(a), Of(b), Of(y), Of(weights)), points, solo.Categories.Count > 0, sample);
        double[] alpha = new KernelSystem(points, a, b, y, weights).Solve(kernel)?.Alpha ?? new double[y.Length];
        return new KernelModel(solo, new SavedKernel(SavedFit.Of(solo), kernel, points, a, b, alpha, mean));

        T[] Of<T>(T[] all) => [.. chosen.Select(i => all[i])];
    }

    public ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries)
    {
        SavedKernel saved = SavedJson.Read<SavedKernel>(entries[Entry]);
        return new KernelModel(saved.Space.RestoreSolo(), saved);
    }
}
