using Colocate.Predict.Profiles;

namespace Colocate.Predict.Features;

/// <summary>Two workloads side by side as pair features see them: one scaled value a column of <see cref="Space"/>, none unknown.</summary>
/// <param name="Space">The columns.</param>
/// <param name="A">Values of the first, in column order.</param>
/// <param name="B">Values of the second, in column order.</param>
/// <param name="Simulated">Simulated scores, or what stands in for them; null exactly when the space does without.</param>
public sealed record PairInput(SoloSpace Space, IReadOnlyList<double> A, IReadOnlyList<double> B, Halves? Simulated = null)
{
    /// <summary>Names of the first, in the order of the space's categories; null where unknown.</summary>
    public IReadOnlyList<string?> NamesA { get; init; } = [];

    /// <summary>Names of the second.</summary>
    public IReadOnlyList<string?> NamesB { get; init; } = [];

    /// <summary>The same pair with its members swapped.</summary>
    public PairInput Swap() => new(Space, B, A, Simulated?.Swap()) { NamesA = NamesB, NamesB = NamesA };
}
