using Colocate.Model.Errors;
using Colocate.Model.Tables;
using Colocate.Predict.Baselines;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict;

/// <summary>
/// Evaluates and trains on one training set. Both share their fits, so evaluating first makes training cheap. Not safe for several callers at once.
/// </summary>
public sealed class Study
{
    private const string Trainer = "trainer", BaselineKind = "baseline";

    /// <summary>Pairs above which the fits of one outer fold are forgotten before the next: in large sets folds share next to none of them.</summary>
    private const int MostPairsKept = 200;

    private readonly TrainingSet _set;
    private readonly StudySettings _settings;
    private readonly FitCache _fits;

    /// <summary>Creates a study.</summary>
    /// <exception cref="RequestException">Wrong use: a level outside 0..1 or a parallelism below 1.</exception>
    public Study(TrainingSet set, StudySettings settings)
    {
        if (settings.Level is not (> 0 and < 1))
            throw new RequestException(ExitCode.WrongUse, "the level of an interval must lie between 0 and 1", "use for instance 0.9");
        if (settings.Parallelism < 1)
            throw new RequestException(ExitCode.WrongUse, "at least one fit must be made at a time", "use 1 or more");
        (_set, _settings, _fits) = (set, settings, new FitCache(settings));
    }

    /// <summary>
    /// Predicts every measured pair from folds that hold it out, with every trainer and baseline and with <see cref="TrainerCatalogue.Auto"/>,
    /// which chooses a trainer inside each training part. Intervals come from inner folds of the same part, so no residual of a pair that
    /// shares a held-out workload enters them. Folds that leave no pair to train on are passed over, as are baselines that the set does not allow.
    /// </summary>
    /// <param name="protocols">Entries of <see cref="ProtocolCatalogue"/>.</param>
    /// <param name="progress">Told of every fit; null for none.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public EvaluationResult Evaluate(IEnumerable<Protocol> protocols, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default) =>
        Evaluate(protocols, null, progress, cancellation);

    /// <summary>The same where some folds were predicted before.</summary>
    /// <param name="protocols">Entries of <see cref="ProtocolCatalogue"/>.</param>
    /// <param name="known">Predictions that <see cref="PredictFold"/> made of a fold before, elsewhere; null for a fold without. Never changes a result.</param>
    /// <param name="progress">Told of every fit; null for none.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public EvaluationResult Evaluate(
        IEnumerable<Protocol> protocols, Func<Protocol, int, IReadOnlyList<EvaluationPairRow>?>? known, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var rows = new List<EvaluationRow>();
        var pairs = new List<EvaluationPairRow>();
        foreach (Protocol protocol in protocols)
        {
            ILookup<string, EvaluationPairRow> predictions = Predict(protocol, known, progress, cancellation).ToLookup(p => p.Model);
            if (predictions.Count == 0)
                continue;
            var decisions = new Decisions(predictions.First(), _settings.Seed);
            double? meanMae = null;
            if (predictions.Contains(BaselineCatalogue.MeanName))
                meanMae = ErrorSummary.Of([.. predictions[BaselineCatalogue.MeanName]], BaselineKind, _settings.Level, null).Mae;
            foreach (string model in Everyone.Select(t => t.Name).Prepend(TrainerCatalogue.Auto).Where(predictions.Contains))
            {
                EvaluationPairRow[] own = [.. predictions[model]];
                EvaluationRow errors = ErrorSummary.Of(own, BaselineCatalogue.All.Any(b => b.Name == model) ? BaselineKind : Trainer, _settings.Level, meanMae);
                rows.Add(decisions.AddTo(errors, own));
                pairs.AddRange(own);
            }
        }

        return new EvaluationResult(rows, pairs);
    }

    /// <summary>Folds of a protocol that leave something to train on.</summary>
    public IReadOnlyList<Fold> Folds(Protocol protocol) => [.. protocol.Divide(_set).Where(f => f.Training.Pairs.Count > 0)];

    /// <summary>Predicts the held-out pairs of one fold alone, with every trainer and baseline: the same rows as in an evaluation of all.</summary>
    /// <param name="protocol">Protocol.</param>
    /// <param name="fold">Number of the fold in <see cref="Folds"/>.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public IReadOnlyList<EvaluationPairRow> PredictFold(Protocol protocol, int fold, CancellationToken cancellation)
    {
        Fold one = Folds(protocol)[fold];
        Prepare([one], protocol.Name, null, cancellation);
        return [.. Predict(protocol, one)];
    }

    /// <summary>Fits a trainer on the whole set.</summary>
    /// <param name="trainer">Name in <see cref="TrainerCatalogue"/>, or <see cref="TrainerCatalogue.Auto"/>.</param>
    /// <param name="errors">Rows of <see cref="Evaluate(IEnumerable{Protocol}, IProgress{StudyProgress}?, CancellationToken)"/> for the model's card; empty when not evaluated.</param>
    /// <param name="progress">Told of every fit; null for none.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="RequestException">Wrong use: no such trainer.</exception>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public PredictionModel Train(
        string trainer, IReadOnlyList<EvaluationRow> errors, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<IPairTrainer> candidates = trainer == TrainerCatalogue.Auto ? Candidates(_set) : [Find(trainer)];
        _fits.Prepare(CrossFit.Parts(_set).SelectMany(part => candidates.Select(t => (t, part))), "train", progress, cancellation);
        (IPairTrainer chosen, CrossFit fit) = Best(candidates.Select(t => (t, CrossFitOf(t, _set))));
        return PredictionModel.Create(_set, (IModelTrainer)chosen, fit, _settings.Seed, errors);
    }

    private IEnumerable<IPairTrainer> Everyone => TrainerCatalogue.All.Concat(BaselineCatalogue.For(_set));

    /// <summary>
    /// What auto chooses among. Where a simulator tells the pairs of a small part better than their mean does, trainers that build on it alone: on fewer
    /// pairs than features an inner error says more of luck than of a trainer. A simulator that does not is no reason to leave any out.
    /// </summary>
    private static IReadOnlyList<IPairTrainer> Candidates(TrainingSet part) => part.SimulatorTells
        ? [.. TrainerCatalogue.All.OfType<IModelTrainer>().Where(t => t.FewestPairs <= part.Pairs.Count)]
        : TrainerCatalogue.All;

    private static IPairTrainer Find(string trainer) => TrainerCatalogue.Find(trainer) ?? throw new RequestException(
        ExitCode.WrongUse,
        $"there is no trainer '{trainer}'",
        $"use one of: {string.Join(", ", TrainerCatalogue.All.Select(t => t.Name).Prepend(TrainerCatalogue.Auto))}");

    private List<EvaluationPairRow> Predict(
        Protocol protocol, Func<Protocol, int, IReadOnlyList<EvaluationPairRow>?>? known, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<Fold> folds = Folds(protocol);
        IReadOnlyList<EvaluationPairRow>?[] done = [.. folds.Select((_, i) => known?.Invoke(protocol, i))];
        bool large = _set.Pairs.Count > MostPairsKept;
        if (!large)
            Prepare([.. folds.Where((_, i) => done[i] is null)], protocol.Name, progress, cancellation);
        var predictions = new List<EvaluationPairRow>();
        for (int i = 0; i < folds.Count; i++)
        {
            if (done[i] is { } rows)
            {
                predictions.AddRange(rows);
                continue;
            }

            if (large)
                Prepare([folds[i]], $"{protocol.Name}, fold {i + 1} of {folds.Count}", progress, cancellation);
            predictions.AddRange(Predict(protocol, folds[i]));
            if (large)
                _fits.Clear();
        }

        return predictions;
    }

    private void Prepare(Fold[] some, string stage, IProgress<StudyProgress>? progress, CancellationToken cancellation) =>
        _fits.Prepare(from fold in some from part in CrossFit.Parts(fold.Training) from trainer in Everyone select (trainer, part), stage, progress, cancellation);

    private IEnumerable<EvaluationPairRow> Predict(Protocol protocol, Fold fold)
    {
        (IPairTrainer Trainer, CrossFit Fit)[] fits = [.. Everyone.Select(t => (t, CrossFitOf(t, fold.Training)))];
        (IPairTrainer chosen, CrossFit best) = Best(fits.Where(f => Candidates(fold.Training).Contains(f.Trainer)));
        // No model knows which half is the weaker: the difference learned in the fold divides the score of each.
        HalfDifference difference = HalfDifference.Fit(fold.Training, SoloSpace.Fit(fold.Training));
        IReadOnlyList<double[]> inner = HalfBounds.Inner(fold.Training);
        Dictionary<CrossFit, HalfMargins> margins = fits.ToDictionary(f => f.Fit, f => HalfBounds.Fit(fold.Training, f.Fit, inner).At(_settings.Level));
        foreach (MeasuredPair pair in fold.Test)
        {
            yield return Row(TrainerCatalogue.Auto, best, pair) with { Chosen = chosen.Name };
            foreach ((IPairTrainer trainer, CrossFit fit) in fits)
                yield return Row(trainer.Name, fit, pair);
        }

        EvaluationPairRow Row(string model, CrossFit fit, MeasuredPair pair)
        {
            PairProfile known = _set.Known(pair.Pair);
            ScoreInterval interval = fit.Interval(known, _settings.Level);
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
                Low = interval.Low,
                High = interval.High,
                Weight = pair.Weight,
                MeasuredA = pair.ScoreA,
                MeasuredB = pair.ScoreB,
                PredictedA = halves.A,
                PredictedB = halves.B,
                LowA = margins[fit].Low(halves.A),
                LowB = margins[fit].Low(halves.B),
            };
        }
    }

    private CrossFit CrossFitOf(IPairTrainer trainer, TrainingSet part) => CrossFit.Of(part, p => _fits.Get(trainer, p));

    /// <summary>
    /// The trainer with the least inner error, the simplest of equals. Each inner error is a mean over pairs of held-out workloads, so the choice asks the
    /// question that the model is asked later. What the choice itself costs shows in the error of auto, whose folds never see it made.
    /// </summary>
    private static (IPairTrainer Trainer, CrossFit Fit) Best(IEnumerable<(IPairTrainer Trainer, CrossFit Fit)> fits) => fits.MinBy(f => f.Fit.InnerError);
}
