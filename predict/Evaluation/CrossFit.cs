using Colocate.Model.Runs;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// One trainer on one training part: the model of the whole part, the models of its inner leave-one-workload-out folds,
/// and what each of those got wrong about the pairs it did not see. Nothing outside the part enters.
/// </summary>
internal sealed class CrossFit
{
    /// <summary>Limits of a predicted combined score: each half is above 0 and at most 1.05, solo throughput and the noise of measuring it.</summary>
    public const double Least = 0.02, Most = 2.1;

    public CrossFit(IPairModel whole, IReadOnlyList<IPairModel> folds, IReadOnlyList<Residual> residuals)
    {
        Whole = whole;
        Folds = folds;
        Residuals = residuals;
    }

    public IPairModel Whole { get; }

    public IReadOnlyList<IPairModel> Folds { get; }

    public IReadOnlyList<Residual> Residuals { get; }

    /// <summary>Mean absolute inner error, weighted by repeats; infinite when no inner fold could be fitted.</summary>
    public double InnerError => Residuals.Count == 0
        ? double.PositiveInfinity
        : Residuals.Sum(r => r.Share * r.Repeats * r.Error) / Residuals.Sum(r => r.Share * r.Repeats);

    /// <summary>Standard error, over inner folds, of the difference of the mean absolute errors of two trainers; 0 with fewer than two folds.</summary>
    public double StandardErrorOfDifference(CrossFit other)
    {
        double[] differences = [.. FoldErrors().Zip(other.FoldErrors(), (own, others) => own - others)];
        if (differences.Length < 2)
            return 0;
        double mean = differences.Average();
        return Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
    }

    /// <summary>Collects the fits of a part; <paramref name="fit"/> gives the model of a part that is not empty.</summary>
    public static CrossFit Of(TrainingSet part, Func<TrainingSet, IPairModel> fit)
    {
        Fold[] folds = [.. Usable(part)];
        Dictionary<WorkloadPair, int> times = folds.SelectMany(f => f.Test).GroupBy(p => p.Pair).ToDictionary(g => g.Key, g => g.Count());
        IPairModel[] models = [.. folds.Select(f => fit(f.Training))];
        return new CrossFit(fit(part), models,
        [
            .. from k in Enumerable.Range(0, folds.Length)
               from pair in folds[k].Test
               let predicted = Limit(models[k].Combined(part.Known(pair.Pair)))
               select new Residual(k, Math.Abs(pair.Combined - predicted), 1.0 / times[pair.Pair], pair.Weight),
        ]);
    }

    /// <summary>The parts that <see cref="Of"/> will ask to have fitted.</summary>
    public static IEnumerable<TrainingSet> Parts(TrainingSet part) => Usable(part).Select(f => f.Training).Append(part);

    public double Combined(PairProfile pair) => Limit(Whole.Combined(pair));

    /// <summary>
    /// CV+ interval (Barber, Candes, Ramdas and Tibshirani, Annals of Statistics 2021): each residual, around the prediction of the fold model
    /// it came from, is a value; the ends are the outermost values at rank level x (n + 1), where n counts a pair once.
    /// With too few pairs for the level that rank does not exist: the interval then spans all values and says the level n / (n + 1) that
    /// these support; without any residual it is the whole range of scores. It always holds the prediction itself.
    /// </summary>
    public ScoreInterval Interval(PairProfile pair, double level)
    {
        if (Residuals.Count == 0)
            return new ScoreInterval(0, Most, level);
        double[] centres = [.. Folds.Select(f => Limit(f.Combined(pair)))];
        double n = Residuals.Sum(r => r.Share);
        // Half-shares add up with rounding; without slack a rank that just exists would be missed.
        double rank = Math.Min((level * (n + 1)) - 1e-9, n - 1e-9);
        double combined = Combined(pair);
        double high = Outermost(Residuals.Select(r => (centres[r.Fold] + r.Error, r.Share)), rank);
        double low = -Outermost(Residuals.Select(r => (r.Error - centres[r.Fold], r.Share)), rank);
        return new ScoreInterval(Math.Clamp(low, 0, combined), Math.Clamp(high, combined, Most), Math.Min(level, n / (n + 1)));
    }

    private IEnumerable<double> FoldErrors() =>
        Residuals.GroupBy(r => r.Fold).Select(g => g.Sum(r => r.Repeats * r.Error) / g.Sum(r => r.Repeats));

    private static double Outermost(IEnumerable<(double Value, double Share)> values, double rank)
    {
        double sum = 0, last = 0;
        foreach ((double value, double share) in values.OrderBy(v => v.Value))
        {
            last = value;
            sum += share;
            if (sum >= rank)
                break;
        }

        return last;
    }

    private static double Limit(double combined) => Math.Clamp(combined, Least, Most);

    private static IEnumerable<Fold> Usable(TrainingSet part) => Evaluation.Folds.Inner(part).Where(f => f.Training.Pairs.Count > 0);
}
