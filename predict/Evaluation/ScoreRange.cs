using Colocate.Predict.Profiles;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

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
    /// loses no more than that, however far errors reach; it is what can be said without any prediction. Where scores are too few for that rank to exist, where one more of them would lie
    /// by Student's distribution (Student, Biometrika 1908), and no less than where they lie.
    /// </summary>
    /// <param name="part">At least one pair.</param>
    /// <param name="level">Level of the interval, between 0 and 1.</param>
    public static ScoreRange Of(TrainingSet part, double level)
    {
        double[] scores = [.. part.Pairs.Select(p => p.Combined).Order()];
        double tail = Tails * (1 - level);
        int rank = (int)((tail * (scores.Length + 1)) + 1e-9);
        if (rank >= 1)
            return new ScoreRange(scores[rank - 1], scores[^rank]);
        if (scores.Length < 2)
            return new ScoreRange(0, CrossFit.Most);
        double mean = scores.Mean(), reach = StudentT.InvCDF(0, 1, scores.Length - 1, 1 - tail) * scores.StandardDeviation() * Math.Sqrt(1 + (1.0 / scores.Length));
        return new ScoreRange(Math.Max(0, Math.Min(scores[0], mean - reach)), Math.Min(CrossFit.Most, Math.Max(scores[^1], mean + reach)));
    }
}
