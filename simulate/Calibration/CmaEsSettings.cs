namespace Colocate.Simulate.Calibration;

/// <summary>Settings of a <see cref="CmaEs"/>.</summary>
public sealed record CmaEsSettings
{
    /// <summary>
    /// Standard deviation of every coordinate in the first generation, in edges of the cube; above 0, at most 1/3. The default is that of
    /// Hansen (arXiv:1604.00772, appendix C) for an optimum that may be anywhere.
    /// </summary>
    public double Step { get; init; } = 0.3;

    /// <summary>
    /// Points per generation, at least 4; null = 4 + floor(3 ln n) in n dimensions (arXiv:1604.00772, table 1). More is slower and copes
    /// better with noise and local optima.
    /// </summary>
    public int? Population { get; init; }

    /// <summary>Seed of the random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Losses that differ by no more than this are equal (<see cref="CmaEsStop.Loss"/>), in units of the loss; 0 or more.</summary>
    public double LossTolerance { get; init; } = 1e-12;

    /// <summary>Steps below this are none (<see cref="CmaEsStop.Step"/>), in edges of the cube; 0 (never stop for this reason) or more.</summary>
    public double StepTolerance { get; init; } = 1e-12;
}
