namespace Colocate.Predict.Features;

/// <summary>One number computed from two solo profiles.</summary>
/// <param name="Name">Name, unique in its list.</param>
/// <param name="Definition">How it is computed.</param>
/// <param name="Compute">The computation; symmetric features give the same value for a swapped pair.</param>
public sealed record PairFeature(string Name, string Definition, Func<PairInput, double> Compute)
{
    /// <summary>True when it is computed from simulated scores: only spaces that use them have the feature.</summary>
    public bool IsSimulated { get; init; }
}
