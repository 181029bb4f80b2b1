namespace Colocate.Simulate.Calibration;

/// <summary>How to calibrate.</summary>
public sealed record CalibrationSettings
{
    /// <summary>Candidates that the search may try; at least two generations of the search.</summary>
    public int Evaluations { get; init; } = 220;

    /// <summary>Seed of the search. The simulations' own seed is the same for all candidates.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Simulations at once; no result depends on it.</summary>
    public int Jobs { get; init; } = 1;
}
