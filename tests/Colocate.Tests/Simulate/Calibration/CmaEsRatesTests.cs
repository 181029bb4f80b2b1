using Colocate.Simulate.Calibration;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class CmaEsRatesTests
{
    [Theory]
    [InlineData(2, 2.0, 63)]
    [InlineData(5, 2.6, 52)]
    [InlineData(10, 3.2, 45)]
    [InlineData(20, 3.7, 40)]
    public void Parents_weigh_what_the_reference_implementation_prints(int dimensions, double effectiveParents, int firstPercent)
    {
        var rates = new CmaEsRates(dimensions, null);
        double[] parents = rates.Weights[..rates.Parents];
        Assert.Equal(1, parents.Sum(), 12);
        Assert.Equal((effectiveParents, firstPercent), (Math.Round(1 / parents.Sum(w => w * w), 1), (int)(100 * parents[0])));
    }

    [Theory]
    [InlineData(16, null, -1.4812)] // As much as the positive weights and the path add: 1 + c1 / cmu.
    [InlineData(1, null, -1.9679)] // What so few points can tell: 1 + 2 mueff- / (mueff + 2).
    [InlineData(20, 200, -0.2127)] // What keeps the covariance definite: (1 - c1 - cmu) / (n cmu).
    [InlineData(3, 100, 0)] // The same, when nothing is kept of the covariance.
    public void Negative_weights_are_bounded_by_what_they_act_on(int dimensions, int? population, double sum)
    {
        var rates = new CmaEsRates(dimensions, population);
        Assert.Equal(rates.Weights.OrderDescending(), rates.Weights);
        Assert.Equal(sum, Math.Round(rates.Weights[rates.Parents..].Sum(), 4), 12);
    }
}
