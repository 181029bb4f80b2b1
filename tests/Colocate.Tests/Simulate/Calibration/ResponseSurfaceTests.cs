using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using CsCheck;

namespace Colocate.Tests.Simulate.Calibration;

/// <summary>On residuals that are linear by construction: two of them in two coordinates, followed by the point itself as the prior's.</summary>
public sealed class ResponseSurfaceTests
{
    private static readonly double[][] s_points = [.. LatinHypercube.Points(200, 2, 1).Select(u => u.Select(x => (2 * x) - 1).ToArray())];

    private static readonly ParameterSpace s_space = new(HostParameters.Start, [.. FittedParameter.Catalogue.Take(2)]);

    [Fact]
    public void Slopes_and_value_of_a_plane_are_found_and_nothing_is_left() => Gen.Double[-3, 3].Array[6].Sample(c =>
    {
        ResponseSurface surface = Surface(c, [0.25, -0.25], 0);
        Assert.Equal([c[0] + (c[1] / 4) - (c[2] / 4), c[3] + (c[4] / 4) - (c[5] / 4), 0.25, -0.25], surface.Value.Select(v => Math.Round(v, 9)).ToArray(), (x, y) => Math.Abs(x - y) < 0.05);
        double[] expected = [c[1], c[2], c[4], c[5]];
        Assert.All(expected.Zip([surface.Slopes[0, 0], surface.Slopes[0, 1], surface.Slopes[1, 0], surface.Slopes[1, 1]]), s => Assert.Equal(s.First, s.Second, 0.02));
        Assert.InRange(surface.Ruggedness, 0, 0.01);
    }, iter: 50);

    /// <summary>Single differences over a step of a tenth would be off by 2 a residual; over all points it evens out.</summary>
    [Fact]
    public void Ruggedness_is_told_apart_from_slopes()
    {
        ResponseSurface surface = Surface([0, 3, 0, 0, 0, 3], [0, 0], 0.1);
        Assert.Equal(3, surface.Slopes[0, 0], 0.1);
        Assert.Equal(0, surface.Slopes[0, 1], 0.1);
        Assert.Equal(2 * 0.1 * 0.1, surface.Ruggedness, 0.005);
    }

    /// <summary>Residuals 3 x - 1 and 0: precision 10 and 1, mean 0.3 and 0, loss 0.1 at the mean; what the runs say is 9 and 0.</summary>
    [Fact]
    public void The_posterior_of_a_plane_is_known_by_hand()
    {
        Posterior posterior = new(Surface([-1, 3, 0, 0, 0, 0], [0.3, 0], 0), s_space, 10);
        Assert.Equal(1, posterior.Misfit);
        Assert.Equal(Math.Sqrt(0.1), posterior.StandardErrors[0], 0.005);
        Assert.Equal(1, posterior.StandardErrors[1], 0.02);
        Assert.Equal([0.0, 9.0], posterior.Directions.Select(d => Math.Round(d.Eigenvalue)));
        Assert.Equal([0.0, 1.0], posterior.Directions[1].Loadings.Select(l => Math.Round(Math.Abs(l))).Order());
        Assert.Equal(0, posterior.Correlations[0][1], 0.02);
        Assert.Equal(0.1 + (0.2 * 0.2 * 10), posterior.Expected(0, 0.5), 0.02);
        double[][] draws = posterior.Draw(400, 1);
        Assert.Equal(0.3, draws.Average(d => d[0]), 0.03);
        Assert.Equal(0.1, draws.Average(d => Math.Pow(d[0] - 0.3, 2)), 0.01);
    }

    [Fact]
    public void A_model_that_misses_the_runs_is_less_sure() =>
        Assert.Equal(
            2 * new Posterior(Surface([5, 3, 0, 10, 0, 0], [0, 0], 0), s_space, 125).StandardErrors[0],
            new Posterior(Surface([5, 3, 0, 10, 0, 0], [0, 0], 0), s_space, 125 / 4).StandardErrors[0],
            0.02);

    /// <summary>Residual x + y - 1: with x held at 0.9 the best y is half of what is left, for the prior has the same weight.</summary>
    [Fact]
    public void With_one_coordinate_held_the_others_are_best()
    {
        Posterior posterior = new(Surface([-1, 1, 1, 0, 0, 0], [0.3, 0.3], 0), s_space, 10);
        Assert.Equal([0.9, 0.05], posterior.Conditional(0, 0.9).Select(x => Math.Round(x, 2)));
        Assert.Equal([0.9, 0.05], posterior.Improved(0, [0.9, 0.6], [0.5, 0, 0.9, 0.6]).Select(x => Math.Round(x, 2)));
    }

    [Fact]
    public void Points_of_a_space_are_logarithms_in_deviations_of_the_prior_and_end_with_the_ranges()
    {
        FittedParameter[] fitted = [new(ParameterCatalogue.Request, 100, 10, 1e5) { PriorSd = Math.Log(10) }, new(ParameterCatalogue.Tick, 50, 50, 100) { PriorSd = Math.Log(2) }];
        var space = new ParameterSpace(HostParameters.Start, fitted);
        Assert.Equal([2.0, 1.0], space.Point(HostParameters.Start.With((ParameterCatalogue.Request, 1e4), (ParameterCatalogue.Tick, 100))).Select(x => Math.Round(x, 12)));
        Assert.Equal([-1.0, 0.0], space.Low.Select(x => Math.Round(x, 12)));
        Assert.Equal([3.0, 1.0], space.High.Select(x => Math.Round(x, 12)));
        Gen.Select(Gen.Double[-4, 4], Gen.Double[-4, 4]).Sample((x, y) =>
        {
            double[] point = space.Clamped([x, y]);
            Assert.All(space.Point(space.Parameters(point)).Zip(point), p => Assert.Equal(p.Second, p.First, 9));
            Assert.All(space.FromCube(space.ToCube(point)).Zip(point), p => Assert.Equal(p.Second, p.First, 9));
        }, iter: 50);
    }

    /// <summary>Residual k is c[3k] + c[3k+1] x + c[3k+2] y, rugged by the amplitude.</summary>
    private static ResponseSurface Surface(double[] c, double[] centre, double amplitude) => ResponseSurface.Fit(
        s_points,
        [.. s_points.Select((p, i) => (double[])[c[0] + (c[1] * p[0]) + (c[2] * p[1]) + (i % 2 == 0 ? amplitude : -amplitude), c[3] + (c[4] * p[0]) + (c[5] * p[1]) + (i % 4 < 2 ? amplitude : -amplitude), .. p])],
        centre,
        200);
}
