namespace Colocate.Simulate.Experiments;

/// <summary>How to simulate experiments.</summary>
public sealed record ExperimentSettings
{
    /// <summary>Replicas of each experiment, with random numbers and a CPU speed of their own; at least 1.</summary>
    public int Replicas { get; init; } = 5;

    /// <summary>Level of the interval of the combined score, between 0 and 1.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>Seed; replica k of every experiment uses the same random numbers, so that differences between experiments are paired.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Simulations at once; no result depends on it.</summary>
    public int Jobs { get; init; } = 1;
}
