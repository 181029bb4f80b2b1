namespace Colocate.Predict.Features;

/// <summary>One column of names (an application, a model) as a training part sees it.</summary>
/// <param name="Name">Column name.</param>
/// <param name="Levels">Names that at least two training workloads bear, in ordinal order: what one workload alone bears says no more than its figures.</param>
public sealed record SoloCategory(string Name, IReadOnlyList<string> Levels);
