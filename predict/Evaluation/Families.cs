using Colocate.Predict.Baselines;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// Which workloads are kin. Where there is a column of names that some but not all workloads share, the first by name: for instance the
/// application; a workload without a name is a family of its own. Else workloads with the same scarcest resource are.
/// </summary>
internal static class Families
{
    /// <summary>The family of each workload of a set.</summary>
    public static Dictionary<string, string> Of(TrainingSet set)
    {
        var space = SoloSpace.Fit(set);
        string? column = space.Categories.Select(c => c.Name).FirstOrDefault(c => set.Profiles.Select(p => p.Categories.GetValueOrDefault(c)).Distinct().Count() > 1);
        return set.Profiles.ToDictionary(
            p => p.Workload,
            p => column is not null ? p.Categories.GetValueOrDefault(column) ?? p.Workload : BottleneckRule.Scarcest(space, space.Pair(new PairProfile(p, p, new Halves(0, 0))).A) ?? "",
            StringComparer.Ordinal);
    }
}
