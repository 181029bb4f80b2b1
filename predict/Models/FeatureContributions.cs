using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
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
    public static IReadOnlyList<FeatureContributionRow> Of(TrainingSet set, IModelTrainer trainer, CrossFit fit)
    {
        var whole = (ITrainedModel)fit.Whole;
        Dictionary<string, Move>[] folds = [.. fit.Folds.Select(f => Moves(set, (ITrainedModel)f))];
        Dictionary<string, string?> definitions = Enumerable.Range(0, whole.PairFeatures.Count).ToDictionary(j => whole.PairFeatures[j], whole.DefinitionOf);
        return
        [
            .. from move in Moves(set, whole)
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

    private static Dictionary<string, Move> Moves(TrainingSet set, ITrainedModel model)
    {
        PairProfile[] pairs = [.. set.Pairs.Select(p => set.Known(p.Pair))];
        double[] weights = [.. set.Pairs.Select(p => p.Weight)];
        var moves = new Dictionary<string, Move>();
        for (int j = 0; j < model.PairFeatures.Count; j++)
        {
            FeatureEffect[] effects = [.. pairs.Select(p => model.EffectOf(p, j))];
            moves.Add(model.PairFeatures[j], Move.Of(weights, [.. effects.Select(e => e.Move)], [.. effects.Select(e => e.Value)]));
        }

        double?[] priors = [.. pairs.Select(model.PriorOf)];
        if (priors.All(p => p is not null))
        {
            double mean = priors.Zip(weights, (p, w) => p!.Value * w).Sum() / weights.Sum();
            double[] above = [.. priors.Select(p => p!.Value - mean)];
            double sd = Math.Sqrt(above.Zip(weights, (a, w) => a * a * w).Sum() / weights.Sum());
            moves.Add(Prior, Move.Of(weights, above, [.. above.Select(a => sd > 0 ? a / sd : 0)]));
        }

        return moves;
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
