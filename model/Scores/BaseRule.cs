namespace Colocate.Model.Scores;

/// <summary>How several base runs of a workload make its base case B.</summary>
public enum BaseRule
{
    /// <summary>Mean throughput of the saturated base runs.</summary>
    Mean,

    /// <summary>Largest throughput of the saturated base runs: for CPU-bound workloads that lose goodput when overdriven.</summary>
    Max,
}
