using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Trainers;

/// <summary>
/// Weighted mean of other trainers' models, with the weights that predicted best what inner folds held out. What a fold model of the mean is made of comes from the other folds
/// alone, so that its errors are honest too and its intervals need no further nesting.
/// </summary>
/// <param name="name">Name of the trainer.</param>
/// <param name="basis">What it does.</param>
/// <param name="among">The trainers that a part has the choice of.</param>
internal sealed class BlendTrainer(string name, string basis, Func<TrainingSet, IReadOnlyList<IModelTrainer>> among) : IModelTrainer
{
    public const string Entry = "blend.json";

    public string Name => name;

    public string Basis => basis;

    public int FewestPairs => 0;

    public int MostPairs => int.MaxValue;

    /// <summary>The trainers that are blended on a part.</summary>
    public IReadOnlyList<IModelTrainer> Among(TrainingSet part) => among(part);

    public IPairModel Fit(TrainingSet part, int seed) => Of(CrossFit.FoldsOf(part), [.. among(part).Select(t => (t, CrossFit.Of(part, p => t.Fit(p, seed))))]).Whole;

    /// <summary>Blends what the members made of a part.</summary>
    /// <param name="folds">The inner folds of the part.</param>
    /// <param name="members">The members on these.</param>
    /// <param name="whole">Model of the whole part where other inner folds chose its weights; null to choose them by these.</param>
    public static CrossFit Of(IReadOnlyList<Fold> folds, IReadOnlyList<(IModelTrainer Trainer, CrossFit Fit)> members, IPairModel? whole = null)
    {
        var selection = new EnsembleSelection(folds, [.. members.Select(m => m.Fit)]);
        double[][] weights = [.. Enumerable.Range(0, folds.Count).Select(k => selection.Weights(without: k))];
        double[][] heldOut =
        [
            .. weights.Select((w, k) => Enumerable.Range(0, folds[k].Test.Count).Select(i => w.Select((weight, m) => weight * members[m].Fit.HeldOut[k][i]).Sum()).ToArray()),
        ];
        return CrossFit.Of(
            folds,
            whole ?? Blend(selection.Weights(without: -1), m => m.Whole),
            [.. weights.Select((w, k) => Blend(w, m => m.Folds[k]))],
            heldOut);

        BlendModel Blend(double[] w, Func<CrossFit, IPairModel> model) =>
            new([.. members.Select((m, i) => new BlendMember(m.Trainer, (ITrainedModel)model(m.Fit), w[i])).Where(m => m.Weight > 0)]);
    }

    public ITrainedModel Restore(IReadOnlyDictionary<string, byte[]> entries) => new BlendModel(
    [
        .. SavedJson.Read<SavedMember[]>(entries[Entry]).Select(saved =>
        {
            if (TrainerCatalogue.Find(saved.Trainer) is not IModelTrainer trainer)
                throw new FormatException($"its trainer '{saved.Trainer}' is not known");
            string folder = BlendModel.Folder(saved.Trainer);
            return new BlendMember(
                trainer,
                trainer.Restore(entries.Where(e => e.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(e => e.Key[folder.Length..], e => e.Value, StringComparer.Ordinal)),
                saved.Weight);
        }),
    ]);
}
