using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Lake;

namespace Colocate.Cli.Commands;

/// <summary><c>ingest</c>: raw logs to tables.</summary>
internal static class IngestCommand
{
    internal static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Lab folders, run folders, manifests or files.", Arity = ArgumentArity.OneOrMore };
        Option<string> lake = CommonOptions.Lake();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<string[]> assume = CommonOptions.Assume();
        Option<OutputFormat?> format = CommonOptions.Format();
        Option<string?> inputFormat = new("--input-format") { Description = "Read every file as this format, whatever its content: " + string.Join(", ", FormatCatalogue.All.Select(f => f.Id)) + ".", HelpName = "F" };
        inputFormat.AcceptOnlyFromAmong([.. FormatCatalogue.All.Select(f => f.Id)]);
        var prune = new Option<bool>("--prune") { Description = "Remove runs of the lake that are not below the paths. Without it they stay, and are named." };
        var events = new Option<bool>("--events") { Description = "Also store every record of traces, in the table events." };
        var domains = new Option<string[]>("--domains")
        {
            Description = "With --events: only records of pcpus that these domains have, by name or number.", HelpName = "NAME[,NAME]",
            CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        var like = new Option<string?>("--events-like") { Description = "With --events: only events with such a name; % stands for any text, _ for one character.", HelpName = "PATTERN" };
        Option<double?> from = CommonOptions.Seconds("--from", "With --events: only records at least this long after the first one, as in 2.5 or 2.5s.");
        Option<double?> to = CommonOptions.Seconds("--to", "With --events: only records less than this long after the first one.");
        var command = new Command("ingest", "Read raw traces and logs into a lake. What it already holds from the same bytes is left alone.") { paths, lake, jobs, inputFormat, assume, prune, events, domains, like, from, to, quiet, format };
        var fence = new FenceOptions();
        fence.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(events) && (result.GetResult(domains) ?? result.GetResult(like) ?? result.GetResult(from) ?? result.GetResult(to)) is not null)
                result.AddError("--domains, --events-like, --from and --to select what --events stores: give it too");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var assumptions = Assumptions.Parse(parsed.GetValue(assume)!);
            var settings = new IngestSettings { TscHz = assumptions.Number("tsc_hz"), InputFormat = parsed.GetValue(inputFormat), GuestTraceFence = fence.Read(parsed), Events = parsed.GetValue(events) ? Selection(parsed) : null };
            LabIngest.CheckPaths(parsed.GetValue(paths)!);
            using Lake target = Lake.OpenForWriting(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var steps = new LabSteps(target, progress);
            IngestSummary summary = await steps.IngestAsync(parsed.GetValue(paths)!, settings, assumptions, parsed.GetValue(prune), parsed.GetValue(jobs), cancellation).ConfigureAwait(false);
            await steps.ScoreAsync(Model.Scores.BaseRule.Mean).ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), [Describe(summary)]);
            return (int)await steps.OutcomeAsync(summary).ConfigureAwait(false);
        });
        return command;

        EventSelection Selection(ParseResult parsed) => new()
        {
            Domains = parsed.GetValue(domains) is { Length: > 0 } names ? names : null, Like = parsed.GetValue(like), FromS = parsed.GetValue(from), ToS = parsed.GetValue(to),
        };
    }

    private static Record Describe(IngestSummary summary) => new()
    {
        { "runs", summary.Runs }, { "done", summary.Done }, { "already_done", summary.AlreadyDone }, { "lossy", summary.Lossy }, { "set_aside", summary.SetAside },
    };
}
