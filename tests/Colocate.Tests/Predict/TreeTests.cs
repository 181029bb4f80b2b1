using Colocate.Predict.Regression;
using CsCheck;

namespace Colocate.Tests.Predict;

/// <summary>Trees of random splits.</summary>
public sealed class TreeTests
{
    [Fact]
    public void A_step_is_learned_and_values_between_training_values_stay_between_their_scores()
    {
        double[][] x = [.. Enumerable.Range(0, 40).Select(i => new double[] { i, (i * 7) % 5 })];
        double[] y = [.. x.Select(r => r[0] < 20 ? 1.0 : 2.0)];
        IRegressor trees = new ExtraTreesRegression().Fit(Rows(x, y), 1);
        Assert.InRange(trees.Predict([3, 1]), 1, 1.1);
        Assert.InRange(trees.Predict([36, 1]), 1.9, 2);
    }

    [Fact]
    public void Predictions_lie_within_the_scores_of_training_and_reading_gives_the_same_trees() => Gen.Select(
        Gen.Double[-1, 1].Array[3].Array[5, 60], Gen.Int[0, 1000]).Sample((x, seed) =>
    {
        double[] y = [.. x.Select(r => r[0] + (r[1] * r[2]))];
        IRegressor trees = new ExtraTreesRegression().Fit(Rows(x, y), seed);
        IRegressor read = new ExtraTreesRegression().Load(trees.Save());
        double value = trees.Predict([0.3, -0.4, 0.9]);
        return value >= y.Min() - 1e-9 && value <= y.Max() + 1e-9 && read.Predict([0.3, -0.4, 0.9]) == value && read.Save().SequenceEqual(trees.Save())
            && new ExtraTreesRegression().Fit(Rows(x, y), seed).Save().SequenceEqual(trees.Save());
    });

    [Fact]
    public void Repeats_weigh_in_a_leaf() =>
        // Equal features cannot be split: the leaf is the weighted mean.
        Assert.Equal(1.75, new ExtraTreesRegression().Fit(new RegressionRows([[1], [1]], [1, 2], [1, 3], []), 1).Predict([1]), 1e-12);

    [Fact]
    public void Bytes_that_were_cut_short_are_refused()
    {
        byte[] saved = new ExtraTreesRegression().Fit(Rows([[0], [1], [2], [3], [4], [5]], [0, 1, 2, 3, 4, 5]), 1).Save();
        Assert.Throws<FormatException>(() => new ExtraTreesRegression().Load(saved[..^3]));
        Assert.Throws<FormatException>(() => new ExtraTreesRegression().Load([9, 0, 0, 0]));
    }

    public static TheoryData<string> OfMlNet => ["fast_tree", "light_gbm", "gam", "fast_forest", "sdca"];

    [Theory]
    [MemberData(nameof(OfMlNet))]
    public void What_ml_net_learns_beats_the_mean_reads_back_the_same_and_repeats(string name)
    {
        IRegression regression = Of(name);
        double[][] x = [.. Enumerable.Range(0, 120).Select(i => new double[] { Math.Sin(i), Math.Cos(3 * i), i < 2 ? 1 : 0 })];
        double[] y = [.. x.Select(r => r[0] + (r[1] > 0 ? 0.5 : 0))];
        IRegressor fitted = regression.Fit(Rows(x, y), 1), read = regression.Load(fitted.Save());
        double mean = y.Average();
        Assert.True(x.Zip(y, (r, v) => Math.Abs(fitted.Predict(r) - v)).Average() < 0.4 * y.Average(v => Math.Abs(v - mean)));
        Assert.All(x, r => Assert.Equal(fitted.Predict(r), read.Predict(r)));
        Assert.Equal(fitted.Save(), regression.Fit(Rows(x, y), 1).Save());
        Assert.ThrowsAny<FormatException>(() => regression.Load("{\"Effects\":"u8.ToArray()));
    }

    /// <summary>A handful of rows, equal columns, equal scores: a lab that has just begun.</summary>
    [Theory]
    [MemberData(nameof(OfMlNet))]
    public void What_ml_net_learns_of_a_handful_of_rows_is_a_number_and_reads_back_the_same(string name) =>
        Gen.Select(Gen.Int[0, 2].Select(v => (double)v).Array[2].Array[1, 12], Gen.Int[1, 3]).Sample(
            (x, scores) =>
            {
                IRegression regression = Of(name);
                IRegressor fitted = regression.Fit(Rows(x, [.. x.Select((_, i) => 1.0 + (i % scores))]), 1);
                double value = fitted.Predict([1, 1]);
                return double.IsFinite(value) && regression.Load(fitted.Save()).Predict([1, 1]) == value;
            },
            iter: 40);

    [Theory]
    [InlineData("light_gbm")]
    [InlineData("gam")]
    [InlineData("fast_tree")]
    public void Repeats_weigh_in_what_ml_net_learns(string name)
    {
        // Every place has a low score once and a high one three times.
        double[][] x = [.. Enumerable.Range(0, 80).Select(i => new double[] { i / 2 % 2 })];
        double[] y = [.. x.Select((r, i) => r[0] + (i % 2))];
        IRegressor fitted = Of(name).Fit(new RegressionRows(x, y, [.. y.Select((_, i) => i % 2 == 0 ? 1.0 : 3.0)], []), 1);
        Assert.Equal(0.75, fitted.Predict([0]), 0.02);
        Assert.Equal(1.75, fitted.Predict([1]), 0.02);
    }

    [Fact]
    public void A_column_without_steps_of_three_rows_has_none_in_a_gam()
    {
        double[][] x = [.. Enumerable.Range(0, 30).Select(i => new double[] { i < 2 ? 1 : 0, i % 6 })];
        var fitted = (ShapeFunctions)new GamRegression().Fit(Rows(x, [.. x.Select(r => r[1])]), 1);
        Assert.Equal([1], fitted.Columns);
        Assert.IsType<LinearRegressor>(new GamRegression().Fit(Rows([[1], [1], [0], [0]], [1, 1, 0, 0]), 1));
    }

    private static IRegression Of(string name) => name switch
    {
        "fast_tree" => new BoostedRegression(),
        "light_gbm" => new LightGbmRegression(),
        "gam" => new GamRegression(),
        "fast_forest" => new ForestRegression(),
        _ => new SdcaRegression(),
    };

    private static RegressionRows Rows(double[][] x, double[] y) => new(x, y, [.. y.Select(_ => 1.0)], []);
}
