using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Paper;

namespace Colocate.Cli.Commands;

/// <summary><c>run</c>: everything in order on one lab folder.</summary>
internal static class RunCommand
{
    internal static Command Create(Terminal terminal)
    {
        var lab = new Argument<string>("LAB") { Description = "Lab folder." };
        var output = new Option<string>("--out", "-o") { Description = "Folder for lake, params.json, model.zip and report.html.", HelpName = "DIR", Required = true };
        var shown = new Option<int>("--show") { Description = "How many of the best and of the worst pairs to print.", HelpName = "N", DefaultValueFactory = _ => 5 };
        shown.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("--show must be at least 0");
        });
        Option<BaseRule> rule = CommonOptions.Base();
        var studyOptions = new StudyOptions();
        Option<string[]> assume = CommonOptions.Assume();
        Option<int> evaluations = CommonOptions.Evaluations(), replicas = CommonOptions.Replicas(), bands = CommonOptions.Bands(new IdentificationSettings().Accepted);
        Option<bool> profiles = CommonOptions.Profiles();
        Option<string[]> pairRuns = CommonOptions.PairRuns();
        var until = new Option<string?>("--until") { Description = "Stop after this step, to go on elsewhere: ingest, calibrate or simulate. Called again without it, the rest is done.", HelpName = "STEP" };
        until.AcceptOnlyFromAmong("ingest", "calibrate", "simulate");
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("run", "Everything on one lab folder: ingest, score, calibrate, simulate, train, evaluate, predict every unmeasured pair, report. Resumes where it was stopped. Published tables of the paper: its host, pairs, sweeps and claims.")
        {
            lab, output, shown, rule, evaluations, replicas, bands, profiles, pairRuns, assume, until, quiet, format,
        };
        studyOptions.AddTo(command);
        var fence = new FenceOptions();
        fence.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = parsed.GetValue(output)!;
            var assumptions = Assumptions.Parse(parsed.GetValue(assume)!);
            LabIngest.CheckPaths([parsed.GetValue(lab)!]);
            using Lake lake = Lake.OpenForWriting(Path.Combine(folder, "lake"));
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var steps = new LabSteps(lake, progress);
            IngestSummary summary = await steps.IngestAsync([parsed.GetValue(lab)!], new IngestSettings { TscHz = assumptions.Number("tsc_hz"), TscBehind = assumptions.TscBehind, GuestTraceFence = fence.Read(parsed) }, assumptions, prune: true, studyOptions.Jobs(parsed), cancellation).ConfigureAwait(false);
            string scores = await steps.ScoreAsync(parsed.GetValue(rule)).ConfigureAwait(false);
            if (parsed.GetValue(until) == "ingest")
                return (int)await steps.OutcomeAsync(summary).ConfigureAwait(false);
            StudySettings study = studyOptions.Read(parsed);
            int jobs = studyOptions.Jobs(parsed);
            string parameters = Path.Combine(folder, "params.json");
            var simulate = new ExperimentSettings { Seed = study.Seed, Level = study.Level, Replicas = parsed.GetValue(replicas), Jobs = jobs };
            var search = new CalibrationSettings { Seed = study.Seed, Evaluations = parsed.GetValue(evaluations), Jobs = jobs };
            string simulation, claims;
            if (PaperHosts.FindPaper(parsed.GetValue(lab)!) is { } cases)
            {
                if (new Option[] { bands, profiles, pairRuns }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } other)
                    throw new RequestException(ExitCode.WrongUse, $"{other.Name} does not go with published tables", "it is about the runs of a lab; leave it out");
                if (parsed.GetResult(evaluations) is not { Implicit: false })
                    search = search with { Evaluations = PaperCalibration.Evaluations };
                simulation = claims = await steps.PaperAsync(cases, parameters, search, simulate, cancellation).ConfigureAwait(false);
            }
            else
            {
                var request = new CalibrationRequest(search, simulate, parsed.GetValue(rule), parsed.GetValue(bands), parsed.GetValue(profiles), parsed.GetValue(pairRuns)!);
                string calibration = await steps.CalibrateAsync(parameters, request, cancellation).ConfigureAwait(false);
                if (parsed.GetValue(until) == "calibrate")
                    return (int)await steps.OutcomeAsync(summary).ConfigureAwait(false);
                simulation = await steps.SimulateAsync(calibration, parameters, simulate, cancellation).ConfigureAwait(false);
                claims = await steps.ClaimsAsync(simulation, parameters).ConfigureAwait(false);
            }

            if (parsed.GetValue(until) is not null)
                return (int)await steps.OutcomeAsync(summary).ConfigureAwait(false);
            string predictions = await steps.PredictAsync(scores, simulation, parsed.GetValue(rule), Path.Combine(folder, "model.zip"), study, cancellation).ConfigureAwait(false);
            string report = Path.Combine(folder, "report.html");
            await steps.ReportAsync(predictions + claims, report).ConfigureAwait(false);
            if (steps.StepsDone == 0)
                progress.Talk($"Nothing to do: all is done already; see {report}");
            List<Record> ranked = await RankAsync(lake, parsed.GetValue(shown)).ConfigureAwait(false);
            ExitCode outcome = await steps.OutcomeAsync(summary).ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), ranked);
            return (int)outcome;
        });
        return command;
    }

    /// <summary>The best and the worst pairs, measured ones by their measurement and the others by their prediction.</summary>
    private static async Task<List<Record>> RankAsync(Lake lake, int shown)
    {
        var measured = (await lake.ReadAsync<PairScoreRow>().ConfigureAwait(false)).Select(p => (
            Pair: WorkloadPair.Of(p.WorkloadA, p.WorkloadB), Combined: p.CombinedMean, Low: (double?)null, High: (double?)null, Level: (double?)null, Sd: p.CombinedSd, Runs: (int?)p.Runs));
        var predicted = (await lake.ReadAsync<PredictionRow>().ConfigureAwait(false)).Where(p => p.Measured is null).Select(p => (
            Pair: WorkloadPair.Of(p.WorkloadA, p.WorkloadB), p.Combined, Low: (double?)p.Low, High: (double?)p.High, Level: (double?)p.Level, Sd: (double?)null, Runs: (int?)null));
        var ranked = measured.Concat(predicted).OrderByDescending(p => p.Combined).ThenBy(p => p.Pair).ToList();
        return
        [
            .. ranked.Index().Where(p => p.Index < shown || p.Index >= ranked.Count - shown).Select(p => new Record
            {
                { "rank", p.Index + 1 }, { "of", ranked.Count }, { "workloads", new List<string> { p.Item.Pair.A, p.Item.Pair.B } }, { "combined", p.Item.Combined },
                { "source", p.Item.Runs is null ? "predicted" : "measured" }, { "low", p.Item.Low }, { "high", p.Item.High }, { "level", p.Item.Level }, { "sd", p.Item.Sd }, { "runs", p.Item.Runs },
            }),
        ];
    }
}
