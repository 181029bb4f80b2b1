using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Placement;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// How far repeats of the same pair lie apart, beside which errors are read: no prediction comes closer to a single run than runs come to each other. And what that leaves of the
/// gap between a random and the best division: the best by measurement takes the luckiest pairs, which nobody could have predicted.
/// </summary>
internal sealed class RepeatSpread
{
    private const int Draws = 100, Divisions = 5;

    private readonly double? _sd, _relative, _attainable;
    private readonly int _pairs;
    private readonly string? _reason;

    /// <param name="set">Measured pairs.</param>
    /// <param name="seed">Seed of the draws.</param>
    public RepeatSpread(TrainingSet set, int seed)
    {
        MeasuredPair[] repeated = [.. set.Pairs.Where(p => p.CombinedSd is not null && p.Combined > 0)];
        _pairs = repeated.Length;
        if (_pairs == 0)
        {
            _reason = set.Pairs.All(p => p.Weight <= 1) ? "no pair was measured twice" : "the spread of the repeats is not known: give every run a row of its own";
            return;
        }

        double weight = repeated.Sum(p => p.Weight), relative = repeated.Sum(p => p.Weight * p.CombinedSd!.Value / p.Combined) / weight;
        (_sd, _relative) = (repeated.Sum(p => p.Weight * p.CombinedSd!.Value) / weight, relative);
        _reason = _pairs == set.Pairs.Count ? null : $"of {_pairs} of {set.Pairs.Count} pairs; the others were measured once";
        _attainable = Attainable(set, pair => (pair.CombinedSd ?? (relative * pair.Combined)) / Math.Sqrt(pair.Weight), seed);
    }

    /// <summary>Adds to the errors of a model how far repeats lie apart.</summary>
    public EvaluationRow AddTo(EvaluationRow row) => row with
    {
        RepeatSpread = _sd, RepeatSpreadRelative = _relative, RepeatedPairs = _pairs, RepeatReason = _reason, MatchingGapAttainable = row.MatchingGapClosed is null ? null : _attainable,
    };

    /// <summary>
    /// The measured means, taken as the truth, are measured again with the error of their repeats: the mean share of the gap of these new measurements that the truth closes. Means
    /// differ more than what they estimate, so that it reads a little high.
    /// </summary>
    private static double? Attainable(TrainingSet set, Func<MeasuredPair, double> error, int seed)
    {
        string[] guests = [.. set.Pairs.Where(p => !p.Pair.IsEqualPair).SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(WorkloadOrder.Instance)];
        Dictionary<WorkloadPair, double> truth = set.Pairs.ToDictionary(p => p.Pair, p => p.Combined);
        var random = new Random(seed);
        double closed = 0, gap = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            var again = new MatchingScale(set.Pairs.ToDictionary(p => p.Pair, p => p.Combined + (error(p) * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))), guests, Divisions, seed + draw);
            if (again.Reason is not null)
                continue;
            closed += again.TotalBy(truth) - again.Random;
            gap += again.Oracle - again.Random;
        }

        return gap > 0 ? closed / gap : null;
    }
}
