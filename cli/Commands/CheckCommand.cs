using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;

namespace Colocate.Cli.Commands;

/// <summary><c>check</c>: is everything in the lake as it was committed?</summary>
internal static class CheckCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("check", "Verify every digest, manifest and table of a lake, and that its catalogue agrees. Prints one line for everything that is wrong.") { lake, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            CheckResult result = await LakeCheck.RunAsync(
                parsed.GetValue(lake)!, parsed.GetValue(jobs), new CheckReport(progress), cancellation).ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), result.Problems.Select(p => new Record { { "path", p.Path }, { "problem", p.What }, { "remedy", p.Remedy } }), ["path", "problem", "remedy"]);
            progress.Talk(FormattableString.Invariant(
                $"check: {result.Manifests} manifests, {result.Files} files, {result.Rows} rows, {result.Bytes / 1e6:F1} MB: {(result.Problems.Count == 0 ? "all as committed" : $"{result.Problems.Count} problems")}"));
            return (int)(result.Problems.Count == 0 ? ExitCode.Done : ExitCode.Unexpected);
        });
        return command;
    }

    private sealed class CheckReport(ProgressDisplay display) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => display.Report("check", value.Done, value.Total, "manifests");
    }
}
