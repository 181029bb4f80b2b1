using Colocate.Model.Errors;
using Colocate.Model.Tables;
using Colocate.Predict.Baselines;
using Colocate.Predict.Evaluation;
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

    /// <summary>Pairs above which each outer fold keeps its fits to itself: in large sets folds share next to none of them.</summary>
    private const int MostPairsKept = 200;

    private readonly TrainingSet _set;
    private readonly StudySettings _settings;
    private readonly FitCache _fits;
    private readonly IPairTrainer[] _everyone;
    private readonly HashSet<IPairTrainer> _nested;

    /// <summary>Creates a study.</summary>
    /// <exception cref="RequestException">Wrong use: a level outside 0..1, a parallelism below 1, or no such trainer.</exception>
    public Study(TrainingSet set, StudySettings settings)
    {
        if (settings.Level is not (> 0 and < 1))
            throw new RequestException(ExitCode.WrongUse, "the level of an interval must lie between 0 and 1", "use for instance 0.9");
        if (settings.Parallelism < 1)
            throw new RequestException(ExitCode.WrongUse, "at least one fit must be made at a time", "use 1 or more");
        (_set, _settings, _fits) = (set, settings, new FitCache(settings));
        IPairTrainer[] baselines = [.. BaselineCatalogue.For(set)];
        _nested = [.. TrainerCatalogue.Nested(set), .. settings.Trainers.Select(Find), .. baselines];
        _everyone = [.. TrainerCatalogue.All, .. baselines];
    }

    /// <summary>
    /// Predicts every measured pair from folds that hold it out, with every trainer and baseline and with <see cref="TrainerCatalogue.Auto"/>,
    /// which chooses a trainer inside each training part. Intervals come from inner folds of the same part, so no residual of a pair that
    /// shares a held-out workload enters them; trainers that are too slow for these (<see cref="TrainerCatalogue.Nested"/>) and were not named have none. Folds that leave no pair to train on are passed over, as are baselines that the set does not allow.
    /// </summary>
    /// <param name="protocols">Entries of <see cref="ProtocolCatalogue"/>.</param>
    /// <param name="progress">Told of every fit, or in a large set of every fold; null for none.</param>
    /// <param name="cancellation">Stops between these.</param>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public EvaluationResult Evaluate(IEnumerable<Protocol> protocols, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default) =>
        Evaluate(protocols, null, progress, cancellation);

    /// <summary>The same where some folds were predicted before.</summary>
    /// <param name="protocols">Entries of <see cref="ProtocolCatalogue"/>.</param>
    /// <param name="known">Predictions that <see cref="PredictFold"/> made of a fold before, elsewhere; null for a fold without. Never changes a result.</param>
    /// <param name="progress">Told of every fit, or in a large set of every fold; null for none.</param>
    /// <param name="cancellation">Stops between these.</param>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public EvaluationResult Evaluate(
        IEnumerable<Protocol> protocols, Func<Protocol, int, IReadOnlyList<EvaluationPairRow>?>? known, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var rows = new List<EvaluationRow>();
        var pairs = new List<EvaluationPairRow>();
        var repeats = new RepeatSpread(_set, _settings.Seed);
        foreach (Protocol protocol in protocols)
        {
            ILookup<string, EvaluationPairRow> predictions = Predict(protocol, known, progress, cancellation).ToLookup(p => p.Model);
            if (predictions.Count == 0)
                continue;
            var decisions = new Decisions(predictions.First(), _settings.Seed);
            double? meanMae = null;
            if (predictions.Contains(BaselineCatalogue.MeanName))
                meanMae = ErrorSummary.Of([.. predictions[BaselineCatalogue.MeanName]], BaselineKind, _settings.Level, null).Mae;
            var bootstrap = new WorkloadBootstrap(predictions.First(), _settings.Seed);
            EvaluationPairRow[] auto = [.. predictions[TrainerCatalogue.Auto]];
            string[] models = [.. _everyone.Select(t => t.Name).Prepend(TrainerCatalogue.Auto).Where(predictions.Contains)];
            var summaries = new EvaluationRow[models.Length];
            Parallel.For(0, models.Length, Several(cancellation), m =>
            {
                EvaluationPairRow[] own = models[m] == TrainerCatalogue.Auto ? auto : [.. predictions[models[m]]];
                EvaluationRow errors = ErrorSummary.Of(own, BaselineCatalogue.All.Any(b => b.Name == models[m]) ? BaselineKind : Trainer, _settings.Level, meanMae);
                summaries[m] = repeats.AddTo(bootstrap.AddTo(decisions.AddTo(errors, own), own, auto));
            });
            rows.AddRange(summaries);
            pairs.AddRange(models.SelectMany(m => predictions[m]));
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
        _fits.Prepare(Wanted(protocol, one), protocol.Name, null, cancellation);
        return Predict(protocol, one, _fits);
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
        IReadOnlyList<IPairTrainer> candidates = trainer == TrainerCatalogue.Auto ? TrainerCatalogue.Considered(_set) : [Find(trainer)];
        IPairTrainer[] fitted = [.. candidates.SelectMany(t => t is BlendTrainer blend ? blend.Among(_set) : (IEnumerable<IPairTrainer>)[t]).Distinct()];
        _fits.Prepare(FoldFits.Parts(_set, null).SelectMany(part => fitted.Select(t => (t, part))), "train", progress, cancellation);
        FoldFits fits = FoldFits.Of(_set, candidates, null, _ => true, _fits.Get);
        return PredictionModel.Create(_set, (IModelTrainer)fits.Chosen, fits[fits.Chosen], _settings.Seed, errors);
    }

    private static IPairTrainer Find(string trainer) => TrainerCatalogue.Find(trainer) ?? throw new RequestException(
        ExitCode.WrongUse,
        $"there is no trainer '{trainer}'",
        $"use one of: {string.Join(", ", TrainerCatalogue.All.Select(t => t.Name).Prepend(TrainerCatalogue.Auto))}");

    private ParallelOptions Several(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = _settings.Parallelism, CancellationToken = cancellation };

    private EvaluationPairRow[] Predict(
        Protocol protocol, Func<Protocol, int, IReadOnlyList<EvaluationPairRow>?>? known, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<Fold> folds = Folds(protocol);
        IReadOnlyList<EvaluationPairRow>?[] predicted = [.. folds.Select((_, i) => known?.Invoke(protocol, i))];
        int[] open = [.. Enumerable.Range(0, folds.Count).Where(i => predicted[i] is null)];
        bool large = _set.Pairs.Count > MostPairsKept;
        if (!large)
            _fits.Prepare(open.SelectMany(i => Wanted(protocol, folds[i])), protocol.Name, progress, cancellation);
        int done = 0;
        Parallel.ForEach(open, Several(cancellation), i =>
        {
            FitCache fits = large ? new FitCache(_settings with { Parallelism = 1 }) : _fits;
            if (large)
                fits.Prepare(Wanted(protocol, folds[i]), "", null, cancellation);
            predicted[i] = Predict(protocol, folds[i], fits);
            if (large)
                progress?.Report(new StudyProgress(protocol.Name, Interlocked.Increment(ref done), open.Length));
        });
        return [.. predicted.SelectMany(rows => rows!)];
    }

    private EvaluationPairRow[] Predict(Protocol protocol, Fold fold, FitCache fits) =>
        [.. FoldPredictions.Of(protocol, _set, fold, FoldFits.Of(fold.Training, _everyone, protocol, _nested.Contains, fits.Get), _settings.Level)];

    private IEnumerable<(IPairTrainer Trainer, TrainingSet Part)> Wanted(Protocol protocol, Fold fold) =>
        from part in FoldFits.Parts(fold.Training, protocol)
        from trainer in _everyone
        where trainer is not BlendTrainer && (part == fold.Training || _nested.Contains(trainer))
        select (trainer, part);
}
