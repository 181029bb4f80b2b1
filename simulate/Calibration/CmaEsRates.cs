namespace Colocate.Simulate.Calibration;

/// <summary>
/// Weights and learning rates of a CMA-ES: the defaults of Hansen (arXiv:1604.00772v2, table 1, equations 49 to 58), with negative weights
/// for the worse half of a generation (active covariance update).
/// </summary>
internal sealed class CmaEsRates
{
    /// <summary>Derives all of them.</summary>
    /// <param name="dimensions">Dimensions of the search, at least 1.</param>
    /// <param name="population">Points per generation, at least 4; null = the default.</param>
    public CmaEsRates(int dimensions, int? population)
    {
        double n = dimensions;
        Dimensions = dimensions;
        Population = population ?? 4 + (int)(3 * Math.Log(n));
        double[] raw = [.. Enumerable.Range(1, Population).Select(rank => Math.Log((Population + 1) / 2.0) - Math.Log(rank))];
        Parents = Population / 2;
        double positive = raw[..Parents].Sum(), negative = -raw[Parents..].Sum();
        double effective = EffectiveSize(raw[..Parents]), effectiveNegative = EffectiveSize(raw[Parents..]);

        StepRate = (effective + 2) / (n + effective + 5);
        StepDamping = 1 + (2 * Math.Max(0, Math.Sqrt((effective - 1) / (n + 1)) - 1)) + StepRate;
        PathRate = (4 + (effective / n)) / (n + 4 + (2 * effective / n));
        RankOneRate = 2 / (((n + 1.3) * (n + 1.3)) + effective);
        RankMuRate = Math.Min(1 - RankOneRate, 2 * (0.25 + effective + (1 / effective) - 2) / (((n + 2) * (n + 2)) + effective));
        StepPathGain = Math.Sqrt(StepRate * (2 - StepRate) * effective);
        PathGain = Math.Sqrt(PathRate * (2 - PathRate) * effective);
        NormalLength = Math.Sqrt(n) * (1 - (1 / (4 * n)) + (1 / (21 * n * n)));

        double negativeSum = Math.Min(
            Math.Min(1 + (RankOneRate / RankMuRate), 1 + (2 * effectiveNegative / (effective + 2))),
            (1 - RankOneRate - RankMuRate) / (n * RankMuRate));
        Weights = [.. raw.Select((w, i) => i < Parents ? w / positive : negativeSum * w / negative)];
    }

    /// <summary>Dimensions of the search (n).</summary>
    public int Dimensions { get; }

    /// <summary>Points per generation (lambda).</summary>
    public int Population { get; }

    /// <summary>Points whose weights are positive (mu).</summary>
    public int Parents { get; }

    /// <summary>Weight of every rank, best first: those of the parents sum to 1, the others are negative.</summary>
    public double[] Weights { get; }

    /// <summary>Learning rate of the path of the step (c_sigma).</summary>
    public double StepRate { get; }

    /// <summary>Damping of the step (d_sigma).</summary>
    public double StepDamping { get; }

    /// <summary>Learning rate of the path of the covariance (c_c).</summary>
    public double PathRate { get; }

    /// <summary>Learning rate of the rank-one update (c_1).</summary>
    public double RankOneRate { get; }

    /// <summary>Learning rate of the rank-mu update (c_mu).</summary>
    public double RankMuRate { get; }

    /// <summary>Factor that keeps the path of the step a standard normal vector under random selection (equation 43).</summary>
    public double StepPathGain { get; }

    /// <summary>Factor that does the same for the path of the covariance (equation 45).</summary>
    public double PathGain { get; }

    /// <summary>Expected length of a standard normal vector (below equation 44).</summary>
    public double NormalLength { get; }

    private static double EffectiveSize(double[] weights) => weights.Sum() * weights.Sum() / weights.Sum(w => w * w);
}
