using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>Where scores lie, whatever pair is asked for.</summary>
/// <param name="Low">Least score.</param>
/// <param name="High">Greatest score.</param>
internal readonly record struct ScoreRange(double Low, double High)
{
    /// <summary>What the range of all scores may miss on either side, as a share of what an interval may miss in all.</summary>
    private const double Tails = 0.1;

    /// <summary>
    /// The range of the measured scores of a part without the outermost: at level 0.9 a score like these lies below it in one of a hundred cases, and above in one. An interval that is cut there
    /// loses no more than that, however far errors reach; it is what can be said without any prediction.
    /// </summary>
    /// <param name="part">At least one pair.</param>
    /// <param name="level">Level of the interval, between 0 and 1.</param>
    public static ScoreRange Of(TrainingSet part, double level)
    {
        double[] scores = [.. part.Pairs.Select(p => p.Combined).Order()];
        int left = Math.Max(0, (int)((Tails * (1 - level) * (scores.Length + 1)) + 1e-9) - 1);
        return new ScoreRange(scores[left], scores[^(left + 1)]);
    }
}
