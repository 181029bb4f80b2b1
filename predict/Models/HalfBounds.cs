using Colocate.Model.Runs;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Models;

/// <summary>
/// How low, and how high, each half of a predicted score may truly be: conformal bounds (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, Journal
/// of the American Statistical Association 113, 2018) from the signed errors of halves in inner folds that leave workloads out, both halves of all pairs
/// together. A bound is one-sided: at level 0.9 one half in ten may lie beyond it.
/// </summary>
internal sealed class HalfBounds
{
    private readonly HalfResidual[] _byError;

    public HalfBounds(IEnumerable<HalfResidual> residuals) => _byError = [.. residuals.OrderBy(r => r.Error)];

    /// <summary>The residuals, least error first.</summary>
    public IReadOnlyList<HalfResidual> Residuals => _byError;

    /// <summary>Collects the errors of a trainer's inner folds.</summary>
    /// <param name="folds">Inner folds of the part that was fitted.</param>
    /// <param name="fit">The trainer on these.</param>
    /// <param name="inner">What <see cref="Inner"/> gives for the folds; it serves every trainer.</param>
    public static HalfBounds Fit(IReadOnlyList<Fold> folds, CrossFit fit, IReadOnlyList<double[]> inner)
    {
        Dictionary<WorkloadPair, int> times = CrossFit.TimesHeldOut(folds);
        return new HalfBounds(Enumerable.Range(0, folds.Count).SelectMany(k => folds[k].Test.SelectMany((pair, i) =>
        {
            Halves halves = HalfDifference.Divide(fit.HeldOut[k][i], inner[k][i]);
            double share = 1.0 / times[pair.Pair];
            return new[] { new HalfResidual(halves.A - pair.ScoreA, share), new HalfResidual(halves.B - pair.ScoreB, share) };
        })));
    }

    /// <summary>For each inner fold of a part, the difference of halves that it learns for each pair that it holds out.</summary>
    public static IReadOnlyList<double[]> Inner(TrainingSet part, IReadOnlyList<Fold> folds) => [.. folds.Select(fold =>
    {
        HalfDifference difference = HalfDifference.Fit(fold.Training, SoloSpace.Fit(fold.Training));
        return fold.Test.Select(pair => difference.Of(part.Known(pair.Pair))).ToArray();
    })];

    /// <summary>
    /// The margins of a level, between 0 and 1. With too few errors for the level they are what all of them support, and without any the bounds are 0 and 1.05.
    /// </summary>
    public HalfMargins At(double level) => _byError.Length == 0
        ? new HalfMargins(double.PositiveInfinity, double.PositiveInfinity)
        : new HalfMargins(Outermost(Enumerable.Reverse(_byError), level), -Outermost(_byError, level));

    /// <summary>The error at rank (1 - level) x (n + 1) from the start, where n counts a half once.</summary>
    private static double Outermost(IEnumerable<HalfResidual> outermostFirst, double level)
    {
        HalfResidual[] ordered = [.. outermostFirst];
        // Half-shares add up with rounding; without slack a rank that just exists would be missed.
        double rank = ((1 - level) * (ordered.Sum(r => r.Share) + 1)) + 1e-9, sum = 0;
        double last = ordered[0].Error;
        foreach (HalfResidual residual in ordered)
        {
            sum += residual.Share;
            if (sum > rank)
                break;
            last = residual.Error;
        }

        return last;
    }
}
