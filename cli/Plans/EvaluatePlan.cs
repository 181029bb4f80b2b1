using System.Globalization;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Plans;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;

namespace Colocate.Cli.Plans;

/// <summary>The evaluation of a lab's predictor as a plan: a unit is one fold of one protocol.</summary>
internal sealed class EvaluatePlan : IPlannedStage
{
    internal const string Stage = "evaluate";

    private readonly WorkPlan _plan;
    private readonly ProgressDisplay _progress;
    private readonly Chosen _chosen;
    private readonly Lazy<Task<(TrainingSet Set, string Key)>> _prepared;

    internal EvaluatePlan(WorkPlan plan, string lake, ProgressDisplay progress)
    {
        (_plan, _progress, _chosen) = (plan, progress, WorkPlan.FromElement<Chosen>(plan.Settings));
        _prepared = new(() => PrepareAsync(lake));
    }

    /// <summary>Cuts the evaluation of a lab whose pairs were scored and simulated.</summary>
    internal static async Task<WorkPlan> MakeAsync(string folder, string model, StudySettings settings, int chunks)
    {
        using Lake lake = Lake.Open(folder);
        string key = KeyOf(lake, settings);
        var study = new Study(await LakeTraining.ReadAsync(lake).ConfigureAwait(false), settings);
        bool isDone = LabSteps.KeyOf(lake, LabSteps.PredictStage) == key;
        WorkUnit[] units =
        [
            .. from protocol in ProtocolCatalogue.All
               from fold in study.Folds(protocol).Index()
               select new WorkUnit(
                   string.Create(CultureInfo.InvariantCulture, $"{protocol.Name}/{fold.Index:D4}"), null, Effort(fold.Item), EvaluationParts.Key(key, protocol.Name, fold.Index),
                   WorkPlan.ToElement(new FoldReference(protocol.Name, fold.Index))),
        ];
        var chosen = new Chosen(Path.GetFullPath(model), settings.Seed, settings.Level);
        return WorkPlan.Create(Stage, chosen, units, u => !isDone && lake.ReadPart<EvaluationPairRow[]>(Stage, u.Fingerprint!) is null, chunks);
    }

    /// <inheritdoc/>
    public async Task<string> WorkAsync(WorkUnit unit, LakeWorker lake, CancellationToken cancellation)
    {
        if (lake.HoldsPart<EvaluationPairRow[]>(Stage, unit.Fingerprint!))
            return "already_done";
        (TrainingSet set, string key) = await _prepared.Value.ConfigureAwait(false);
        FoldReference fold = WorkPlan.FromElement<FoldReference>(unit.Input);
        var study = new Study(set, Settings);
        Protocol? protocol = ProtocolCatalogue.All.FirstOrDefault(p => p.Name == fold.Protocol);
        if (protocol is null || fold.Fold < 0 || fold.Fold >= study.Folds(protocol).Count || EvaluationParts.Key(key, fold.Protocol, fold.Fold) != unit.Fingerprint)
            return "changed";
        lake.WritePart(Stage, unit.Fingerprint, study.PredictFold(protocol, fold.Fold, cancellation).ToArray());
        return "ok";
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> States(Lake lake)
    {
        bool isDone = LabSteps.KeyOf(lake, LabSteps.PredictStage) == KeyOf(lake, Settings);
        return [.. _plan.Units.Select(u => isDone || lake.ReadPart<EvaluationPairRow[]>(Stage, u.Fingerprint!) is not null ? "ok" : "missing")];
    }

    /// <inheritdoc/>
    public async Task CommitAsync(Lake lake, bool isComplete, CancellationToken cancellation)
    {
        if (!isComplete)
            return;
        BaseRule rule = (await lake.ReadAsync<BaseCaseRow>().ConfigureAwait(false)).Any(b => b.Rule == "max") ? BaseRule.Max : BaseRule.Mean;
        await new LabSteps(lake, _progress).PredictAsync(LabSteps.KeyOf(lake, LabSteps.ScoresStage)!, LabSteps.KeyOf(lake, LabSteps.SimulateStage)!, rule, _chosen.Model, Settings, cancellation).ConfigureAwait(false);
    }

    private StudySettings Settings => new() { Seed = _chosen.Seed, Level = _chosen.Level };

    private async Task<(TrainingSet, string)> PrepareAsync(string folder)
    {
        using Lake lake = Lake.OpenByManifests(folder);
        return (await LakeTraining.ReadAsync(lake).ConfigureAwait(false), KeyOf(lake, Settings));
    }

    /// <summary>Fits of a fold grow with the square of its pairs: every inner fold fits nearly all of them.</summary>
    private static long Effort(Fold fold) => (long)fold.Training.Pairs.Count * fold.Training.Pairs.Count;

    private static string KeyOf(Lake lake, StudySettings settings) =>
        LabSteps.KeyOf(lake, LabSteps.ScoresStage) is { } scores && LabSteps.KeyOf(lake, LabSteps.SimulateStage) is { } simulations
            ? LabSteps.PredictKey(scores, simulations, settings)
            : throw new RequestException(ExitCode.WrongUse, $"The lake at '{lake.Folder}' has no scores or no simulations yet", "plan, work and commit --stage simulate first");

    /// <summary>Settings as a plan carries them.</summary>
    private sealed record Chosen(string Model, int Seed, double Level);

    /// <summary>Which fold.</summary>
    private sealed record FoldReference(string Protocol, int Fold);
}
