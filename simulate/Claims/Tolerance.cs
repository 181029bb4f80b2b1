namespace Colocate.Simulate.Claims;

/// <summary>How far a value may lie beside its target.</summary>
/// <param name="Below">Below the target: in the claim's unit, or as a fraction of the target.</param>
/// <param name="Above">Above the target.</param>
/// <param name="IsRelative">True when both are fractions of the target.</param>
public readonly record struct Tolerance(double Below, double Above, bool IsRelative)
{
    /// <summary>Not at all.</summary>
    public static Tolerance Exact => default;

    /// <summary>So much to either side, in the claim's unit.</summary>
    public static Tolerance Absolute(double either) => new(either, either, false);

    /// <summary>So much of the target to either side, 0..1.</summary>
    public static Tolerance Relative(double either) => new(either, either, true);
}
