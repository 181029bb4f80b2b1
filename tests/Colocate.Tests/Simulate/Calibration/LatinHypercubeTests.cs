using Colocate.Simulate.Calibration;
using CsCheck;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class LatinHypercubeTests
{
    [Fact]
    public void Every_stratum_of_every_dimension_has_one_point() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 8], Gen.Long).Sample((count, dimensions, seed) =>
        {
            double[][] points = LatinHypercube.Points(count, dimensions, seed);
            return points.Length == count && points.All(p => p.Length == dimensions) && Enumerable.Range(0, dimensions)
                .All(d => points.Select(p => (int)Math.Floor(p[d] * count)).Order().SequenceEqual(Enumerable.Range(0, count)));
        });

    [Fact]
    public void A_seed_gives_the_same_points_and_a_further_dimension_leaves_the_others()
    {
        double[][] points = LatinHypercube.Points(20, 3, 42);
        Assert.Equal(points, LatinHypercube.Points(20, 3, 42));
        Assert.Equal(points, LatinHypercube.Points(20, 4, 42).Select(p => p[..3]));
        Assert.NotEqual(points, LatinHypercube.Points(20, 3, 43));
    }

    [Fact]
    public void Dimensions_are_shuffled_on_their_own_and_points_lie_anywhere_in_their_strata()
    {
        double[][] points = LatinHypercube.Points(1_000, 2, 1);
        Assert.InRange(Correlation(points.Select(p => p[0]), points.Select(p => p[1])), -0.1, 0.1);
        Assert.InRange(Correlation(points.Select(p => p[0]), Enumerable.Range(0, 1_000).Select(i => (double)i)), -0.1, 0.1);
        double[] within = [.. points.Select(p => (p[0] * 1_000) % 1)];
        Assert.InRange(within.Average(), 0.47, 0.53);
        Assert.InRange(within.Average(w => Landscape.Square(w - 0.5)), 0.075, 0.092); // Uniform: 1/12.
    }

    [Theory]
    [InlineData(0, 1, "count")]
    [InlineData(1, 0, "dimensions")]
    public void No_points_and_no_dimensions_are_refused(int count, int dimensions, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => LatinHypercube.Points(count, dimensions, 1));

    private static double Correlation(IEnumerable<double> x, IEnumerable<double> y) => MathNet.Numerics.Statistics.Correlation.Pearson(x, y);
}
