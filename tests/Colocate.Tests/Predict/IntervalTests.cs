using Colocate.Predict.Baselines;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Tests.Predict;

public sealed class IntervalTests
{
    private static readonly PairProfile s_any = new(SmallLab.Profile("x", 0.5, 0.5), SmallLab.Profile("x", 0.5, 0.5));

    [Theory]
    [InlineData(0.5, 0.8, 1.2, 0.5)] // Rank 0.5 x 5 = 2.5: the third of 0.1, 0.1, 0.2, 0.4.
    [InlineData(0.8, 0.6, 1.4, 0.8)] // Rank 4: the last.
    [InlineData(0.9, 0.6, 1.4, 0.8)] // Rank 4.5 does not exist: all residuals, and the level they support.
    public void Ends_are_ranked_residuals_around_their_fold_models(double level, double low, double high, double supported)
    {
        var fit = new CrossFit(new Constant(1), [new Constant(1)], [new(0, 0.1, 1, 1), new(0, 0.4, 1, 1), new(0, 0.2, 1, 1), new(0, 0.1, 1, 1)]);
        ScoreInterval interval = fit.Interval(s_any, level);
        Assert.Equal((low, high, supported), (Math.Round(interval.Low, 12), Math.Round(interval.High, 12), interval.Level));
    }

    [Fact]
    public void Fold_models_carry_their_own_centre_and_half_shares_count_half()
    {
        var fit = new CrossFit(new Constant(1), [new Constant(0.9), new Constant(1.2)], [new(0, 0.1, 0.5, 1), new(1, 0.1, 0.5, 1), new(0, 0.2, 1, 1)]);
        // Two pairs, level 0.5: rank 1.5. From the inside out: upper values 1.0 (half), 1.1 (one), 1.3 (half); lower 1.1 (half), 0.8 (half), 0.7 (one).
        ScoreInterval interval = fit.Interval(s_any, 0.5);
        Assert.Equal((0.7, 1.1), (Math.Round(interval.Low, 12), Math.Round(interval.High, 12)));
    }

    [Fact]
    public void Errors_go_around_the_prediction_where_the_rule_says_so_and_few_groups_widen()
    {
        // Two fold models at 0.8 and 1.2, one error of 0.1 in each.
        var fit = new CrossFit(new Constant(1), [new Constant(0.8), new Constant(1.2)], [new Residual(0, 0.1, 1, 1), new Residual(1, 0.1, 1, 1)]);
        Assert.Equal((0.7, 1.3), Ends(fit.Interval(s_any, 0.6)));
        Assert.Equal((0.9, 1.1), Ends(fit.Interval(s_any, 0.6, IntervalRule.AroundPrediction)));
        // Student's t with one degree of freedom is Cauchy's distribution: tan(0.3 pi) = 1.37638; the normal quantile of 0.8 is 0.84162.
        double half = 0.3 * 1.3763819 / 0.8416212;
        Assert.Equal((Math.Round(1 - half, 6), Math.Round(1 + half, 6)), Ends(fit.Interval(s_any, 0.6, groups: 2)));
        Assert.Equal((0.0, 2.1), Ends(fit.Interval(s_any, 0.5, groups: 1)));

        static (double, double) Ends(ScoreInterval interval) => (Math.Round(interval.Low, 6), Math.Round(interval.High, 6));
    }

    [Fact]
    public void Without_residuals_the_whole_range_is_all_that_can_be_said() =>
        Assert.Equal(new ScoreInterval(0, 2.1, 0.9), new CrossFit(new Constant(1), [], []).Interval(s_any, 0.9));

    [Fact]
    [Trait("promise", "R13")]
    public void Coverage_of_exchangeable_scores_is_near_the_level()
    {
        // 15 sets of 21 pairs whose scores are noise: the mean is the right model and every pair is like every other.
        var random = new Random(7);
        var covered = new List<bool>();
        for (int repeat = 0; repeat < 15; repeat++)
        {
            MeasuredPair[] pairs =
            [
                .. from a in SmallLab.Names
                   from b in SmallLab.Names
                   where string.CompareOrdinal(a, b) <= 0
                   let score = 0.4 + (0.2 * random.NextDouble())
                   select MeasuredPair.Of(a, b, score, score, 1),
            ];
            foreach (MeasuredPair test in pairs.Take(20))
            {
                var training = new TrainingSet(SmallLab.Profiles, pairs.Where(p => p != test));
                ScoreInterval interval = CrossFit.Of(training, part => BaselineCatalogue.All[0].Fit(part, 1))
                    .Interval(training.Known(test.Pair), 0.8);
                covered.Add(interval.Low <= test.Combined && test.Combined <= interval.High);
            }
        }

        Assert.InRange(covered.Average(c => c ? 1.0 : 0.0), 0.74, 0.90);
    }

    private sealed class Constant(double value) : IPairModel
    {
        public double Combined(PairProfile pair) => value;
    }
}
