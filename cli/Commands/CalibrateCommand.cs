using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;

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
        Option<int> bands = CommonOptions.Bands(0);
        Option<bool> profiles = CommonOptions.Profiles();
        Option<string[]> pairRuns = CommonOptions.PairRuns();
        Option<int> seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<BaseRule> rule = CommonOptions.Base();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("calibrate", "Fit the simulator to the base, solo and idle runs of a lake; pairs stay unseen unless named.") { lake, output, evaluations, bands, profiles, pairRuns, residuals, rule, seed, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            using Lake opened = Lake.Open(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            int parallel = parsed.GetValue(jobs), first = parsed.GetValue(seed);
            CalibrationOutcome outcome = await LakeCalibration.RunAsync(
                opened,
                new CalibrationRequest(
                    new CalibrationSettings { Evaluations = parsed.GetValue(evaluations), Seed = first, Jobs = parallel },
                    new ExperimentSettings { Seed = first, Jobs = parallel },
                    parsed.GetValue(rule),
                    parsed.GetValue(bands),
                    parsed.GetValue(profiles),
                    parsed.GetValue(pairRuns)!),
                progress,
                cancellation).ConfigureAwait(false);
            ParameterFiles.Write(outcome.Host, parsed.GetValue(output)!);
            progress.Talk($"parameters: {parsed.GetValue(output)}, fitted to {outcome.Runs} runs");
            RecordWriter.Write(terminal, parsed.GetValue(format), [.. parsed.GetValue(residuals) ? outcome.Residuals.Select(TableRecords.Of) : outcome.Parameters.Select(TableRecords.Of)]);
            return 0;
        });
        return command;
    }
}
