using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict;

/// <summary>Predictions of the pairs that a fold holds out.</summary>
internal static class FoldPredictions
{
    /// <summary>A row for each pair and model, auto first.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="set">The whole set, for what is known of a pair without measuring it.</param>
    /// <param name="fold">The fold.</param>
    /// <param name="fits">What trainers and baselines made of its training part.</param>
    /// <param name="level">Level of the intervals.</param>
    public static IEnumerable<EvaluationPairRow> Of(Protocol protocol, TrainingSet set, Fold fold, FoldFits fits, double level)
    {
        // No model knows which half is the weaker: the difference learned in the fold divides the score of each.
        HalfDifference difference = HalfDifference.Fit(fold.Training, SoloSpace.Fit(fold.Training));
        IReadOnlyList<double[]> inner = HalfBounds.Inner(fold.Training, fits.Folds);
        HalfMargins?[] margins = [.. fits.Order.Select(t => fits[t].IsOnly ? (HalfMargins?)null : HalfBounds.Fit(fits.Folds, fits[t], inner).At(level))];
        ScoreRange? range = protocol.IsFarUnseen ? ScoreRange.Of(fold.Training, level) : null;
        int chosen = fits.Order.ToList().IndexOf(fits.Chosen);
        foreach (MeasuredPair pair in fold.Test)
        {
            EvaluationPairRow[] rows = [.. fits.Order.Select((t, i) => Row(t.Name, fits[t], margins[i], pair))];
            yield return rows[chosen] with { Model = TrainerCatalogue.Auto, Chosen = fits.Chosen.Name };
            foreach (EvaluationPairRow row in rows)
                yield return row;
        }

        EvaluationPairRow Row(string model, CrossFit fit, HalfMargins? margin, MeasuredPair pair)
        {
            PairProfile known = set.Known(pair.Pair);
            ScoreInterval? interval = fit.IsOnly ? null : range is { } limits ? fit.Interval(known, level, limits) : fit.Interval(known, level);
            double combined = fit.Combined(known);
            Halves halves = difference.Split(known, combined);
            return new EvaluationPairRow
            {
                Protocol = protocol.Name,
                Model = model,
                HeldOut = fold.HeldOut,
                WorkloadA = pair.Pair.A,
                WorkloadB = pair.Pair.B,
                Measured = pair.Combined,
                Predicted = combined,
                Low = interval?.Low,
                High = interval?.High,
                Weight = pair.Weight,
                MeasuredA = pair.ScoreA,
                MeasuredB = pair.ScoreB,
                PredictedA = halves.A,
                PredictedB = halves.B,
                LowA = margin?.Low(halves.A),
                LowB = margin?.Low(halves.B),
            };
        }
    }
}
