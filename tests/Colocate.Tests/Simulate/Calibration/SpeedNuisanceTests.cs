using Colocate.Simulate.Calibration;
using CsCheck;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class SpeedNuisanceTests
{
    private static readonly Gen<(double R, double G)[]> s_runs = Gen.Select(Gen.Double[-8, 8], Gen.Double[-2, 2]).Array[1, 5];

    /// <summary>The definition on a fine grid: no speed explains the run better, and the vector's square is what is left at the likeliest.</summary>
    [Fact]
    public void What_is_left_is_what_the_likeliest_speed_leaves() => s_runs.Sample(
        run =>
        {
            double[] r = [.. run.Select(p => p.R)], g = [.. run.Select(p => p.G)];
            double least = Enumerable.Range(-3000, 6001).Min(step => Loss(step / 1000.0));
            Assert.Equal(least, SpeedNuisance.Unexplained(r, g).Sum(x => x * x), 1e-3);
            Assert.Equal(least, Loss(SpeedNuisance.Deviation(r, g)), 1e-3);

            double Loss(double d) => (d * d) + r.Zip(g, (x, y) => x + (y * d)).Sum(x => x * x / (1 + (x * x / 16)));
        },
        iter: 50);

    [Theory]
    [InlineData(new[] { 3.0, 4.0 }, new[] { 0.0, 0.0 }, 5.76 + 8, 0)]
    [InlineData(new[] { 0.02 }, new[] { 1.0 }, 0.0002, -0.01)]
    [InlineData(new[] { -0.02 }, new[] { 1.0 }, 0.0002, 0.01)]
    [InlineData(new double[0], new double[0], 0, 0)]
    public void By_hand(double[] residuals, double[] sensitivities, double loss, double deviation)
    {
        Assert.Equal(loss, SpeedNuisance.Unexplained(residuals, sensitivities).Sum(x => x * x), 1e-6);
        Assert.Equal(deviation, SpeedNuisance.Deviation(residuals, sensitivities), 5e-4);
        Assert.Equal(residuals.Length + 1, SpeedNuisance.Unexplained(residuals, sensitivities).Length);
    }
}
