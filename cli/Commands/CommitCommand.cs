using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Plans;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Plans;

namespace Colocate.Cli.Commands;

/// <summary><c>commit</c>: takes what workers did into the catalogue and lists what is missing.</summary>
internal static class CommitCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> file = PlanFile.Argument();
        Option<string> lake = CommonOptions.Lake();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("commit", "Take what workers did into the catalogue, and name the chunks that must be done again.") { file, lake, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WorkPlan plan = PlanFile.Read(parsed.GetValue(file)!, terminal);
            using Lake target = Lake.OpenForWriting(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            IPlannedStage stage = PlannedStages.Of(plan, target.Folder, progress);
            ILookup<string, WorkUnit> states = plan.Units.Zip(stage.States(target)).ToLookup(u => u.Second, u => u.First);
            int missing = states["missing"].Count(), changed = states["changed"].Count(), lossy = states["lossy"].Count(), setAside = states["set_aside"].Count();
            int[] again = [.. states["missing"].Concat(states["changed"]).Select(u => u.Chunk).OfType<int>().Distinct().Order()];
            await stage.CommitAsync(target, missing + changed == 0, cancellation).ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), [new Record
            {
                { "stage", plan.Stage }, { "units", plan.Units.Count }, { "done", plan.Units.Count - missing - changed }, { "lossy", lossy }, { "set_aside", setAside },
                { "missing", missing }, { "changed", changed }, { "chunks", again },
            }]);
            foreach (WorkUnit unit in states["changed"])
                progress.Warn($"changed since it was planned: {unit.Unit}");
            if (missing + changed > 0)
            {
                progress.Warn(changed > 0
                    ? FormattableString.Invariant($"commit: {missing} of {plan.Units.Count} units are missing and {changed} have changed: plan again")
                    : FormattableString.Invariant($"commit: {missing} of {plan.Units.Count} units are missing; submit again: --array={string.Join(',', again)}"));
            }

            return (int)(missing + changed + lossy + setAside > 0 ? ExitCode.DoneWithLoss : ExitCode.Done);
        });
        return command;
    }
}
