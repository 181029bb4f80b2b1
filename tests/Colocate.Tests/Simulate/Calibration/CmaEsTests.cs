using Colocate.Simulate.Calibration;
using Colocate.Simulate.Engine;
using CsCheck;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class CmaEsTests
{
    private static readonly int[] s_seeds = [1, 2, 3];

    /// <summary>The bounds are about a tenth above the slowest of 30 seeds.</summary>
    [Theory]
    [InlineData("sphere", 2, 330)]
    [InlineData("sphere", 5, 930)]
    [InlineData("sphere", 10, 1_950)]
    [InlineData("sphere", 16, 2_850)]
    [InlineData("ellipsoid", 2, 700)]
    [InlineData("ellipsoid", 5, 1_900)]
    [InlineData("ellipsoid", 10, 4_900)]
    [InlineData("ellipsoid", 16, 10_400)]
    [InlineData("rotated ellipsoid", 2, 850)]
    [InlineData("rotated ellipsoid", 5, 2_300)]
    [InlineData("rotated ellipsoid", 10, 5_600)]
    [InlineData("rotated ellipsoid", 16, 11_600)]
    [InlineData("Rosenbrock", 2, 580)]
    [InlineData("Rosenbrock", 5, 2_350)]
    [InlineData("Rosenbrock", 10, 6_500)]
    [InlineData("Rosenbrock", 16, 13_700)]
    public void An_optimum_in_the_cube_is_found_in_time(string landscape, int dimensions, int evaluations) =>
        Assert.All(s_seeds, seed => Assert.InRange(EvaluationsTo(1e-8, landscape, dimensions, seed), 1, evaluations));

    [Theory]
    [InlineData("sphere in a corner", 2, 380)]
    [InlineData("sphere in a corner", 16, 2_950)]
    [InlineData("ellipsoid in the other corner", 5, 2_000)]
    [InlineData("ellipsoid in the other corner", 10, 5_100)]
    [InlineData("slope into a corner", 2, 610)]
    [InlineData("slope into a corner", 10, 3_400)]
    public void An_optimum_in_a_corner_is_found_in_time(string landscape, int dimensions, int evaluations) =>
        Assert.All(s_seeds, seed => Assert.InRange(EvaluationsTo(1e-8, landscape, dimensions, seed), 1, evaluations));

    [Fact]
    public void On_a_bound_the_correlated_parameters_are_where_the_bound_puts_them()
    {
        // Each pair alone has its optimum at (-0.5, 0.5). With x on its bound, d/dy = 2 (y - 0.5) + (0 + 0.5) = 0 at y = 0.25.
        CmaEsResult result = Search.For(
            p => p.Chunk(2).Sum(c => Landscape.Square(c[0] + 0.5) + Landscape.Square(c[1] - 0.5) + ((c[0] + 0.5) * (c[1] - 0.5))), 8, new CmaEsSettings()).Result;
        Assert.Equal([0, 0.25, 0, 0.25, 0, 0.25, 0, 0.25], result.Best.Select(x => Math.Round(x, 5)));
        Assert.Equal(4 * 0.1875, result.Loss, 9);
    }

    [Fact]
    public void No_point_outside_the_cube_is_asked_for() =>
        Gen.Select(Gen.Int[1, 6], Gen.Double[0, 1], Gen.Double[0.01, 0.33], Gen.Long, Gen.Double[-1, 2]).Sample(
            (dimensions, start, step, seed, goal) => Search
                .For(p => p.Sum(x => Math.Abs(x - goal)), dimensions, new CmaEsSettings { Step = step, Seed = seed }, 300, start)
                .Points.All(p => p.All(x => x is >= 0 and <= 1)), iter: 100);

    [Fact]
    public void A_noisy_sphere_ends_near_its_centre_without_wasting_evaluations() => Assert.All(s_seeds, seed =>
    {
        var noise = new RandomSource(seed, 9);
        CmaEsResult result = Search.For(p => p.Sum(x => Landscape.Square(x - 0.4)) + (0.01 * noise.Normal()), 10, new CmaEsSettings { Seed = seed }, start: 0.8).Result;
        Assert.Equal(CmaEsStop.Stagnation, result.Stop);
        Assert.InRange(result.Evaluations, 1, 5_000);
        // The start was 1.26 away. Where the slope drowns in the noise is sqrt(0.01) = 0.1.
        Assert.InRange(Math.Sqrt(result.Mean.Sum(x => Landscape.Square(x - 0.4))), 0, 0.12);
        Assert.InRange(Math.Sqrt(result.Best.Sum(x => Landscape.Square(x - 0.4))), 0, 0.12);
    });

    [Fact]
    public void One_seed_gives_one_path_whatever_the_number_of_threads()
    {
        string Run(int seed, int threads) => Search.For(Landscape.Named("Rosenbrock", 10), 10, new CmaEsSettings { Seed = seed }, 2_000, threads: threads).Trace;
        string once = Run(7, 1);
        Assert.Equal(once, Run(7, 4));
        Assert.NotEqual(once, Run(8, 1));
    }

    [Fact]
    public void A_second_search_of_one_instance_repeats_the_first()
    {
        var search = new CmaEs(new CmaEsSettings(), [0.5, 0.5]);
        CmaEsResult Run() => search.Minimise(points => [.. points.Select(p => p.Sum())], 60, null, TestContext.Current.CancellationToken);
        Assert.Equal(Run().Best, Run().Best);
    }

    [Fact]
    public void Only_the_order_of_losses_counts()
    {
        string Run(Func<double, double> transformation)
        {
            Func<double[], double> loss = Landscape.Named("rotated ellipsoid", 5);
            return Search.For(p => transformation(loss(p)), 5, new CmaEsSettings { LossTolerance = 0, StepTolerance = 1e-6 }).Trace;
        }

        string plain = Run(f => f);
        Assert.Equal(plain, Run(f => f * f * f));
        Assert.Equal(plain, Run(f => Math.Log(f)));
        Assert.NotEqual(plain, Run(f => -f));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_loss_that_is_no_number_is_the_worst(double none)
    {
        Search Run(double beyond) => Search.For(p => p[0] > 0.45 ? beyond : p.Sum(x => Landscape.Square(x - 0.4)), 5, new CmaEsSettings(), start: 0.6);
        Search search = Run(none);
        Assert.InRange(search.Result.Loss, 0, 1e-10);
        Assert.Equal(Run(1e300).Trace, search.Trace);
    }

    [Fact]
    public void Without_any_finite_loss_the_start_is_all_that_is_known()
    {
        CmaEsResult result = Search.For(_ => double.NaN, 3, new CmaEsSettings(), start: 0.3).Result;
        Assert.Equal([0.3, 0.3, 0.3], result.Best);
        Assert.Equal((double.PositiveInfinity, CmaEsStop.Stagnation), (result.Loss, result.Stop));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 6)]
    [InlineData(5, 8)]
    [InlineData(10, 10)]
    [InlineData(16, 12)]
    [InlineData(21, 13)]
    public void The_population_grows_with_the_logarithm_of_the_dimensions(int dimensions, int population) =>
        Assert.Equal(population, new CmaEs(new CmaEsSettings(), new double[dimensions]).Population);

    [Theory]
    [InlineData(9, 9, 1)]
    [InlineData(17, 9, 1)]
    [InlineData(18, 18, 2)]
    public void Generations_are_never_cut(int granted, int evaluated, int generations)
    {
        Search search = Search.For(p => p[0], 2, new CmaEsSettings { Population = 9 }, granted);
        Assert.Equal((evaluated, generations, CmaEsStop.Evaluations), (search.Result.Evaluations, search.Result.Generations, search.Result.Stop));
        Assert.Equal(evaluated, search.Points.Count);
    }

    [Fact]
    public void A_search_says_why_it_ended()
    {
        CmaEsStop Stop(Func<double[], double> loss, CmaEsSettings settings) => Search.For(loss, 2, settings).Result.Stop;
        Assert.Equal(CmaEsStop.Loss, Stop(p => p.Sum(x => Landscape.Square(x - 0.5)), new CmaEsSettings { StepTolerance = 0 }));
        Assert.Equal(CmaEsStop.Step, Stop(p => p.Sum(x => Landscape.Square(x - 0.5)), new CmaEsSettings { LossTolerance = 0, StepTolerance = 1e-5 }));
        Assert.Equal(CmaEsStop.IllConditioned, Stop(p => Landscape.Square(p[0] - 0.5) + (1e20 * Landscape.Square(p[1] - 0.5)), new CmaEsSettings()));
    }

    [Fact]
    public void Parameters_that_make_up_for_each_other_are_correlated_in_the_axes_of_the_cube() => Assert.All(Enumerable.Range(1, 10), seed =>
    {
        // From a corner, the mean crosses both bounds often. The Hessian (2, 1.8; 1.8, 2) has the inverse (2, -1.8; -1.8, 2) / 0.76.
        CmaEsResult result = Search.For(
            p => Landscape.Square(p[0] - 0.1) + Landscape.Square(p[1] - 0.1) + (1.8 * (p[0] - 0.1) * (p[1] - 0.1)), 2, new CmaEsSettings { Seed = seed, Population = 40 }, start: 0).Result;
        IReadOnlyList<IReadOnlyList<double>> c = result.Covariance;
        Assert.Equal(c[0][1], c[1][0]);
        Assert.InRange(c[0][1] / Math.Sqrt(c[0][0] * c[1][1]), -0.97, -0.75);
        Assert.All(result.Mean, x => Assert.Equal(0.1, x, 4));
    });

    [Fact]
    public void Progress_counts_generations_and_keeps_the_best()
    {
        Search search = Search.For(Landscape.Named("sphere", 5), 5, new CmaEsSettings(), 400);
        Assert.Equal(Enumerable.Range(1, 50).Select(g => (g, g * 8)), search.Generations.Select(g => (g.Number, g.Evaluations)));
        Assert.Equal(search.Generations.Select(g => g.Best).OrderDescending(), search.Generations.Select(g => g.Best));
        Assert.All(search.Generations, g => Assert.True(g.Best <= g.Median));
        Assert.Equal((search.Result.Loss, search.Result.Step), (search.Generations[^1].Best, search.Generations[^1].Step));
        Assert.Equal(search.Result.Loss, Landscape.Named("sphere", 5)([.. search.Result.Best]));
    }

    [Fact]
    public void Cancelling_ends_the_search_before_the_next_generation()
    {
        using var source = new CancellationTokenSource();
        int generations = 0;
        Assert.Throws<OperationCanceledException>(() => new CmaEs(new CmaEsSettings(), [0.5, 0.5]).Minimise(
            points =>
            {
                if (++generations == 2)
                    source.Cancel();
                return [.. points.Select(p => p[0])];
            }, 1_000, cancellation: source.Token));
        Assert.Equal(2, generations);
    }

    [Fact]
    public void Settings_and_starts_out_of_range_are_refused()
    {
        CmaEsSettings[] wrong =
        [
            new() { Step = 0 }, new() { Step = 0.34 }, new() { Step = double.NaN }, new() { Population = 3 },
            new() { LossTolerance = -1 }, new() { StepTolerance = -1 }, new() { StepTolerance = double.NaN },
        ];
        Assert.All(wrong, settings => Assert.Throws<ArgumentException>(nameof(settings), () => new CmaEs(settings, [0.5])));
        double[][] starts = [[], [0.5, -0.1], [1.1], [double.NaN]];
        Assert.All(starts, start => Assert.Throws<ArgumentException>(nameof(start), () => new CmaEs(new CmaEsSettings(), start)));
    }

    [Fact]
    public void A_wrong_number_of_losses_or_too_few_evaluations_are_refused()
    {
        var search = new CmaEs(new CmaEsSettings(), [0.5, 0.5]);
        Assert.Throws<ArgumentException>("losses", () => search.Minimise(points => new double[points.Count - 1], 100, null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>("evaluations", () => search.Minimise(points => new double[points.Count], 5, null, TestContext.Current.CancellationToken));
    }

    /// <summary>Evaluations until a loss is reached; 0 = never.</summary>
    private static int EvaluationsTo(double loss, string name, int dimensions, int seed)
    {
        Func<double[], double> landscape = Landscape.Named(name, dimensions);
        bool curved = name == "Rosenbrock";
        Search search = Search.For(landscape, dimensions, new CmaEsSettings { Seed = seed, Step = curved ? 0.05 : 0.2 }, 20_000, curved ? 0.5 : 0.6);
        return search.Points.FindIndex(p => landscape(p) <= loss) + 1;
    }
}
