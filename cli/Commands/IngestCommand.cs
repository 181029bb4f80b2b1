using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>ingest</c>: raw logs to tables.</summary>
internal static class IngestCommand
{
    private const string Pipe = "-";

    internal static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Lab folders, run folders, manifests or files; - for one trace or log from stdin, of a run that --assume run=ID names.", Arity = ArgumentArity.OneOrMore };
        Option<string> lake = CommonOptions.Lake();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var prune = new Option<bool>("--prune") { Description = "Remove runs of the lake that are not below the paths. Without it they stay, and are named." };
        var command = new Command("ingest", "Read raw traces and logs into a lake. What it already holds from the same bytes is left alone.") { paths, lake, jobs, prune, quiet, format };
        var options = new IngestOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            (IngestSettings settings, string[] assume) = options.Read(parsed);
            string[] given = parsed.GetValue(paths)!;
            bool isPiped = given is [Pipe];
            if (!isPiped && given.Contains(Pipe))
                throw new RequestException(ExitCode.WrongUse, "- stands for stdin and goes alone", "ingest it and the other paths one after the other");
            var assumptions = Assumptions.Parse(assume);
            LabContents contents = isPiped ? new LabContents([IngestUnit.FromPipe(terminal.In, settings, assumptions)], []) : LabIngest.Look(given, settings, assumptions);
            using Lake target = Lake.OpenForWriting(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var steps = new LabSteps(target, progress);
            IngestSummary summary = await steps.IngestAsync(contents, settings, assumptions, parsed.GetValue(prune), parsed.GetValue(jobs), cancellation).ConfigureAwait(false);
            await steps.ScoreAsync(Model.Scores.BaseRule.Mean).ConfigureAwait(false);
            ExitCode outcome = await steps.OutcomeAsync(summary).ConfigureAwait(false);

            Record line = Describe(summary, contents.LeftOut.Count);
            if (settings.Events is { } selection)
            {
                long events = contents.Units.Sum(u => target.RowsOf(LabIngest.Stage, u.Run, Table.Of<RecordRow>()));
                line.Add("events", events);
                if (events == 0 && selection != new EventSelection())
                {
                    progress.Warn("--events: no record of these runs is what --domains, --events-like, --from and --to name; the table events holds none of them\n  see the tables trace_events and run_domains for what there is");
                    outcome = ExitCode.NothingMatched;
                }
            }

            // Last: whoever reads it may take it that nothing failed after it.
            RecordWriter.Write(terminal, parsed.GetValue(format), [line]);
            return (int)outcome;
        });
        return command;
    }

    private static Record Describe(IngestSummary summary, int leftOut) => new()
    {
        { "runs", summary.Runs }, { "done", summary.Done }, { "already_done", summary.AlreadyDone }, { "lossy", summary.Lossy }, { "set_aside", summary.SetAside }, { "left_out", leftOut },
    };
}
