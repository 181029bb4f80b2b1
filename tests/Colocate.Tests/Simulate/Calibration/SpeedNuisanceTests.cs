using Colocate.Simulate.Calibration;
using CsCheck;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class SpeedNuisanceTests
{
    private static readonly Gen<(double R, double G)[]> s_runs = Gen.Select(Gen.Double[-4, 4], Gen.Double[-2, 2]).Array[1, 5];

    /// <summary>
    /// The definition, integrated on a grid: the run's speed is z standard deviations off, z is standard normal, and a speed of z changes each residual by z g.
    /// Minus twice the log of that integral, less its normalisation log(1 + g'g), is the loss; the most likely z is where the integrand is largest.
    /// </summary>
    [Fact]
    public void Loss_and_speed_are_those_of_the_integral_over_all_speeds() => s_runs.Sample(
        run =>
        {
            const double step = 0.001;
            double integral = 0, largest = 0, likeliest = 0;
            for (double z = -12; z <= 12; z += step)
            {
                double density = Math.Exp(-((z * z) + run.Sum(p => Math.Pow(p.R + (z * p.G), 2))) / 2);
                integral += density * step / Math.Sqrt(2 * Math.PI);
                if (density > largest)
                    (largest, likeliest) = (density, z);
            }

            double loss = (-2 * Math.Log(integral)) - Math.Log(1 + run.Sum(p => p.G * p.G));
            Assert.Equal(loss, SpeedNuisance.Loss([.. run.Select(p => p.R)], [.. run.Select(p => p.G)]), 6);
            Assert.Equal(likeliest, Math.Log(SpeedNuisance.Speed([.. run.Select(p => p.R)], [.. run.Select(p => p.G)], SpeedNuisance.Sd)) / SpeedNuisance.Sd, 1.5 * step);
        },
        iter: 20);

    [Theory]
    [InlineData(new[] { 3.0, 4.0 }, new[] { 0.0, 0.0 }, 25, 1)]
    [InlineData(new[] { 2.0 }, new[] { 1.0 }, 2, 0.9231163463866358)]
    [InlineData(new[] { -2.0 }, new[] { 1.0 }, 2, 1.0832870676749586)]
    [InlineData(new double[0], new double[0], 0, 1)]
    public void By_hand(double[] residuals, double[] sensitivities, double loss, double speed)
    {
        Assert.Equal(loss, SpeedNuisance.Loss(residuals, sensitivities), 12);
        Assert.Equal(speed, SpeedNuisance.Speed(residuals, sensitivities, SpeedNuisance.Sd), 12);
    }
}
