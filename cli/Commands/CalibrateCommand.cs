using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
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
        Option<int> bands = CommonOptions.Bands(0);
        Option<bool> profiles = CommonOptions.Profiles();
        Option<string[]> pairRuns = CommonOptions.PairRuns();
        Option<int> seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<BaseRule> rule = CommonOptions.Base();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("calibrate", "Fit the simulator to the base, solo and idle runs of a lake; pairs stay unseen unless named.") { lake, paper, pcpus, output, evaluations, bands, profiles, pairRuns, residuals, rule, seed, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            if (parsed.GetValue(paper) is { } published)
                return Paper(parsed, published, cancellation);
            if (parsed.GetResult(pcpus) is { Implicit: false })
                throw new RequestException(ExitCode.WrongUse, "--pcpus is about the testbed of --paper", "leave it out; the runs of a lake say what their host has");
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

        int Paper(ParseResult parsed, string folder, CancellationToken cancellation)
        {
            if (new Option[] { lake, bands, profiles, rule }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } other)
                throw new RequestException(ExitCode.WrongUse, $"{other.Name} does not go with --paper", "it is about the runs of a lake; leave it out");
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            int candidates = parsed.GetResult(evaluations) is { Implicit: false } ? parsed.GetValue(evaluations) : PaperCalibration.Evaluations;
            var settings = new CalibrationSettings { Evaluations = candidates, Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) };
            IReadOnlyList<PublishedBaseCase> cases = PaperHosts.ReadBaseCases(folder);
            IReadOnlyList<PublishedPair> pairs = parsed.GetValue(pairRuns) is { Length: > 0 } named ? PaperHosts.ReadPairs(folder, cases, named) : [];
            (CalibratedHost host, CalibrationResult result) = PaperCalibration.Fit(
                cases, parsed.GetValue(pcpus) == 1 ? PaperTestbed.OnePcpu : PaperTestbed.TwoPcpus, settings, new CalibrationReport(progress, "calibrate"), cancellation);
            IReadOnlyList<CalibrationResidualRow> left = result.Residuals;
            if (pairs.Count > 0)
            {
                PairFitResult paired = PaperCalibration.FitPairs(host, result, pairs, settings.Jobs, cancellation);
                progress.Talk(PairFitTalk.Of(paired, result.Loss));
                (host, left) = (paired.Host, [.. paired.ResidualsAlone, .. paired.Residuals]);
            }

            ParameterFiles.Write(host, parsed.GetValue(output)!);
            progress.Talk($"parameters: {parsed.GetValue(output)}, {host.Fitted.Count} fitted to {result.Runs.Count} base cases{(pairs.Count == 0 ? "" : $" and {(pairs.Count == 1 ? "1 pair" : $"{pairs.Count} pairs")}")}");
            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(residuals) ? [.. left.Select(TableRecords.Of)] : [.. ParameterRows.Of(host.Parameters, host.Fitted).Select(TableRecords.Of)]);
            return 0;
        }
    }
}
