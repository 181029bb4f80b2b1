namespace Colocate.Predict.Profiles;

/// <summary>One figure of a workload running alone: what it is, where it comes from and which part it plays in a pair.</summary>
/// <param name="Name">Column name in snake_case with the unit at the end, as in <c>solo.csv</c>.</param>
/// <param name="Unit">Unit of the value, one of <see cref="Model.Tables.Unit"/>.</param>
/// <param name="Source">Table column the value is read from, or <c>derived</c>.</param>
/// <param name="Definition">How the value follows from the source.</param>
public sealed record SoloFeature(string Name, string Unit, string Source, string Definition)
{
    /// <summary>True when the value enters pair features of any training part; the others enter where <see cref="Features.SoloSpace.FewestPairsOfAllColumns"/> pairs tell their effects apart.</summary>
    public bool InPairs { get; init; }

    /// <summary>True for a share of something that both guests of a pair draw on, so that two shares above 1 cannot both be had.</summary>
    public bool IsShared { get; init; }

    /// <summary>Largest share (0..1) that workloads together can reach; null when the feature does not bound throughput.</summary>
    public double? Capacity { get; init; }

    internal Func<BaseRun, double?>? Read { get; init; }

    internal Func<SoloProfile, double?>? Derive { get; init; }
}
