namespace Colocate.Predict.Profiles;

/// <summary>The two halves of a combined score.</summary>
/// <param name="A">T / B of the first workload.</param>
/// <param name="B">T / B of the second workload.</param>
public readonly record struct Halves(double A, double B)
{
    /// <summary>Their sum.</summary>
    public double Combined => A + B;

    /// <summary>The halves of the same pair with its members swapped.</summary>
    public Halves Swap() => new(B, A);
}
