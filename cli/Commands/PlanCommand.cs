using System.CommandLine;
using Colocate.Cli.Plans;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Model.Errors;
using Colocate.Model.Plans;
using Colocate.Simulate.Experiments;

namespace Colocate.Cli.Commands;

/// <summary><c>plan</c>: the work of a stage cut into chunks.</summary>
internal static class PlanCommand
{
    internal static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Lab folders, run folders, manifests or files; for --stage ingest alone.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> lake = CommonOptions.Lake();
        var chunks = new Option<int>("--chunks") { Description = "At most how many chunks: tasks of a job array.", HelpName = "N", Required = true };
        chunks.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > WorkPlan.MaxChunks)
                result.AddError(FormattableString.Invariant($"--chunks must lie between 1 and {WorkPlan.MaxChunks}"));
        });
        var stage = new Option<string>("--stage") { Description = $"What to plan: {string.Join(", ", PlannedStages.Names)}.", HelpName = "STAGE", DefaultValueFactory = _ => IngestPlan.Stage };
        stage.AcceptOnlyFromAmong([.. PlannedStages.Names]);
        var unread = new Option<bool>("--unread") { Description = "Do not read the inputs of runs that the lake does not hold: their fingerprints are left open until they are worked on. Spares a large lab one reading." };
        var parameters = new Option<string?>("--params") { Description = "With --stage simulate: the calibrated parameters. Default: params.json beside the lake.", HelpName = "FILE" };
        var model = new Option<string?>("--model") { Description = "With --stage evaluate: where commit writes the trained model. Default: model.zip beside the lake.", HelpName = "FILE" };
        Option<int> replicas = CommonOptions.Replicas();
        var study = new StudyOptions();
        Option<bool> quiet = CommonOptions.Quiet();
        var options = new IngestOptions();
        var command = new Command("plan", "Cut the work of a stage into chunks of equal size, for `work` on any number of machines. Writes the plan to stdout; what the lake holds already is left out.")
        {
            paths, lake, chunks, stage, unread, parameters, model, replicas, quiet,
        };
        study.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = Path.GetFullPath(parsed.GetValue(lake)!), beside = Path.GetDirectoryName(folder)!, chosen = parsed.GetValue(stage)!;
            string[] given = parsed.GetValue(paths)!;
            if (chosen == IngestPlan.Stage == (given.Length == 0))
                throw new RequestException(ExitCode.WrongUse, given.Length == 0 ? "No PATH to ingest is given" : $"PATH is for --stage {IngestPlan.Stage}", "see `colocate plan --help`");
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            (IngestSettings settings, string[] assume) = options.Read(parsed);
            string parameterFile = parsed.GetValue(parameters) ?? Path.Combine(beside, "params.json");
            Predict.StudySettings studied = study.Read(parsed);
            int most = parsed.GetValue(chunks);
            WorkPlan plan = chosen switch
            {
                SimulatePlan.Stage => await SimulatePlan.MakeAsync(
                    folder, parameterFile, new ExperimentSettings { Seed = studied.Seed, Level = studied.Level, Replicas = parsed.GetValue(replicas) }, most, progress).ConfigureAwait(false),
                EvaluatePlan.Stage => await EvaluatePlan.MakeAsync(folder, parsed.GetValue(model) ?? Path.Combine(beside, "model.zip"), studied, most).ConfigureAwait(false),
                _ => IngestPlan.Make(folder, given, settings, assume, most, parsed.GetValue(unread), study.Jobs(parsed), progress, cancellation),
            };
            plan.Write(terminal.Out);
            progress.Talk(FormattableString.Invariant($"plan: {plan.Units.Count} units, {plan.AlreadyDone} already done, {plan.Chunks} chunks{(plan.Chunks == 0 ? "" : FormattableString.Invariant($": --array=0-{plan.Chunks - 1}"))}"));
            return 0;
        });
        return command;
    }
}
