namespace Colocate.Predict.Placement;

/// <summary>Who sits beside whom.</summary>
public sealed record Placement
{
    /// <summary>The hosts in use, by their first guest.</summary>
    public required IReadOnlyList<PlacedHost> Hosts { get; init; }

    /// <summary>Sum of the combined scores of all hosts; a guest alone on a host scores 1.</summary>
    public required double Total { get; init; }

    /// <summary><c>matching</c> and <c>exact_packing</c> are the best there is by what was predicted; <c>local_search</c> is the best found.</summary>
    public required string Method { get; init; }

    /// <summary>Total of putting the best pair on a host first, then the best of what is left; null when guests are left over that way.</summary>
    public double? GreedyTotal { get; init; }

    /// <summary>Mean total of placing at random on the same hosts, whatever the promised score.</summary>
    public double? RandomTotal { get; init; }

    /// <summary>Measured total of the best placement less that of this one, at least 0; null unless all pairs were measured.</summary>
    public double? OracleGap { get; init; }

    /// <summary>Why there is no <see cref="OracleGap"/>; null when there is.</summary>
    public string? OracleGapReason { get; init; }

    /// <summary>The pair to measure next; null when no measurement is expected to help.</summary>
    public NextMeasurement? MeasureNext { get; init; }

    /// <summary>Why there is no <see cref="MeasureNext"/>; null when there is.</summary>
    public string? MeasureNextReason { get; init; }
}
