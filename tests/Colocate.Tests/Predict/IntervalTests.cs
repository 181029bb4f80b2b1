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
    public void Errors_of_far_unseen_pairs_go_around_the_prediction_few_groups_widen_and_the_range_of_scores_cuts()
    {
        // Two fold models at 0.8 and 1.2, one error of 0.1 in each.
        CrossFit fit = Fit([0.1], [-0.1]);
        Assert.Equal((0.7, 1.3), Ends(fit.Interval(s_any, 0.6)));
        // Two groups: one degree of freedom, and Student's t is Cauchy's distribution: tan(0.3 pi) = 1.37638; the normal quantile of 0.8 is 0.84162.
        double half = 0.1 * 1.3763819 / 0.8416212;
        Assert.Equal((Math.Round(1 - half, 6), Math.Round(1 + half, 6)), Ends(fit.Interval(s_any, 0.6, new ScoreRange(0, 2))));
        Assert.Equal((0.9, Math.Round(1 + half, 6)), Ends(fit.Interval(s_any, 0.6, new ScoreRange(0.9, 2))));
        // One group tells nothing of another: all that is left is where scores lie.
        Assert.Equal((0.4, 1.8), Ends(Fit([0.1, 0.1], []).Interval(s_any, 0.6, new ScoreRange(0.4, 1.8))));
        Assert.Equal((0.4, 1.8), Ends(Fit([0, 0], []).Interval(s_any, 0.6, new ScoreRange(0.4, 1.8))));
        // The prediction itself lies beyond every score.
        Assert.Equal((0.4, 1), Ends(Fit([0.1, 0.1], []).Interval(s_any, 0.6, new ScoreRange(0.4, 0.5))));

        static CrossFit Fit(params double[][] errors) => new(
            new Constant(1), [new Constant(0.8), new Constant(1.2)], [.. errors.SelectMany((group, k) => group.Select(e => new Residual(k, Math.Abs(e), 1, 1)))]) { SignedErrors = errors };

        static (double, double) Ends(ScoreInterval interval) => (Math.Round(interval.Low, 6), Math.Round(interval.High, 6));
    }

    [Fact]
    public void Errors_alike_within_groups_count_as_often_as_there_are_groups_and_others_as_often_as_there_are_errors()
    {
        // Mean squares 37 between and 1 within three groups of three: variance 37 / 3 + 2 / 3 = 13, and 13^2 / ((37 / 3)^2 / 2 + (2 / 3)^2 / 6).
        Assert.Equal(2.2199, GroupedErrors.Freedom([[1, 2, 3], [4, 5, 6], [8, 9, 10]]), 0.0001);
        Assert.Equal(2, GroupedErrors.Freedom([[1, 1], [], [4, 4], [9, 9]]), 9);
        // Nothing lies between the groups.
        Assert.Equal(5, GroupedErrors.Freedom([[1, -1], [1, -1], [1, -1]]));
        Assert.Equal(3, GroupedErrors.Freedom([[0, 0], [0, 0]]));
        Assert.Equal(0, GroupedErrors.Freedom([[1, 2, 3], []]));
    }

    [Fact]
    public void The_range_of_scores_leaves_out_one_in_a_hundred_at_either_end()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"w{i:00}")];
        var set = new TrainingSet(
            names.Select(n => SmallLab.Profile(n, 0.5, 0.5)), Colocate.Model.Runs.WorkloadPair.All(names).Take(400).Select((p, i) => MeasuredPair.Of(p.A, p.B, (i + 1) / 1000.0, 0.5, 1)));
        // Rank 401 / 100 from either end: the fourth.
        Assert.Equal((0.504, 0.897), Rounded(ScoreRange.Of(set, 0.9)));
        Assert.Equal((0.501, 0.9), Rounded(ScoreRange.Of(set, 0.975)));

        static (double, double) Rounded(ScoreRange range) => (Math.Round(range.Low, 9), Math.Round(range.High, 9));
    }

    [Fact]
    public void The_range_of_few_scores_is_that_of_one_more_of_them_and_of_one_it_is_unknown()
    {
        // Of three with mean 1.1 and standard deviation 0.1: Student's quantile of 0.99 with two degrees of freedom is 6.964557, and 6.964557 x 0.1 x sqrt(4 / 3) = 0.804198.
        Assert.Equal((0.295802, 1.904198), Rounded(ScoreRange.Of(Of(0.5, 0.6, 0.7), 0.9)));
        // Neither below nothing nor above what two can keep.
        Assert.Equal((0, 2.1), Rounded(ScoreRange.Of(Of(0.1, 0.6, 1.1), 0.9)));
        // What is left of a set where much is held out may be one pair.
        TrainingSet some = Of(0.5, 0.6, 0.7);
        Assert.Equal((0, 2.1), Rounded(ScoreRange.Of(some.Without(p => p != some.Pairs[0].Pair), 0.9)));
        // Equal but for one that lies further off than Student's distribution believes: it was there.
        Assert.Equal(0.52, ScoreRange.Of(Of([0.02, .. Enumerable.Repeat(0.5, 60)]), 0.9).Low, 9);

        static TrainingSet Of(params double[] firstHalves)
        {
            string[] names = [.. Enumerable.Range(0, 20).Select(i => $"w{i:00}")];
            return new TrainingSet(
                names.Select(n => SmallLab.Profile(n, 0.5, 0.5)), Colocate.Model.Runs.WorkloadPair.All(names).Zip(firstHalves, (p, half) => MeasuredPair.Of(p.A, p.B, half, 0.5, 1)));
        }

        static (double, double) Rounded(ScoreRange range) => (Math.Round(range.Low, 6), Math.Round(range.High, 6));
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
