using Colocate.Model.Runs;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;
using MathNet.Numerics.Distributions;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// One trainer on one training part: the model of the whole part, the models of its inner leave-one-workload-out folds,
/// and what each of those got wrong about the pairs it did not see. Nothing outside the part enters.
/// </summary>
internal sealed class CrossFit
{
    /// <summary>Limits of a predicted combined score: each half is above 0 and at most 1.05, solo throughput and the noise of measuring it.</summary>
    public const double Least = 0.02, Most = 2.1;

    private readonly Lazy<OrderedResiduals> _ordered;
    private readonly Lazy<double> _freedom;

    public CrossFit(IPairModel whole, IReadOnlyList<IPairModel> folds, IReadOnlyList<Residual> residuals)
    {
        Whole = whole;
        Folds = folds;
        Residuals = residuals;
        _ordered = new Lazy<OrderedResiduals>(() => new OrderedResiduals(residuals, folds.Count));
        _freedom = new Lazy<double>(() => GroupedErrors.Freedom(SignedErrors));
    }

    public IPairModel Whole { get; }

    public IReadOnlyList<IPairModel> Folds { get; }

    public IReadOnlyList<Residual> Residuals { get; }

    /// <summary>Mean absolute inner error, weighted by repeats; infinite when no inner fold was fitted.</summary>
    public double InnerError => Residuals.Count == 0
        ? double.PositiveInfinity
        : Residuals.Sum(r => r.Share * r.Repeats * r.Error) / Residuals.Sum(r => r.Share * r.Repeats);

    /// <summary>Prediction of each pair of each inner fold by the model that did not see it; empty for a fit that was read from a file.</summary>
    public IReadOnlyList<double[]> HeldOut { get; init; } = [];

    /// <summary>Measured less predicted score of each pair of each inner fold; empty for a fit that was read from a file.</summary>
    public IReadOnlyList<double[]> SignedErrors { get; init; } = [];

    /// <summary>Collects the fits of a part; <paramref name="fit"/> gives the model of a part that is not empty.</summary>
    public static CrossFit Of(TrainingSet part, Func<TrainingSet, IPairModel> fit) => Of(part, FoldsOf(part), fit);

    /// <summary>The same with other inner folds of the part.</summary>
    public static CrossFit Of(TrainingSet part, IReadOnlyList<Fold> folds, Func<TrainingSet, IPairModel> fit)
    {
        IPairModel[] models = [.. folds.Select(f => fit(f.Training))];
        return Of(folds, fit(part), models, [.. folds.Select((f, k) => f.Test.Select(p => models[k].Combined(part.Known(p.Pair))).ToArray())]);
    }

    /// <summary>Collects fits.</summary>
    /// <param name="folds">The inner folds of the part.</param>
    /// <param name="whole">Model of the whole part.</param>
    /// <param name="models">Model of each fold.</param>
    /// <param name="heldOut">What each says of each pair that its fold holds out.</param>
    public static CrossFit Of(IReadOnlyList<Fold> folds, IPairModel whole, IReadOnlyList<IPairModel> models, double[][] heldOut)
    {
        Dictionary<WorkloadPair, int> times = TimesHeldOut(folds);
        double[][] limited = [.. heldOut.Select(fold => fold.Select(Limit).ToArray())];
        return new CrossFit(whole, models,
        [
            .. from k in Enumerable.Range(0, folds.Count)
               from i in Enumerable.Range(0, limited[k].Length)
               let pair = folds[k].Test[i]
               select new Residual(k, Math.Abs(pair.Combined - limited[k][i]), 1.0 / times[pair.Pair], pair.Weight),
        ]) { HeldOut = limited, SignedErrors = [.. limited.Select((fold, k) => fold.Select((predicted, i) => folds[k].Test[i].Combined - predicted).ToArray())] };
    }

    /// <summary>A fit without inner folds: it predicts, but knows neither how wrong it is nor an interval.</summary>
    public static CrossFit Only(IPairModel whole) => new(whole, [], []) { IsOnly = true };

    /// <summary>True for a fit that <see cref="Only"/> made.</summary>
    public bool IsOnly { get; private init; }

    /// <summary>The inner folds that leave something to learn from.</summary>
    public static IReadOnlyList<Fold> FoldsOf(TrainingSet part) => [.. Evaluation.Folds.Inner(part).Where(f => f.Training.Pairs.Count > 0)];

    /// <summary>How many folds hold each pair out.</summary>
    public static Dictionary<WorkloadPair, int> TimesHeldOut(IReadOnlyList<Fold> folds) =>
        folds.SelectMany(f => f.Test).GroupBy(p => p.Pair).ToDictionary(g => g.Key, g => g.Count());

    public double Combined(PairProfile pair) => Limit(Whole.Combined(pair));

    /// <summary>
    /// CV+ interval (Barber, Candes, Ramdas and Tibshirani, Annals of Statistics 2021): each residual, around the prediction of the fold model
    /// it came from, is a value; the ends are the outermost values at rank level x (n + 1), where n counts a pair once.
    /// With too few pairs for the level that rank does not exist: the interval then spans all values and says the level n / (n + 1) that
    /// these support; without any residual it is the whole range of scores. It always holds the prediction itself.
    /// </summary>
    /// <param name="pair">The pair.</param>
    /// <param name="level">Level asked for, between 0 and 1.</param>
    public ScoreInterval Interval(PairProfile pair, double level) =>
        Interval(Combined(pair), [.. Folds.Select(f => Limit(f.Combined(pair)))], level, 1, new ScoreRange(0, Most));

    /// <summary>
    /// The interval for a pair as unseen as those that the inner folds held out, where these learned from far fewer pairs and their errors go together. Errors are put around the prediction
    /// itself: how far such fold models lie apart says more of their few pairs than of the prediction, and is counted in their errors already. It is widened by the quantile of Student's
    /// distribution over the normal one (Student, Biometrika 1908) with the degrees of freedom of <see cref="GroupedErrors"/>, and cut where scores end.
    /// </summary>
    /// <param name="pair">The pair.</param>
    /// <param name="level">Level asked for, between 0 and 1.</param>
    /// <param name="range">Where scores of the part lie; an interval leaves it only to hold its prediction.</param>
    public ScoreInterval Interval(PairProfile pair, double level, ScoreRange range)
    {
        double combined = Combined(pair);
        return Interval(combined, [.. Folds.Select(_ => combined)], level, Widening(level), range);
    }

    private ScoreInterval Interval(double combined, double[] centres, double level, double widening, ScoreRange range)
    {
        if (Residuals.Count == 0 || double.IsInfinity(widening))
            return new ScoreInterval(Math.Min(range.Low, combined), Math.Max(range.High, combined), level);
        double n = _ordered.Value.Shares;
        // Half-shares add up with rounding; without slack a rank that just exists would be missed.
        double rank = Math.Min((level * (n + 1)) - 1e-9, n - 1e-9);
        double below = combined + _ordered.Value.Outermost([.. centres.Select(c => -c)], rank), above = _ordered.Value.Outermost(centres, rank) - combined;
        return new ScoreInterval(
            Math.Min(Math.Max(combined - (widening * below), range.Low), combined),
            Math.Max(Math.Min(combined + (widening * above), range.High), combined),
            Math.Min(level, n / (n + 1)));
    }

    /// <summary>Infinite with fewer than two groups of errors.</summary>
    private double Widening(double level) => _freedom.Value > 0
        ? StudentT.InvCDF(0, 1, _freedom.Value, (1 + level) / 2) / Normal.InvCDF(0, 1, (1 + level) / 2)
        : double.PositiveInfinity;

    private static double Limit(double combined) => Math.Clamp(combined, Least, Most);
}
