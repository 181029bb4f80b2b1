using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict;

/// <summary>What trainers and baselines made of one training part, and which of them auto takes.</summary>
internal sealed class FoldFits
{
    private readonly Dictionary<IPairTrainer, CrossFit> _fits;

    private FoldFits(IReadOnlyList<IPairTrainer> order, Dictionary<IPairTrainer, CrossFit> fits, IPairTrainer chosen) => (Order, _fits, Chosen) = (order, fits, chosen);

    /// <summary>The trainers and baselines, as asked for.</summary>
    public IReadOnlyList<IPairTrainer> Order { get; }

    /// <summary>
    /// The trainer with the least inner error of those that auto considers, the simplest of equals. Each inner error is a mean over pairs of held-out workloads, so the choice
    /// asks the question that the model is asked later. What the choice itself costs shows in the error of auto, whose folds never see it made.
    /// Of those asked for when auto considers none of them.
    /// </summary>
    public IPairTrainer Chosen { get; }

    public CrossFit this[IPairTrainer trainer] => _fits[trainer];

    /// <summary>Collects fits; a blend is made of its members'.</summary>
    /// <param name="part">The part.</param>
    /// <param name="trainers">Trainers and baselines.</param>
    /// <param name="fit">The model that a trainer makes of the part or of one that leaves an inner fold out.</param>
    public static FoldFits Of(TrainingSet part, IReadOnlyList<IPairTrainer> trainers, Func<IPairTrainer, TrainingSet, IPairModel> fit)
    {
        var fits = new Dictionary<IPairTrainer, CrossFit>();
        foreach (IPairTrainer trainer in trainers)
            fits[trainer] = trainer is BlendTrainer blend ? BlendTrainer.Of(part, [.. blend.Among(part).Select(m => (m, Plain(m)))]) : Plain(trainer);
        IPairTrainer[] considered = [.. TrainerCatalogue.Considered(part).Where(trainers.Contains)];
        return new FoldFits(trainers, fits, (considered is [] ? trainers : considered).MinBy(t => fits[t].InnerError)!);

        CrossFit Plain(IPairTrainer trainer)
        {
            if (!fits.TryGetValue(trainer, out CrossFit? known))
                fits[trainer] = known = CrossFit.Of(part, p => fit(trainer, p));
            return known;
        }
    }
}
