using Colocate.Model.Tables;

namespace Colocate.Predict.Evaluation;

/// <summary>How well predicted halves say who will fall below a service level. Every share is null when it would be one of nothing.</summary>
/// <param name="Precision">Of the halves predicted below the level, the share that is.</param>
/// <param name="Recall">Of the halves below the level, the share predicted below.</param>
/// <param name="WronglyAdmitted">Of the pairs predicted to keep both halves at the level, the share of which one is below.</param>
/// <param name="GuardAdmitted">Share of pairs of which both lower bounds reach the level.</param>
/// <param name="GuardWronglyAdmitted">Of these, the share of which one half is below.</param>
internal readonly record struct Admission(double? Precision, double? Recall, double? WronglyAdmitted, double? GuardAdmitted, double? GuardWronglyAdmitted)
{
    /// <summary>Classifies held-out predictions; all null when a model predicts no halves.</summary>
    /// <param name="pairs">Predictions of one model.</param>
    /// <param name="level">Score that each workload is to keep, 0..1.</param>
    public static Admission Of(IReadOnlyList<EvaluationPairRow> pairs, double level)
    {
        if (pairs.Any(p => p.PredictedA is null || p.PredictedB is null))
            return default;
        int predicted = 0, actual = 0, both = 0, admitted = 0, wrongly = 0, guarded = 0, wronglyGuarded = 0;
        bool bounded = pairs.All(p => p.LowA is not null && p.LowB is not null);
        foreach (EvaluationPairRow pair in pairs)
        {
            bool saysA = pair.PredictedA < level, saysB = pair.PredictedB < level, isA = pair.MeasuredA < level, isB = pair.MeasuredB < level;
            predicted += Count(saysA) + Count(saysB);
            actual += Count(isA) + Count(isB);
            both += Count(saysA && isA) + Count(saysB && isB);
            admitted += Count(!saysA && !saysB);
            wrongly += Count(!saysA && !saysB && (isA || isB));
            bool keeps = pair.LowA >= level && pair.LowB >= level;
            guarded += Count(keeps);
            wronglyGuarded += Count(keeps && (isA || isB));
        }

        return new Admission(
            Share(both, predicted),
            Share(both, actual),
            Share(wrongly, admitted),
            bounded ? Share(guarded, pairs.Count) : null,
            bounded ? Share(wronglyGuarded, guarded) : null);

        static int Count(bool flag) => flag ? 1 : 0;

        static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
    }
}
