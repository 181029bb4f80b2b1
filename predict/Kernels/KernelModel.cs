using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Kernels;

/// <summary>A fitted <see cref="KernelTrainer"/>: the prior, the mean of what it leaves, and a weighted sum of how alike the training pairs are.</summary>
internal sealed class KernelModel(SoloSpace solo, SavedKernel saved) : ITrainedModel
{
    public SoloSpace Solo => solo;

    public IReadOnlyList<string> PairFeatures => [.. solo.Columns.Select(c => c.Name), .. solo.Categories.Select(c => c.Name)];

    public double Combined(PairProfile pair)
    {
        PairInput input = solo.Pair(pair);
        return KernelTrainer.Prior(input) + Learned(saved.Points.Standardise(input.A), input.NamesA, saved.Points.Standardise(input.B), input.NamesB);
    }

    public double? PriorOf(PairProfile pair) => solo.Pair(pair).Simulated?.Combined;

    /// <summary>A feature belongs to both members, so both lose it together; its value is that of their sum.</summary>
    public FeatureEffect EffectOf(PairProfile pair, int feature)
    {
        PairInput input = solo.Pair(pair);
        double[] a = saved.Points.Standardise(input.A), b = saved.Points.Standardise(input.B);
        string?[] namesA = [.. input.NamesA], namesB = [.. input.NamesB];
        double whole = Learned(a, namesA, b, namesB), value = 0;
        if (feature < a.Length)
        {
            value = (a[feature] + b[feature]) / Math.Sqrt(2);
            a[feature] = b[feature] = 0;
        }
        else
        {
            namesA[feature - a.Length] = namesB[feature - a.Length] = null;
        }

        return new FeatureEffect(whole - Learned(a, namesA, b, namesB), value);
    }

    public string? DefinitionOf(int feature) => null;

    public IReadOnlyDictionary<string, byte[]> Save() =>
        new Dictionary<string, byte[]>(StringComparer.Ordinal) { [KernelTrainer.Entry] = SavedJson.Write(saved) };

    private double Learned(double[] a, IReadOnlyList<string?> namesA, double[] b, IReadOnlyList<string?> namesB)
    {
        double[] ofA = saved.Points.Alike(saved.Kernel, a, namesA), ofB = saved.Points.Alike(saved.Kernel, b, namesB);
        double sum = saved.Mean;
        for (int i = 0; i < saved.Alpha.Length; i++)
            sum += saved.Alpha[i] * saved.Kernel.OfPairs(ofA[saved.A[i]], ofB[saved.B[i]], ofA[saved.B[i]], ofB[saved.A[i]]);
        return sum;
    }
}
