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
        double[] ofA = saved.Points.Alike(saved.Kernel, saved.Points.Standardise(input.A), input.NamesA);
        double[] ofB = saved.Points.Alike(saved.Kernel, saved.Points.Standardise(input.B), input.NamesB);
        double sum = KernelTrainer.Prior(input) + saved.Mean;
        for (int i = 0; i < saved.Alpha.Length; i++)
            sum += saved.Alpha[i] * saved.Kernel.OfPairs(ofA[saved.A[i]], ofB[saved.B[i]], ofA[saved.B[i]], ofB[saved.A[i]]);
        return sum;
    }

    public IReadOnlyDictionary<string, byte[]> Save() =>
        new Dictionary<string, byte[]>(StringComparer.Ordinal) { [KernelTrainer.Entry] = SavedJson.Write(saved) };
}
