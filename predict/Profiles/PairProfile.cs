namespace Colocate.Predict.Profiles;

/// <summary>All that is known of two workloads without running them side by side.</summary>
/// <param name="A">The first alone.</param>
/// <param name="B">The second alone.</param>
/// <param name="Simulated">Scores of the two side by side in the simulator, in this order; null when they were not simulated.</param>
public sealed record PairProfile(SoloProfile A, SoloProfile B, Halves? Simulated = null)
{
    /// <summary>The same pair with its members swapped.</summary>
    public PairProfile Swap() => new(B, A, Simulated?.Swap());
}
