using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>How to calibrate.</summary>
public sealed record CalibrationSettings
{
    /// <summary>The values of all parameters before the fit; <see cref="Fitted"/> says where fitted ones start.</summary>
    public HostParameters Start { get; init; } = HostParameters.Start;

    /// <summary>The parameters to fit, at least one, each once: where they start, how far they may go, how well they were known before.</summary>
    public IReadOnlyList<FittedParameter> Fitted { get; init; } = FittedParameter.Catalogue;

    /// <summary>
    /// Residuals in tolerances that all runs have together, as ratios between runs do, from what the simulator makes of them, in their order; as many whatever it
    /// makes. They count beside those of every run.
    /// </summary>
    public Func<HostParameters, IReadOnlyList<RunReading>, IReadOnlyList<double>> Together { get; init; } = static (_, _) => [];

    /// <summary>Candidates that the search may try; at least two generations of the search.</summary>
    public int Evaluations { get; init; } = 220;

    /// <summary>Seed of the search. The simulations' own seed is the same for all candidates.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Simulations at once; no result depends on it.</summary>
    public int Jobs { get; init; } = 1;
}
