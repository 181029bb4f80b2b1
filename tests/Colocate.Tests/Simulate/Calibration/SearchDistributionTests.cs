using Colocate.Simulate.Calibration;
using Colocate.Simulate.Engine;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class SearchDistributionTests
{
    private static readonly CmaEsRates s_rates = new(2, null);

    [Fact]
    public void A_mean_that_leaves_the_cube_is_reflected_with_the_covariance()
    {
        // What is learnt does not depend on where the mean is: one search from the middle, one from just below a bound.
        int crossed = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            SearchDistribution free = OneGeneration(0.5, seed), bounded = OneGeneration(0.99, seed);
            double expected = free.Mean[0] + 0.49;
            bool crosses = expected > 1;
            crossed += crosses ? 1 : 0;
            Assert.Equal(crosses ? 2 - expected : expected, bounded.Mean[0], 12);
            Assert.Equal(free.Mean[1], bounded.Mean[1]);
            Assert.Equal((crosses ? -1 : 1) * free.Covariance[0][1], bounded.Covariance[0][1]);
            Assert.Equal((free.Covariance[0][0], free.Covariance[1][1], free.Step), (bounded.Covariance[0][0], bounded.Covariance[1][1], bounded.Step));
        }

        Assert.InRange(crossed, 3, 17);
    }

    [Fact]
    public void A_coordinate_never_deviates_by_more_than_a_third_of_an_edge()
    {
        var distribution = new SearchDistribution(s_rates, [0.5, 0.5], 0.3);
        var random = new RandomSource(1, 0);
        double largest = 0;
        for (int generation = 0; generation < 100; generation++)
        {
            double[][] points = distribution.Sample(ref random);
            distribution.Update([.. Enumerable.Range(0, points.Length).OrderByDescending(k => Math.Abs(points[k][0] - 0.5))]);
            largest = Math.Max(largest, distribution.Step * Math.Sqrt(Math.Max(distribution.Covariance[0][0], distribution.Covariance[1][1])));
        }

        Assert.Equal(1.0 / 3, largest, 12);
    }

    private static SearchDistribution OneGeneration(double start, int seed)
    {
        var distribution = new SearchDistribution(s_rates, [start, 0.5], 0.1);
        var random = new RandomSource(seed, 0);
        distribution.Sample(ref random);
        distribution.Update([.. Enumerable.Range(0, s_rates.Population)]);
        return distribution;
    }
}
