using Colocate.Cli.Plans;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Diagnostics;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>
/// The steps from a lab folder to predictions, each committed under a fingerprint of what determines it, so that a step whose inputs did
/// not change is not done again.
/// </summary>
internal sealed partial class LabSteps(Lake lake, ProgressDisplay progress)
{
    internal const string ScoresStage = "scores", CalibrateStage = "calibrate", SimulateStage = "simulate", PredictStage = "predict";

    private const string ClaimsStage = "claims", PaperClaimsStage = "paper_claims", ReportStage = "report";

    // Raised when the same tables yield other results.
    private const string ScoresMeaning = "2", CalibrateMeaning = "2", SimulateMeaning = "3", PredictMeaning = "7", ClaimsMeaning = "1", PaperMeaning = "3", ReportMeaning = "10";

    private const string WholeLake = "";

    /// <summary>True once an ingest left out what may be an input.</summary>
    private bool _leavesInputsOut;

    /// <summary>Steps that settings determine besides their inputs, in their order.</summary>
    internal static IReadOnlyList<string> StagesWithSettings { get; } = [ScoresStage, CalibrateStage, SimulateStage, PredictStage];

    /// <summary>How many steps had something to do.</summary>
    internal int StepsDone { get; private set; }

    internal Task<IngestSummary> IngestAsync(IReadOnlyList<string> paths, IngestSettings settings, Assumptions assumptions, bool prune, int jobs, CancellationToken cancellation) =>
        IngestAsync(LabIngest.Look(paths, settings, assumptions), settings, assumptions, prune, jobs, cancellation);

    internal async Task<IngestSummary> IngestAsync(LabContents contents, IngestSettings settings, Assumptions assumptions, bool prune, int jobs, CancellationToken cancellation)
    {
        foreach (string unused in assumptions.Unused(contents.Units))
            progress.Warn(unused);
        var report = new IngestReport(progress);
        IngestSummary summary = await new LabIngest(lake, settings, assumptions).RunAsync(contents.Units, prune, jobs, report, cancellation).ConfigureAwait(false);
        if (summary.Done > 0)
            StepsDone++;
        progress.Talk(summary.Done == 0
            ? $"ingest: all {Runs(summary.Runs)} are in the lake already"
            : $"ingest: {Runs(summary.Done)} done, {summary.AlreadyDone} already done, {summary.Lossy} lossy, {summary.SetAside} set aside");
        if (summary.NotFound.Count > 0)
        {
            string names = string.Join(", ", summary.NotFound.Take(5)) + (summary.NotFound.Count > 5 ? ", ..." : "");
            if (summary.Pruned)
                progress.Talk($"ingest: removed {Runs(summary.NotFound.Count)} that the lab does not have any more: {names}");
            else
                progress.Warn($"ingest: {Runs(summary.NotFound.Count)} of the lake {(summary.NotFound.Count == 1 ? "was" : "were")} not found this time and still {(summary.NotFound.Count == 1 ? "counts" : "count")}: {names}; remove with --prune");
        }

        LeftOutReport.Tell(progress, contents.LeftOut);
        _leavesInputsOut = contents.LeftOut.Any(f => f.IsInput);
        return summary;
    }

    private static string Runs(int count) => count == 1 ? "1 run" : FormattableString.Invariant($"{count} runs");

    /// <summary>The exit code after an ingest; says on stderr which inputs it is about when it is not success, and which runs cannot be scored.</summary>
    internal async Task<ExitCode> OutcomeAsync(IngestSummary summary)
    {
        bool troubled = summary.Lossy + summary.SetAside > 0;
        ExitCode untroubled = _leavesInputsOut ? ExitCode.DoneWithLoss : ExitCode.Done;
        if (summary.Done == 0 && !troubled)
            return untroubled;
        IReadOnlyList<DiagnosticRow> diagnostics = await lake.ReadAsync<DiagnosticRow>().ConfigureAwait(false);
        foreach (DiagnosticRow d in diagnostics.Where(d => d.Code == DiagnosticCatalogue.ManifestNoClient.Code))
            progress.Warn($"no score: {d.Run}\n  {Describe(d)}");
        foreach (DiagnosticRow d in diagnostics.Where(d => d.Code == DiagnosticCatalogue.DomainUnseen.Code))
            progress.Warn($"not seen: {d.Run}\n  {Describe(d)}");
        await TellCrossChecksAsync(diagnostics).ConfigureAwait(false);
        if (!troubled)
            return untroubled;
        ILookup<(string, string?), DiagnosticRow> byFile = diagnostics.ToLookup(d => (d.Run, d.File));
        foreach (InputFileRow file in (await lake.ReadAsync<InputFileRow>().ConfigureAwait(false)).Where(f => f.Status != "ok").OrderBy(f => f.File, StringComparer.Ordinal))
        {
            progress.Warn($"{file.Status.Replace('_', ' ')}: {file.File}");
            foreach (DiagnosticRow d in byFile[(file.Run, file.File)].Where(d => d.Severity is "error" or "data_loss"))
                progress.Warn($"  {Describe(d)}");
        }

        return ExitCode.DoneWithLoss;
    }

    /// <summary>How many figures two sources tell alike, and where they do not.</summary>
    private async Task TellCrossChecksAsync(IReadOnlyList<DiagnosticRow> diagnostics)
    {
        ILookup<string, CrossCheckRow> checks = (await lake.ReadAsync<CrossCheckRow>().ConfigureAwait(false)).ToLookup(c => c.Verdict);
        if (checks.Count > 0)
            progress.Talk($"cross-checks: {checks["agree"].Count()} agree, {checks["disagree"].Count()} disagree, {checks["not_compared"].Count()} with one source only");
        foreach (DiagnosticRow d in diagnostics.Where(d => d.Code == DiagnosticCatalogue.CpuDisagrees.Code || d.Code == DiagnosticCatalogue.ThroughputDisagrees.Code))
            progress.Warn($"disagreement: {d.Run}\n  {Describe(d)}");
    }

    private static string Describe(DiagnosticRow d) =>
        $"{d.Code}{(d.FirstOffset is { } at ? $" at {at}" : "")}: {d.Sentence}{(d.Detail is null ? "" : $" ({d.Detail})")} {d.Remedy}";

    internal async Task<string> ScoreAsync(BaseRule rule)
    {
        StageSettings settings = StageSettings.Of(("base_rule", rule));
        string fingerprint = Key(ScoresStage, ScoresMeaning, IngestKey(), settings);
        if (IsDone(ScoresStage, fingerprint))
            return fingerprint;
        ScoreTables scores = await LakeScores.ComputeAsync(lake, rule).ConfigureAwait(false);
        await CommitAsync(ScoresStage, fingerprint, settings, [], Rows(scores.BaseCases), Rows(scores.GuestScores), Rows(scores.PairScores), Rows(scores.Diagnostics)).ConfigureAwait(false);
        progress.Talk($"scores: {scores.BaseCases.Count} base cases, {scores.PairScores.Count} measured pairs");
        return fingerprint;
    }

    /// <summary>Fits the simulator to runs with one guest loaded; a lake without such runs is left without, and that is said.</summary>
    internal async Task<string> CalibrateAsync(string path, CalibrationRequest request, CancellationToken cancellation)
    {
        HashSet<string> alone = [.. (await lake.ReadAsync<RunRow>().ConfigureAwait(false)).Where(r => CalibrationRuns.MayBeSeen(r)).Select(r => r.Run), .. request.PairRuns];
        string fingerprint = Key(CalibrateStage, CalibrateMeaning, IngestKey(alone.Contains), request.Settings);
        if (IsDone(CalibrateStage, fingerprint, path))
            return fingerprint;
        try
        {
            CalibrationOutcome outcome = await LakeCalibration.RunAsync(lake, request, progress, cancellation).ConfigureAwait(false);
            ParameterFiles.Write(outcome.Host, path);
            await CommitAsync(
                CalibrateStage, fingerprint, request.Settings, [path], Rows(outcome.Parameters), Rows(outcome.Residuals),
                Rows(outcome.Found is null ? [] : ParameterRows.Directions(outcome.Found)), Rows(outcome.Found is null ? [] : ParameterRows.Profiles(outcome.Found))).ConfigureAwait(false);
            progress.Talk($"calibrate: {outcome.Host.Fitted.Count} parameters fitted to {outcome.Runs} runs, {(request.PairRuns.Count == 0 ? "none of them with two guests loaded" : $"and to {string.Join(", ", request.PairRuns)}")}");
        }
        catch (RequestException e) when (e.ExitCode == ExitCode.NothingMatched)
        {
            // Parameters of what the lab held before would go on answering.
            File.Delete(path);
            await CommitAsync(CalibrateStage, fingerprint, request.Settings, []).ConfigureAwait(false);
            progress.Talk($"calibrate: left out, {e.Message}; {e.Remedy}");
        }

        return fingerprint;
    }

    /// <summary>Simulates measured runs of several guests or of unequal shares, every pair and the sweeps; nothing without parameters.</summary>
    internal async Task<string> SimulateAsync(string calibrateKey, string parametersPath, ExperimentSettings settings, CancellationToken cancellation)
    {
        string fingerprint = SimulateKey(calibrateKey, settings);
        if (IsDone(SimulateStage, fingerprint))
            return fingerprint;
        IReadOnlyList<ExperimentResult> results = [];
        if (File.Exists(parametersPath))
        {
            CalibratedHost host = ParameterFiles.Read(parametersPath);
            IReadOnlyList<Experiment> plan = await LakeSimulation.PlanAsync(lake, host).ConfigureAwait(false);
            var laboratory = new Laboratory(host, settings);
            results = SimulationParts.Complete(lake, fingerprint, plan, missing => laboratory.Run(missing, new ExperimentReport(progress, missing.Count * laboratory.Replicas), cancellation));
            progress.Talk(FormattableString.Invariant($"simulate: {plan.Count(e => e.Kind == "like")} measured runs, {plan.Count(e => e.Kind == "pair")} pairs, {plan.Count(e => e.Kind == "sweep")} steps of sweeps, {laboratory.Replicas} times each"));
        }

        await CommitAsync(SimulateStage, fingerprint, StageSettings.Of(settings), [], Rows(results.Select(r => r.Run).ToList()), Rows(results.SelectMany(r => r.Domains).ToList())).ConfigureAwait(false);
        lake.RemoveParts(SimulationParts.Stage);
        return fingerprint;
    }

    /// <summary>Evaluates, trains and predicts every pair of known workloads; a lake with too few pairs is left without predictions, and that is said.</summary>
    internal async Task<string> PredictAsync(string scoresKey, string simulateKey, BaseRule rule, string modelPath, StudySettings settings, CancellationToken cancellation)
    {
        string fingerprint = PredictKey(scoresKey, simulateKey, settings);
        if (IsDone(PredictStage, fingerprint, modelPath))
            return fingerprint;
        try
        {
            ScoreTables scores = await LakeScores.ComputeAsync(lake, rule).ConfigureAwait(false);
            IReadOnlyList<SoloProfile> known = await LakeTraining.ProfilesAsync(lake, scores).ConfigureAwait(false);
            SimulatedPairs simulated = await LakeTraining.SimulatedAsync(lake).ConfigureAwait(false);
            var study = new Study(LakeTraining.Set(known, scores, simulated), settings);
            var report = new StudyProgressReport(progress);
            EvaluationResult errors = study.Evaluate(ProtocolCatalogue.All, (protocol, fold) => EvaluationParts.TryRead(lake, fingerprint, protocol, fold), report, cancellation);
            PredictionModel model = study.Train(TrainerCatalogue.Auto, errors.Rows, report, cancellation);
            ModelFiles.Write(model, modelPath);
            var profiles = known.ToDictionary(p => p.Workload, p => model.Training.Profile(p.Workload) ?? p);
            var predictions = WorkloadPair.All(profiles.Keys).Select(p => model.Predict(simulated.Of(profiles[p.A], profiles[p.B]), settings.Level).ToRow()).ToList();
            await CommitAsync(PredictStage, fingerprint, StageSettings.Of(settings), [modelPath], Rows(errors.Rows), Rows(errors.Pairs), Rows(predictions), Rows(model.Contributions())).ConfigureAwait(false);
            lake.RemoveParts(EvaluationParts.Stage);
            progress.Talk($"predict: trained '{model.Card.Trainer}' on {model.Card.Pairs} pairs, predicted {predictions.Count(p => p.Measured is null)} unmeasured ones");
        }
        catch (RequestException e) when (e.ExitCode == ExitCode.NothingMatched)
        {
            // A model of what the lab held before would go on answering.
            File.Delete(modelPath);
            await CommitAsync(PredictStage, fingerprint, StageSettings.Of(settings), []).ConfigureAwait(false);
            progress.Talk($"predict: left out, {e.Message}; {e.Remedy}");
        }

        return fingerprint;
    }

    /// <summary>Holds the measured runs against their simulations; nothing without any.</summary>
    internal async Task<string> ClaimsAsync(string simulateKey, string parametersPath)
    {
        string fingerprint = Key(ClaimsStage, ClaimsMeaning, simulateKey, StageSettings.None);
        if (IsDone(ClaimsStage, fingerprint))
            return fingerprint;
        LabTables tables = await LakeClaims.StoredAsync(lake).ConfigureAwait(false);
        // Relative to the folder that holds both, so that the rows are the same wherever it lies.
        List<ClaimRow> rows = [.. LabComparisons.Of(tables).Select(c => c.ToRow(Path.GetFileName(parametersPath), Path.GetFileName(lake.Folder)))];
        await CommitAsync(ClaimsStage, fingerprint, StageSettings.None, [], Rows(rows)).ConfigureAwait(false);
        foreach (string line in ClaimTalk.Counts(rows))
            progress.Talk($"claims: {line}");
        return fingerprint;
    }

    /// <summary>Keeps the paper's score card for the report.</summary>
    internal Task KeepPaperClaimsAsync(IReadOnlyList<ClaimRow> rows)
    {
        using var key = new Fingerprint();
        foreach (ClaimRow row in rows)
            key.Add(row.Claim, FormattableString.Invariant($"{row.Value:R} {row.Verdict} {row.Command}"));
        return CommitAsync(PaperClaimsStage, key.Finish(), StageSettings.None, [], Rows(rows));
    }

    internal async Task ReportAsync(string predictKey, string path)
    {
        string fingerprint = Key(ReportStage, ReportMeaning, predictKey, StageSettings.Of(("version", Lake.ToolVersion)));
        if (IsDone(ReportStage, fingerprint, path))
            return;
        await LakeReport.WriteAsync(lake, path).ConfigureAwait(false);
        await CommitAsync(ReportStage, fingerprint, StageSettings.None, [path]).ConfigureAwait(false);
        progress.Talk($"report: {path}");
    }

    private string IngestKey() => IngestKey(_ => true);

    private string IngestKey(Func<string, bool> counts)
    {
        using var key = new Fingerprint();
        foreach ((string run, (string fingerprint, _)) in lake.Outputs(LabIngest.Stage).Where(o => counts(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal))
            key.Add(run, fingerprint);
        return key.Finish();
    }

    /// <summary>What determines the simulations of a lake.</summary>
    internal string SimulateKey(string calibrateKey, ExperimentSettings settings) =>
        Key(SimulateStage, SimulateMeaning, calibrateKey + IngestKey(), StageSettings.Of(settings));

    /// <summary>What determines the predictions of a lake.</summary>
    internal static string PredictKey(string scoresKey, string simulateKey, StudySettings settings) =>
        Key(PredictStage, PredictMeaning, scoresKey + simulateKey, StageSettings.Of(settings));

    /// <summary>Fingerprint of a step's committed output; null when the lake has none.</summary>
    internal static string? KeyOf(Lake lake, string stage) => lake.Outputs(stage).TryGetValue(WholeLake, out (string Fingerprint, string Status) output) ? output.Fingerprint : null;

    private static string Key(string stage, string meaning, string input, StageSettings settings)
    {
        using var key = new Fingerprint();
        return key.Add("stage", stage).Add("meaning", meaning).Add("input", input).Add("settings", settings.Key).Finish();
    }

    /// <summary>True when the lake holds the stage's output from the same inputs, and the file it wrote outside the lake is still that file.</summary>
    private bool IsDone(string stage, string fingerprint, string? file = null)
    {
        bool same = lake.Outputs(stage).TryGetValue(WholeLake, out (string Fingerprint, string Status) output) && output.Fingerprint == fingerprint;
        IReadOnlyList<StageInput> written = same && file is not null ? lake.OutsideFiles(stage) : [];
        return same && written.All(w => File.Exists(file) && FileDigest.Of(file!).Sha256 == w.Sha256);
    }

    private Task CommitAsync(string stage, string fingerprint, StageSettings settings, IReadOnlyList<string> outsideFiles, params IReadOnlyList<KeyValuePair<Table, IReadOnlyList<object>>> tables)
    {
        StepsDone++;
        return lake.CommitAsync(new StageOutput
        {
            Stage = stage,
            Fingerprint = fingerprint,
            Settings = settings.All,
            Inputs = [.. outsideFiles.Select(f => (Name: Path.GetFileName(f), Digest: FileDigest.Of(f))).Select(f => new StageInput(f.Name, f.Digest.Sha256, f.Digest.Bytes))],
            Tables = [.. tables.Where(t => t.Value.Count > 0)],
        });
    }

    private static KeyValuePair<Table, IReadOnlyList<object>> Rows<TRow>(IReadOnlyList<TRow> rows)
        where TRow : class, new() => new(Table.Of<TRow>(), rows);
}
