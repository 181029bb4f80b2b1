using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Ingest.Xentrace.Timeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Commands;

/// <summary><c>timeline</c>: a run as a Perfetto trace.</summary>
internal static class TimelineCommand
{
    internal static Command Create(Terminal terminal)
    {
        var run = new Argument<string?>("RUN") { Description = "The run; the same as --run.", Arity = ArgumentArity.ZeroOrOne };
        var runOption = new Option<string?>("--run") { Description = "The run; the same as naming it without an option.", HelpName = "ID" };
        var output = new Option<string>("--out", "-o") { Description = "The file to write; open it at https://ui.perfetto.dev, which reads it in the browser and sends it nowhere.", HelpName = "FILE", Required = true };
        Option<string> lake = CommonOptions.Lake();
        var lab = new Option<string?>("--lab") { Description = "Folder of the lab, where its traces lie. Default: where the lake was filled from.", HelpName = "DIR" };
        Option<double?> from = CommonOptions.Seconds("--from", "Begin this long after the first record, as in 2.5 or 2.5s."), to = CommonOptions.Seconds("--to", "End this long after the first record.");
        var interval = new Option<double>("--interval") { Description = "Length of the intervals of figures (events, pages, shares), in seconds, as in 0.1.", HelpName = "SECONDS", DefaultValueFactory = _ => 0.1 };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.001 and <= 3600))
                result.AddError("--interval must lie between 0.001 and 3600 seconds");
        });
        var simulated = new Option<string?>("--simulated") { Description = "Put a simulation beside it: a trace that `simulate --xentrace` wrote.", HelpName = "FILE" };
        var parameters = new Option<string?>("--params", "-p") { Description = "Simulate the run with these parameters, as `simulate --like RUN` does, and put that beside it.", HelpName = "JSON" };
        Option<int> seed = CommonOptions.Seed();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("timeline", "Write a run as a Perfetto trace: who has each pcpu, the run state of each vcpu, lost records, figures per interval.")
        {
            run, runOption, output, lake, lab, from, to, interval, simulated, parameters, seed, quiet, format,
        };
        command.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Children.Any(c => c is System.CommandLine.Parsing.OptionResult { Errors: var errors } && errors.Any()))
                return;
            if ((result.GetValue(run) is null) == (result.GetValue(runOption) is null))
                result.AddError("name one run: `timeline RUN --out FILE`");
            if (result.GetValue(simulated) is not null && result.GetValue(parameters) is not null)
                result.AddError("--simulated and --params exclude each other");
            if (result.GetValue(to) is { } end && end <= (result.GetValue(from) ?? 0))
                result.AddError("--to must lie after --from");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            string id = (parsed.GetValue(run) ?? parsed.GetValue(runOption))!, file = parsed.GetValue(output)!;
            WholeFile.CheckWritable(file);
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            LakeTrace trace = await LakeTrace.FindAsync(source, id, parsed.GetValue(lab)).ConfigureAwait(false);
            string? beside = parsed.GetValue(simulated);
            if (beside is not null && !File.Exists(beside))
                throw new RequestException(ExitCode.NothingMatched, $"'{beside}' does not exist", "make it with `simulate --like RUN --xentrace FILE`");
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var timeline = new TimelineFile(TimelineWindow.OfSeconds(parsed.GetValue(from), parsed.GetValue(to)), parsed.GetValue(interval), progress);
            string? made = parsed.GetValue(parameters) is { } json ? file + ".simulated" : null;
            try
            {
                if (made is not null)
                    await SimulateAsync(source, id, parsed.GetValue(parameters)!, parsed.GetValue(seed), made, cancellation).ConfigureAwait(false);
                timeline.Write(file, trace, beside ?? made, cancellation);
            }
            finally
            {
                if (made is not null)
                    File.Delete(made);
            }

            RecordWriter.Write(terminal, parsed.GetValue(format), [new Record { { "run", id }, { "file", file }, { "bytes", timeline.Bytes }, { "simulated", beside is not null || made is not null } }]);
            return 0;
        });
        return command;
    }

    private static async Task SimulateAsync(Lake lake, string run, string parameters, int seed, string path, CancellationToken cancellation)
    {
        CalibratedHost host = ParameterFiles.Read(parameters);
        Experiment like = await LakeSimulation.LikeAsync(lake, run).ConfigureAwait(false);
        var laboratory = new Laboratory(host, new ExperimentSettings { Replicas = 1, Seed = seed });
        TraceFiles.Write(laboratory.Replica(like, 0), laboratory.Parameters(0), path, cancellation);
    }
}
