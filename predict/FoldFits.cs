using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict;

/// <summary>What trainers and baselines made of one training part, and which of them auto takes.</summary>
internal sealed class FoldFits
{
    private readonly IReadOnlyDictionary<IPairTrainer, CrossFit> _fits;

    private FoldFits(IReadOnlyList<IPairTrainer> order, IReadOnlyDictionary<IPairTrainer, CrossFit> fits, IReadOnlyList<Fold> folds, IPairTrainer chosen) =>
        (Order, _fits, Folds, Chosen) = (order, fits, folds, chosen);

    /// <summary>The trainers and baselines, as asked for.</summary>
    public IReadOnlyList<IPairTrainer> Order { get; }

    /// <summary>The inner folds that set the intervals.</summary>
    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>
    /// The trainer with the least error of those that auto considers, the simplest of equals, on inner folds that hold workloads out whatever sets the intervals: that is how a model is
    /// trained. What the choice itself costs shows in the error of auto, whose folds never see it made. Of those asked for when auto considers none of them.
    /// </summary>
    public IPairTrainer Chosen { get; }

    public CrossFit this[IPairTrainer trainer] => _fits[trainer];

    /// <summary>The parts whose models a collection asks for, the whole part first.</summary>
    public static IEnumerable<TrainingSet> Parts(TrainingSet part, Protocol? protocol) =>
        CrossFit.FoldsOf(part).Concat(protocol?.Calibrate(part) ?? []).Select(f => f.Training).Prepend(part);

    /// <summary>Collects fits; a blend is made of its members'.</summary>
    /// <param name="part">The part.</param>
    /// <param name="trainers">Trainers and baselines.</param>
    /// <param name="protocol">Says which inner folds set the intervals; null for those that hold workloads out.</param>
    /// <param name="isNested">False for trainers that are too slow for inner folds: their errors are honest too, but they have no intervals and auto cannot choose them.</param>
    /// <param name="fit">The model that a trainer makes of the part or of one that leaves an inner fold out.</param>
    public static FoldFits Of(
        TrainingSet part, IReadOnlyList<IPairTrainer> trainers, Protocol? protocol, Func<IPairTrainer, bool> isNested, Func<IPairTrainer, TrainingSet, IPairModel> fit)
    {
        IReadOnlyList<Fold> folds = CrossFit.FoldsOf(part), calibrating = protocol?.Calibrate(part) ?? folds;
        Dictionary<IPairTrainer, CrossFit> fits = All(folds, null);
        IPairTrainer[] considered = [.. TrainerCatalogue.Considered(part).Where(t => trainers.Contains(t) && isNested(t))];
        IPairTrainer chosen = (considered is [] ? trainers : considered).MinBy(t => fits[t].InnerError)!;
        return new FoldFits(trainers, Same(folds, calibrating) ? fits : All(calibrating, fits), calibrating, chosen);

        Dictionary<IPairTrainer, CrossFit> All(IReadOnlyList<Fold> inner, Dictionary<IPairTrainer, CrossFit>? wholes)
        {
            var all = new Dictionary<IPairTrainer, CrossFit>();
            foreach (IPairTrainer trainer in trainers)
                all[trainer] = trainer is BlendTrainer blend ? BlendTrainer.Of(inner, [.. blend.Among(part).Where(m => isNested(m)).Select(m => (m, Plain(m)))], wholes?[blend].Whole) : Plain(trainer);
            return all;

            CrossFit Plain(IPairTrainer trainer)
            {
                if (!all.TryGetValue(trainer, out CrossFit? known))
                    all[trainer] = known = !isNested(trainer) ? CrossFit.Only(fit(trainer, part)) : CrossFit.Of(part, inner, p => p == part && wholes is not null ? wholes[trainer].Whole : fit(trainer, p));
                return known;
            }
        }
    }

    private static bool Same(IReadOnlyList<Fold> x, IReadOnlyList<Fold> y) =>
        x.Count == y.Count && x.Zip(y).All(f => f.First.Training.Key == f.Second.Training.Key && f.First.Test.Count == f.Second.Test.Count);
}
