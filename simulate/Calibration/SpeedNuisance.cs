namespace Colocate.Simulate.Calibration;

/// <summary>
/// The speed of a host's CPU may differ from run to run (emulation, throttling, neighbours). It is nobody's parameter, so it is integrated
/// out: with residuals r, their change g for one standard deviation of log speed, and a normal prior of that speed, minus twice the log
/// likelihood is r'r - (g'r)^2 / (1 + g'g), by the Sherman-Morrison formula, up to a constant.
/// </summary>
public static class SpeedNuisance
{
    /// <summary>Standard deviation of log speed between runs; the CPU-bound base runs of the sample lab repeat within 8 %.</summary>
    public const double Sd = 0.08;

    /// <summary>The part of the squared residuals of a run that its own speed cannot explain.</summary>
    public static double Loss(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities)
    {
        (double rr, double gr, double gg) = Sums(residuals, sensitivities);
        return rr - (gr * gr / (1 + gg));
    }

    /// <summary>The most likely speed of a run relative to the host's usual one.</summary>
    /// <param name="residuals">Its residuals.</param>
    /// <param name="sensitivities">How much each moves with one standard deviation.</param>
    /// <param name="sd">That standard deviation, of log speed; 0 or more.</param>
    public static double Speed(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities, double sd)
    {
        (_, double gr, double gg) = Sums(residuals, sensitivities);
        return Math.Exp(-sd * gr / (1 + gg));
    }

    private static (double RR, double GR, double GG) Sums(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities)
    {
        double rr = 0, gr = 0, gg = 0;
        for (int i = 0; i < residuals.Count; i++)
        {
            rr += residuals[i] * residuals[i];
            gr += sensitivities[i] * residuals[i];
            gg += sensitivities[i] * sensitivities[i];
        }

        return (rr, gr, gg);
    }
}
