namespace Colocate.Simulate.Claims;

/// <summary>The paper's workloads by file size in KB (section II.C).</summary>
internal static class Sizes
{
    /// <summary>Those bound by the CPU.</summary>
    internal static IReadOnlyList<int> Small { get; } = [1, 4];

    /// <summary>Those bound by the network.</summary>
    internal static IReadOnlyList<int> Network { get; } = [10, 30, 50, 70, 100];

    /// <summary>Those bound by the network without the borderline one.</summary>
    internal static IReadOnlyList<int> Large { get; } = [30, 50, 70, 100];

    /// <summary>All seven.</summary>
    internal static IReadOnlyList<int> All { get; } = [.. Small, .. Network];
}
