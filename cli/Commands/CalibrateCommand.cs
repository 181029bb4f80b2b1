using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Commands;

/// <summary><c>calibrate</c>: fit the simulator to solo runs only.</summary>
internal static class CalibrateCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        var output = new Option<string>("--out", "-o") { Description = "Where to write the parameters.", HelpName = "JSON", Required = true };
        Option<int> evaluations = CommonOptions.Evaluations();
        var residuals = new Option<bool>("--residuals") { Description = "Print every measured value beside its simulation, instead of the parameters." };
        Option<int> seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<BaseRule> rule = CommonOptions.Base();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("calibrate", "Fit the simulator to the base, solo and idle runs of a lake; pairs stay unseen.") { lake, output, evaluations, residuals, rule, seed, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            using Lake opened = Lake.Open(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            await LakeSimulation.TellRefusedAsync(opened, progress).ConfigureAwait(false);
            int parallel = parsed.GetValue(jobs);
            var settings = new CalibrationSettings { Evaluations = parsed.GetValue(evaluations), Seed = parsed.GetValue(seed), Jobs = parallel };
            CalibrationResult result = Calibrator.Fit(await LakeSimulation.RunsAsync(opened).ConfigureAwait(false), settings, new CalibrationReport(progress), cancellation);
            CalibratedHost host = FittedHost.From(result, new ExperimentSettings { Seed = settings.Seed, Jobs = parallel }, settings.Seed, parsed.GetValue(rule), cancellation);
            ParameterFiles.Write(host, parsed.GetValue(output)!);
            progress.Talk($"parameters: {parsed.GetValue(output)}, fitted to {result.Runs.Count} runs");
            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(residuals) ? [.. result.Residuals.Select(TableRecords.Of)] : [.. ParameterRows.Of(result.Parameters, result.Fitted).Select(TableRecords.Of)]);
            return 0;
        });
        return command;
    }
}
