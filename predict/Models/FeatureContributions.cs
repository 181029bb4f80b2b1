using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Models;

/// <summary>
/// How far each feature moves the predictions of a model over its measured pairs: the prediction less the one with the feature set to its mean of training.
/// For a linear model that is weight times value; it asks nothing of the kind of model. The models that left one workload out say how steady it is.
/// </summary>
internal static class FeatureContributions
{
    /// <summary>Name of the row of what the model starts from.</summary>
    private const string Prior = "prior";

    /// <summary>A row for each feature of the model, the furthest moving first.</summary>
    public static IReadOnlyList<FeatureContributionRow> Of(TrainingSet set, RegressionTrainer trainer, CrossFit fit)
    {
        var whole = (RegressionModel)fit.Whole;
        Dictionary<string, Move>[] folds = [.. fit.Folds.Select(f => Moves(set, trainer, (RegressionModel)f))];
        Dictionary<string, string> definitions = whole.Space.Features.ToDictionary(f => f.Name, f => f.Definition);
        return
        [
            .. from move in Moves(set, trainer, whole)
               let others = folds.Where(f => f.ContainsKey(move.Key)).Select(f => (double?)f[move.Key].Size).ToArray()
               orderby move.Value.Size descending, move.Key
               select new FeatureContributionRow
               {
                   Trainer = trainer.Name,
                   Feature = move.Key,
                   Definition = definitions.GetValueOrDefault(move.Key) ?? trainer.Basis,
                   Contribution = move.Value.Size,
                   Slope = move.Value.Slope,
                   Low = others.Min(),
                   High = others.Max(),
                   Models = others.Length,
               },
        ];
    }

    private static Dictionary<string, Move> Moves(TrainingSet set, RegressionTrainer trainer, RegressionModel model)
    {
        PairInput[] pairs = [.. set.Pairs.Select(p => model.Space.Solo.Pair(set.Known(p.Pair)))];
        double[][] rows = [.. pairs.Select(model.Space.Standardise)];
        double[] weights = [.. set.Pairs.Select(p => p.Weight)];
        var moves = new Dictionary<string, Move>();
        for (int j = 0; j < model.Space.Features.Count; j++)
        {
            int column = j;
            moves.Add(model.Space.Features[j].Name, Move.Of(weights, [.. rows.Select(row => model.Regressor.Predict(row) - model.Regressor.Predict(WithMean(row, column)))], [.. rows.Select(row => row[column])]));
        }

        if (trainer.HasPrior)
        {
            double[] prior = [.. pairs.Select(trainer.Prior)];
            double mean = prior.Zip(weights, (p, w) => p * w).Sum() / weights.Sum();
            double[] above = [.. prior.Select(p => p - mean)];
            double sd = Math.Sqrt(above.Zip(weights, (a, w) => a * a * w).Sum() / weights.Sum());
            moves.Add(Prior, Move.Of(weights, above, [.. above.Select(a => sd > 0 ? a / sd : 0)]));
        }

        return moves;
    }

    private static double[] WithMean(double[] row, int column)
    {
        double[] changed = [.. row];
        changed[column] = 0;
        return changed;
    }

    /// <param name="Size">Weighted mean of the absolute moves.</param>
    /// <param name="Slope">Least-squares move per standard deviation of the feature; 0 when it does not vary.</param>
    private readonly record struct Move(double Size, double Slope)
    {
        public static Move Of(double[] weights, double[] moves, double[] values)
        {
            double square = weights.Zip(values, (w, v) => w * v * v).Sum();
            return new Move(
                moves.Zip(weights, (m, w) => Math.Abs(m) * w).Sum() / weights.Sum(),
                square > 0 ? moves.Select((m, i) => weights[i] * m * values[i]).Sum() / square : 0);
        }
    }
}
