namespace Colocate.Simulate.Calibration;

/// <summary>How to find out what the runs tell of the parameters.</summary>
public sealed record IdentificationSettings
{
    /// <summary>Parameter vectors to accept; 0 = none.</summary>
    public int Accepted { get; init; } = 30;

    /// <summary>Whether to follow the profile of each parameter.</summary>
    public bool Profiles { get; init; } = true;

    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Simulations at once; no result depends on it.</summary>
    public int Jobs { get; init; } = 1;
}
