namespace Colocate.Simulate.Claims;

/// <summary>One of the three pairs that the paper sweeps (sections IV.B and IV.C), at the rates of its sweep.</summary>
/// <param name="A">Size of the file that VM1 serves, in KB.</param>
/// <param name="B">Size of the file that VM2 serves, in KB.</param>
internal sealed record Swept(int A, int B)
{
    /// <summary>Two CPU-bound guests.</summary>
    internal static Swept Small { get; } = new(1, 1);

    /// <summary>A CPU-bound and a network-bound guest.</summary>
    internal static Swept Mixed { get; } = new(1, 100);

    /// <summary>Two network-bound guests.</summary>
    internal static Swept Large { get; } = new(100, 100);

    /// <summary>All three.</summary>
    internal static IReadOnlyList<Swept> All { get; } = [Small, Mixed, Large];

    /// <summary>Those that <see cref="Large"/> is compared with.</summary>
    internal static IReadOnlyList<Swept> Others { get; } = [Small, Mixed];

    /// <summary>The pair at full rate.</summary>
    internal ClaimExperiment Full => ClaimExperiment.Pair(A, B);

    /// <summary>The experiments of its sweep.</summary>
    internal IEnumerable<ClaimExperiment> From(int fromPercent = 10, int toPercent = 100) => ClaimExperiment.Sweep(A, B, fromPercent, toPercent);

    /// <summary>In the paper's notation.</summary>
    public override string ToString() => $"({A}, {B})";
}
