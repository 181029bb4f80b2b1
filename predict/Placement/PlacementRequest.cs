namespace Colocate.Predict.Placement;

/// <summary>What is to be placed, and on what.</summary>
public sealed record PlacementRequest
{
    /// <summary>The guests by workload; a workload that runs twice stands there twice. At least one.</summary>
    public required IReadOnlyList<string> Guests { get; init; }

    /// <summary>Hosts there are; null for as few as will do.</summary>
    public int? Hosts { get; init; }

    /// <summary>Guests that a host takes, at least 1.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>
    /// T / B that every guest is to keep, above 0 and at most 1, by the lower bound of its half (<see cref="Models.PairPrediction.LowA"/>); null for no such promise.
    /// </summary>
    public double? MinScore { get; init; }

    /// <summary>True to look for the greatest total of the lower ends of intervals instead of that of the predicted scores.</summary>
    public bool ByLow { get; init; }

    /// <summary>Seed of the random placements that the result is compared with.</summary>
    public int Seed { get; init; } = 1;
}
