namespace Colocate.Simulate.Claims;

/// <summary>The values that a claim states: one, a range, or all up to or from one on.</summary>
/// <param name="Low">Least value; negative infinity for none.</param>
/// <param name="High">Largest value; positive infinity for none.</param>
public readonly record struct ClaimTarget(double Low, double High)
{
    /// <summary>One value.</summary>
    public static ClaimTarget About(double value) => new(value, value);

    /// <summary>A range, both ends included.</summary>
    public static ClaimTarget Within(double low, double high) => new(low, high);

    /// <summary>A value or more.</summary>
    public static ClaimTarget AtLeast(double value) => new(value, double.PositiveInfinity);

    /// <summary>A value or less.</summary>
    public static ClaimTarget AtMost(double value) => new(double.NegativeInfinity, value);

    /// <summary>How far a value misses, in tolerances: 0 on target, infinite when it misses without a tolerance or is no number.</summary>
    public double Miss(double value, Tolerance tolerance)
    {
        if (value >= Low && value <= High)
            return 0;
        double end = value < Low ? Low : High, allowed = value < Low ? tolerance.Below : tolerance.Above;
        double miss = Math.Abs(value - end) / (tolerance.IsRelative ? allowed * Math.Abs(end) : allowed);
        return double.IsNaN(miss) ? double.PositiveInfinity : miss;
    }
}
