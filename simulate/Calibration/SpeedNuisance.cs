namespace Colocate.Simulate.Calibration;

/// <summary>
/// The speed of a host's CPU may differ from run to run (emulation, throttling, neighbours). It is nobody's parameter, so each run is given the speed that
/// explains it best, at a price: with residuals r, their change g for one standard deviation of log speed, and a normal prior of that speed, minus twice the
/// log likelihood is the least over d of |held(r + g d)|^2 + d^2 (a profile likelihood; Murphy and van der Vaart, J. Am. Stat. Assoc. 95, 2000).
/// </summary>
public static class SpeedNuisance
{
    /// <summary>Standard deviation of log speed between runs; the CPU-bound base runs of the sample lab repeat within 8 %.</summary>
    public const double Sd = 0.08;

    /// <summary>Speeds further out, in standard deviations, are not thought of; a held loss may have several minima, and steps of this size find the least.</summary>
    private const double Furthest = 3, Step = 0.25;

    /// <summary>Halvings of that step: a thousandth of a standard deviation.</summary>
    private const int Halvings = 8;

    /// <summary>Residual, in tolerances, beyond which being further off counts for little.</summary>
    private const double FarOff = 4;

    /// <summary>What is left of a run's residuals at its likeliest speed, and as the last entry what that speed costs: the vector whose square is the loss above.</summary>
    /// <param name="residuals">Its residuals in tolerances, as they are.</param>
    /// <param name="sensitivities">How much each moves with one standard deviation of log speed; all 0 where the speed is known.</param>
    public static double[] Unexplained(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities)
    {
        double deviation = Deviation(residuals, sensitivities);
        return [.. residuals.Zip(sensitivities, (r, g) => Held(r + (g * deviation))), deviation];
    }

    /// <summary>The most likely log speed of a run, relative to the host's usual one, in standard deviations.</summary>
    public static double Deviation(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities)
    {
        if (sensitivities.All(g => g == 0))
            return 0;
        (double best, double least) = (0, Loss(residuals, sensitivities, 0));
        for (double d = -Furthest; d <= Furthest; d += Step)
            Try(d);
        for ((double step, int halving) = (Step / 2, 0); halving < Halvings; step /= 2, halving++)
        {
            double middle = best;
            Try(middle - step);
            Try(middle + step);
        }

        return best;

        void Try(double d)
        {
            double loss = Loss(residuals, sensitivities, d);
            if (loss < least)
                (best, least) = (d, loss);
        }
    }

    /// <summary>
    /// A residual held within <see cref="FarOff"/>: smooth, and hardly changed while it is small. Reply times near saturation move by factors
    /// with the last per cent of load, and one of them must not outweigh all else (robust regression after Geman and McClure, 1987).
    /// </summary>
    private static double Held(double residual) => residual / Math.Sqrt(1 + (residual * residual / (FarOff * FarOff)));

    private static double Loss(IReadOnlyList<double> residuals, IReadOnlyList<double> sensitivities, double deviation)
    {
        double sum = deviation * deviation;
        for (int i = 0; i < residuals.Count; i++)
        {
            double held = Held(residuals[i] + (sensitivities[i] * deviation));
            sum += held * held;
        }

        return sum;
    }
}
