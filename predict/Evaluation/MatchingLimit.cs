using Colocate.Model.Runs;
using Colocate.Predict.Placement;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// How good a division predictions of a given accuracy lead to. The best division by measurement holds the pairs whose scores lie highest above what was predicted, and no prediction knows
/// which these are: the share of its lead over chance that is closed falls fast with the error, long before a rank correlation does.
/// </summary>
internal static class MatchingLimit
{
    private const int Draws = 20, Divisions = 5;

    /// <summary>
    /// The mean share of the gap that the predictions close when each measured score is its prediction plus the error of another pair, dealt out at random: predictions that are right in the mean
    /// and as wrong as these, of which any error is as likely at one pair as at another. A share closed that lies far below speaks of a fault in how pairs are predicted or divided; one that lies
    /// about there can be raised by smaller errors alone.
    /// </summary>
    /// <param name="measured">Measured combined score of each pair.</param>
    /// <param name="predicted">Predicted combined score of the same pairs.</param>
    /// <param name="guests">Who is divided into pairs.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>At most 1; null when no division of these scores is better than another.</returns>
    public static double? Expected(IReadOnlyDictionary<WorkloadPair, double> measured, IReadOnlyDictionary<WorkloadPair, double> predicted, IReadOnlyList<string> guests, int seed)
    {
        WorkloadPair[] pairs = [.. measured.Keys.Order()];
        double[] errors = [.. pairs.Select(p => measured[p] - predicted[p])];
        var random = new Random(seed);
        double closed = 0, gap = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            random.Shuffle(errors);
            var scale = new MatchingScale(pairs.Select((p, i) => (p, Score: predicted[p] + errors[i])).ToDictionary(p => p.p, p => p.Score), guests, Divisions, seed + draw);
            if (scale.Reason is not null)
                continue;
            closed += scale.TotalBy(predicted) - scale.Random;
            gap += scale.Oracle - scale.Random;
        }

        return gap > 0 ? closed / gap : null;
    }
}
