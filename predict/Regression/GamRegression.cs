using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>
/// ML.NET's generalised additive model: one step function a column, learned by boosting (Lou, Caruana and Gehrke, KDD 2012). A column has one only where some threshold leaves at least
/// <see cref="FewestRowsInStep"/> rows on either side; others, such as names that few pairs bear, are left out, since ML.NET drops them itself and can then not read its model
/// back. Given weights, version 5.0.1 learns nothing at all; so a row stands there as many times as its weight is of the least, up to <see cref="MostCopies"/>. One thread and a seed make it repeatable.
/// </summary>
internal sealed class GamRegression : IRegression
{
    /// <summary>Rows of a step at least.</summary>
    public const int FewestRowsInStep = 3;

    /// <summary>Times that one row stands there at most.</summary>
    private const int MostCopies = 10;

    /// <summary>Rounds over all columns, and the share of a step that each takes: together about what a hundred boosted trees learn.</summary>
    private const int Rounds = 200;

    private const double LearningRate = 0.05;

    /// <summary>Steps of a column at most: more than a few hundred pairs tell apart.</summary>
    private const int MostSteps = 32;

    public IRegressor Fit(RegressionRows rows, int seed)
    {
        double offset = rows.MeanY;
        rows = Copied(rows);
        int[] columns = [.. Enumerable.Range(0, rows.Features).Where(c => HasSteps([.. rows.X.Select(x => (float)x[c]).Order()]))];
        if (columns.Length == 0)
            return LinearRegressor.Constant(offset, rows.Features);
        var context = new MLContext(seed);
        IDataView view = MlNetRows.View(context, rows with { X = [.. rows.X.Select(x => columns.Select(c => x[c]).ToArray())] }, offset);
        GamRegressionModelParameters model = context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
        {
            NumberOfIterations = Rounds,
            LearningRate = LearningRate,
            MaximumBinCountPerFeature = MostSteps,
            MinimumExampleCountPerLeaf = FewestRowsInStep,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(view).Model;
        return new ShapeFunctions(
            model.Bias + offset,
            columns,
            [.. columns.Select((_, i) => model.GetBinUpperBounds(i).SkipLast(1).ToArray())],
            [.. columns.Select((_, i) => model.GetBinEffects(i).ToArray())]);
    }

    public IRegressor Load(byte[] saved) => saved.AsSpan().IndexOf("Effects"u8) >= 0 ? ShapeFunctions.Read(saved) : LinearRegressor.Read(saved);

    private static RegressionRows Copied(RegressionRows rows)
    {
        double least = rows.Weights.Min();
        int[] copies = [.. rows.Weights.SelectMany((w, i) => Enumerable.Repeat(i, (int)Math.Min(MostCopies, Math.Round(w / least))))];
        return copies.Length == rows.Y.Length ? rows : new RegressionRows([.. copies.Select(i => rows.X[i])], [.. copies.Select(i => rows.Y[i])], [.. copies.Select(_ => 1.0)], []);
    }

    private static bool HasSteps(float[] ordered)
    {
        for (int below = FewestRowsInStep; below <= ordered.Length - FewestRowsInStep; below++)
        {
            if (ordered[below - 1] < ordered[below])
                return true;
        }

        return false;
    }
}
