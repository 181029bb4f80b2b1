using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Commands;

/// <summary><c>calibrate</c>: fit the simulator to solo runs only.</summary>
internal static class CalibrateCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        var paper = new Option<string?>("--paper") { Description = "Instead of a lake: a folder with published base cases, table1.csv and table2.csv, of the testbed of IEEE CLOUD 2010.", HelpName = "DIR" };
        var pcpus = new Option<int>("--pcpus") { Description = "With --paper: its testbed as one pcpu or as two hyper-threads.", DefaultValueFactory = _ => 2 };
        pcpus.AcceptOnlyFromAmong("1", "2");
        var output = new Option<string>("--out", "-o") { Description = "Where to write the parameters.", HelpName = "JSON", Required = true };
        Option<int> evaluations = CommonOptions.Evaluations();
        var residuals = new Option<bool>("--residuals") { Description = "Print every measured value beside its simulation, instead of the parameters." };
        Option<int> seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<BaseRule> rule = CommonOptions.Base();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("calibrate", "Fit the simulator to the base, solo and idle runs of a lake; pairs stay unseen.") { lake, paper, pcpus, output, evaluations, residuals, rule, seed, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            if (parsed.GetValue(paper) is { } published)
                return Paper(parsed, published, cancellation);
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

        int Paper(ParseResult parsed, string folder, CancellationToken cancellation)
        {
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var settings = new CalibrationSettings { Evaluations = parsed.GetValue(evaluations), Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) };
            (CalibratedHost host, CalibrationResult result) = PaperCalibration.Fit(
                PaperHosts.ReadBaseCases(folder), parsed.GetValue(pcpus) == 1 ? PaperTestbed.OnePcpu : PaperTestbed.TwoPcpus, settings, new CalibrationReport(progress), cancellation);
            ParameterFiles.Write(host, parsed.GetValue(output)!);
            progress.Talk($"parameters: {parsed.GetValue(output)}, {host.Fitted.Count} fitted to {result.Runs.Count} base cases");
            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(residuals) ? [.. result.Residuals.Select(TableRecords.Of)] : [.. ParameterRows.Of(result.Parameters, result.Fitted).Select(TableRecords.Of)]);
            return 0;
        }
    }
}
