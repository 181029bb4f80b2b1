using System.Globalization;
using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Models;

/// <summary>
/// A trained model with its training data, the fold models that its intervals need, and its card. Made by <see cref="Study.Train"/>
/// or <see cref="Load"/>. Immutable and safe to use from several threads.
/// </summary>
public sealed class PredictionModel
{
    private readonly IModelTrainer _trainer;
    private readonly CrossFit _fit;
    private readonly HalfDifference _halves;
    private readonly HalfBounds _bounds;
    private readonly ReplyTimes? _replies;
    private readonly Dictionary<WorkloadPair, MeasuredPair> _measured;

    internal PredictionModel(
        TrainingSet training,
        IModelTrainer trainer,
        CrossFit fit,
        HalfDifference halves,
        HalfBounds bounds,
        ReplyTimes? replies,
        int seed,
        IReadOnlyList<EvaluationRow> errors)
    {
        (Training, _trainer, _fit, _halves, _bounds, _replies) = (training, trainer, fit, halves, bounds, replies);
        _measured = training.Pairs.ToDictionary(p => p.Pair);
        Card = ModelFile.Card(training, trainer, fit, seed, errors) with { Replies = CardReplies.Of(replies?.Saved) };
    }

    /// <summary>What to know before believing the model.</summary>
    public ModelCard Card { get; }

    /// <summary>Measured pairs, solo profiles and simulated pairs the model was trained on.</summary>
    public TrainingSet Training { get; }

    /// <summary>How far each feature moves the predictions of the measured pairs, the furthest moving first.</summary>
    public IReadOnlyList<FeatureContributionRow> Contributions() => FeatureContributions.Of(Training, _trainer, _fit);

    /// <summary>Writes <c>model.zip</c>; the same training data and seed give the same bytes.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Card, Training, _fit, _halves, _bounds, _replies);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">The file, read from its start.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <exception cref="RequestException">Wrong use: not a model, damaged, or written by a newer version.</exception>
    public static PredictionModel Load(Stream stream, string name) => ModelFile.Read(stream, name);

    /// <summary>
    /// Refuses profiles that the model must not be asked about: a column holds names where it learned numbers or the reverse, or a workload bears the name
    /// of one of the training but a figure that the model uses is less than half, or more than twice, what it was there. Unknown columns are passed over, and missing ones taken
    /// as the mean of training.
    /// </summary>
    /// <param name="profiles">Profiles from elsewhere.</param>
    /// <param name="source">What errors call where they come from, usually a path.</param>
    /// <exception cref="RequestException">Wrong use: the model does not fit, with the reason.</exception>
    public void CheckFits(IReadOnlyList<SoloProfile> profiles, string source) => ModelFit.Check(this, profiles, source);

    /// <summary>Prediction for two workloads of the training, or <c>idle</c>.</summary>
    /// <param name="a">First workload.</param>
    /// <param name="b">Second workload.</param>
    /// <param name="level">Level of the interval, between 0 and 1.</param>
    /// <exception cref="RequestException">Nothing matched: a workload the model never saw. Wrong use: a level outside 0..1.</exception>
    public PairPrediction Predict(string a, string b, double level = 0.9) => Predict(Known(a), Known(b), level);

    /// <summary>
    /// Prediction for two profiles, of which the model may have seen neither. Where they are those of <see cref="Training"/> its simulated score
    /// of them is used; others, whatever their names, have none.
    /// </summary>
    /// <param name="a">First workload.</param>
    /// <param name="b">Second workload.</param>
    /// <param name="level">Level of the interval, between 0 and 1.</param>
    /// <exception cref="RequestException">Wrong use: a level outside 0..1, or a profile in which nothing that the model uses is known.</exception>
    public PairPrediction Predict(SoloProfile a, SoloProfile b, double level = 0.9) =>
        Predict(IsOwn(a) && IsOwn(b) ? Training.Simulated.Of(a, b) : new PairProfile(a, b), level);

    /// <summary>
    /// Prediction for all that is known of a pair. A guest that is <c>idle</c> takes nothing: the other scores exactly 1, by definition of the
    /// base case. A model that uses simulated scores makes do without one (<see cref="SoloSpace"/>), and says so. Swapping the two swaps the result
    /// exactly.
    /// </summary>
    /// <param name="pair">The pair, with its simulated score if it was simulated.</param>
    /// <param name="level">Level of the interval, between 0 and 1.</param>
    /// <exception cref="RequestException">Wrong use: a level outside 0..1, or a profile in which nothing that the model uses is known.</exception>
    public PairPrediction Predict(PairProfile pair, double level = 0.9)
    {
        (SoloProfile a, SoloProfile b) = (pair.A, pair.B);
        if (level is not (> 0 and < 1))
            throw new RequestException(ExitCode.WrongUse, "the level of an interval must lie between 0 and 1", "use for instance 0.9");
        if (IsIdle(a) || IsIdle(b))
            return Alone(a, b, level);
        // Sums of floating-point numbers depend on their order: computing in canonical order makes the swap exact.
        bool swap = WorkloadPair.IsSwapped(a.Workload, b.Workload);
        PairProfile ordered = swap ? pair.Swap() : pair;
        double combined = _fit.Combined(ordered);
        Halves halves = _halves.Split(ordered, combined);
        ScoreInterval interval = _fit.Interval(ordered, level);
        HalfMargins margins = _bounds.At(level);
        bool notSimulated = Space.MissesSimulation(pair);
        (double AMs, double BMs)? replies = _replies?.Predict(ordered);
        string[] outside = [.. new[] { a, b }.Select(w => ModelFit.Outside(Training, Space, w)).OfType<string>().Distinct()];
        return new PairPrediction
        {
            WorkloadA = a.Workload,
            WorkloadB = b.Workload,
            Combined = combined,
            Low = interval.Low,
            High = interval.High,
            Level = interval.Level,
            IntervalNote = Note(interval, level, notSimulated),
            ScoreA = swap ? halves.B : halves.A,
            ScoreB = swap ? halves.A : halves.B,
            LowA = margins.Low(swap ? halves.B : halves.A),
            LowB = margins.Low(swap ? halves.A : halves.B),
            HighA = margins.High(swap ? halves.B : halves.A),
            HighB = margins.High(swap ? halves.A : halves.B),
            ReplyAMs = swap ? replies?.BMs : replies?.AMs,
            ReplyBMs = swap ? replies?.AMs : replies?.BMs,
            ReplyReason = replies is null ? "the model learned from pairs without measured reply times" : null,
            Extrapolates = notSimulated || outside.Length > 0,
            ExtrapolationNote = outside.Length > 0 ? string.Join("; ", outside) : null,
            Measured = Measured(a, b),
            Trainer = _trainer.Name,
        };
    }

    internal static PredictionModel Create(TrainingSet set, IModelTrainer trainer, CrossFit fit, int seed, IReadOnlyList<EvaluationRow> errors)
    {
        SoloSpace solo = ((ITrainedModel)fit.Whole).Solo;
        IReadOnlyList<Fold> folds = CrossFit.FoldsOf(set);
        return new PredictionModel(set, trainer, fit, HalfDifference.Fit(set, solo), HalfBounds.Fit(folds, fit, HalfBounds.Inner(set, folds)), ReplyTimes.Fit(set, solo), seed, errors);
    }

    private string? Note(ScoreInterval interval, double level, bool notSimulated)
    {
        string? few = _fit.Residuals.Count == 0 ? "no pair could be held out; this is the whole range of scores"
            : interval.Level < level
                ? string.Create(CultureInfo.InvariantCulture, $"too few measured pairs for level {level}: this interval spans all their errors")
                : null;
        const string Missing = "no simulated score of this pair: the interval is that of simulated pairs and may be too narrow";
        return !notSimulated ? few : few is null ? Missing : $"{few}; {Missing}";
    }

    private PairPrediction Alone(SoloProfile a, SoloProfile b, double level)
    {
        double scoreA = IsIdle(a) ? 0 : 1, scoreB = IsIdle(b) ? 0 : 1, combined = scoreA + scoreB;
        return new PairPrediction
        {
            WorkloadA = a.Workload,
            WorkloadB = b.Workload,
            Combined = combined,
            Low = combined,
            High = combined,
            Level = level,
            ScoreA = scoreA,
            ScoreB = scoreB,
            LowA = scoreA,
            LowB = scoreB,
            HighA = scoreA,
            HighB = scoreB,
            ReplyReason = "alone a workload takes as long as its base run says",
            Trainer = _trainer.Name,
        };
    }

    private SoloProfile Known(string workload) => workload == DomainSpec.IdleWorkload
        ? new SoloProfile(workload, [])
        : Training.Profile(workload) ?? throw new RequestException(
            ExitCode.NothingMatched,
            $"the model never saw the workload '{workload}'",
            $"give its solo figures, or use one of: {string.Join(", ", Training.Workloads)}");

    /// <summary>A measured score belongs to the workload that was trained on, not to another one that a caller gives the same name.</summary>
    private double? Measured(SoloProfile a, SoloProfile b) =>
        IsOwn(a) && IsOwn(b) && _measured.TryGetValue(WorkloadPair.Of(a.Workload, b.Workload), out MeasuredPair? pair) ? pair.Combined : null;

    private bool IsOwn(SoloProfile profile) => ReferenceEquals(Training.Profile(profile.Workload), profile);

    private SoloSpace Space => ((ITrainedModel)_fit.Whole).Solo;

    private static bool IsIdle(SoloProfile profile) => profile.Workload == DomainSpec.IdleWorkload;
}
