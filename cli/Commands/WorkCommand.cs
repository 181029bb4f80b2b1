using System.Collections.Concurrent;
using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Plans;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Plans;

namespace Colocate.Cli.Commands;

/// <summary><c>work</c>: a chunk of a plan, or all of it.</summary>
internal static class WorkCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> file = PlanFile.Argument();
        Option<string> lake = CommonOptions.Lake();
        var chunk = new Option<int?>("--chunk", "-c") { Description = "Do only this chunk, from 0: the number of a task in a job array. Without it, all of the plan.", HelpName = "K" };
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("work", "Do a chunk of a plan, or all of it. Any number may run at a time, on machines that share the lake's file system; doing a chunk again does no harm.") { file, lake, chunk, jobs, quiet, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            WorkPlan plan = PlanFile.Read(parsed.GetValue(file)!, terminal);
            if (parsed.GetValue(chunk) is < 0 or > WorkPlan.MaxChunks)
                throw new RequestException(ExitCode.WrongUse, $"--chunk {parsed.GetValue(chunk)} is no number of a chunk", $"the plan has chunks 0 to {plan.Chunks - 1}");
            IReadOnlyList<WorkUnit> units = parsed.GetValue(chunk) is { } only ? plan.UnitsOf(only) : [.. Enumerable.Range(0, plan.Chunks).SelectMany(plan.UnitsOf).OrderByDescending(u => u.Bytes)];
            using LakeWorker worker = LakeWorker.Open(parsed.GetValue(lake)!);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            ConcurrentDictionary<string, string> done = await DoAsync(plan, units, worker, parsed.GetValue(jobs), progress, cancellation).ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), units.Select(u => new Record { { "unit", u.Unit }, { "chunk", u.Chunk }, { "status", done[u.Unit] }, { "bytes", u.Bytes } }), ["unit", "chunk", "status", "bytes"]);
            ExitCode code = done.Values.Contains("failed") ? ExitCode.Unexpected : done.Values.Any(s => s is "lossy" or "set_aside" or "changed") ? ExitCode.DoneWithLoss : ExitCode.Done;
            progress.Talk($"work: {string.Join(", ", done.Values.GroupBy(s => s).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Count()} {s.Key.Replace('_', ' ')}").DefaultIfEmpty("nothing to do"))}");
            return (int)code;
        });
        return command;
    }

    private static async Task<ConcurrentDictionary<string, string>> DoAsync(
        WorkPlan plan, IReadOnlyList<WorkUnit> units, LakeWorker worker, int jobs, ProgressDisplay progress, CancellationToken cancellation)
    {
        IPlannedStage stage = PlannedStages.Of(plan, worker.Folder, progress);
        var done = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(units, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, async (unit, token) =>
        {
            try
            {
                done[unit.Unit] = await stage.WorkAsync(unit, worker, token).ConfigureAwait(false);
            }
            catch (RequestException e) when (e.ExitCode == ExitCode.NothingMatched)
            {
                done[unit.Unit] = "changed";
                progress.Warn($"changed: {unit.Unit}: {e.Message}; {e.Remedy}");
            }
            catch (Exception e) when (e is not (OperationCanceledException or RequestException or IOException or UnauthorizedAccessException))
            {
                // A defect that one unit brings to light must not keep the others from being done.
                done[unit.Unit] = "failed";
                progress.Warn($"failed: {unit.Unit}: please report it with the output of `colocate doctor`:\n{e}");
            }

            Model.Observation.ColocateEvents.Log.RunDone();
            progress.Report("work", done.Count, units.Count, "units");
        }).ConfigureAwait(false);
        return done;
    }
}
