using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>scores</c>: measured combined scores.</summary>
internal static class ScoresCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        Option<BaseRule> rule = CommonOptions.Base();
        var pairs = new Option<bool>("--pairs") { Description = "One line a workload pair, over its repeats, instead of one line a run." };
        var bases = new Option<bool>("--bases") { Description = "One line a base case instead of one line a run." };
        var command = new Command("scores", "Show measured combined scores: the sum of T/B over the loaded guests of each run.") { lake, rule, pairs, bases, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(pairs) && result.GetValue(bases))
                result.AddError("--pairs and --bases exclude each other");
        });
        command.SetAction(async (parsed, _) =>
        {
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            bool asked = parsed.GetResult(rule) is { Implicit: false };
            ScoreTables scores = await (asked ? LakeScores.ComputeAsync(source, parsed.GetValue(rule)) : LakeScores.ComputeAsync(source)).ConfigureAwait(false);
            string[] idle = [.. (await source.ReadAsync<RunRow>().ConfigureAwait(false)).Where(r => r.Kind == "idle").Select(r => r.Run)];
            IEnumerable<Record> records = parsed.GetValue(pairs) ? scores.PairScores.Select(TableRecords.Of)
                : parsed.GetValue(bases) ? scores.BaseCases.Select(TableRecords.Of)
                : scores.GuestScores.GroupBy(s => s.Run).Select(Describe).Concat(idle.Except(scores.GuestScores.Select(s => s.Run)).Select(Idle));
            RecordWriter.Write(terminal, parsed.GetValue(format), records);
            if (RecordWriter.Chosen(terminal, parsed.GetValue(format)) == OutputFormat.Table && scores.PairScores.Count > 0)
            {
                PairScoreRow best = scores.PairScores.MaxBy(p => p.CombinedMean)!, worst = scores.PairScores.MinBy(p => p.CombinedMean)!;
                await terminal.Error.WriteLineAsync(FormattableString.Invariant(
                    $"Best pair: {best.WorkloadA} beside {best.WorkloadB}, {best.CombinedMean:F3}; worst: {worst.WorkloadA} beside {worst.WorkloadB}, {worst.CombinedMean:F3} (taking turns is 1).")).ConfigureAwait(false);
            }

            return 0;
        });
        return command;
    }

    /// <summary>A run that loads nobody: the sum over no guest.</summary>
    private static Record Idle(string run) => new()
    {
        { "run", run }, { "workloads", Array.Empty<string>() }, { "rate_fraction", null }, { "throughput_per_s", Array.Empty<double>() }, { "base_per_s", Array.Empty<double>() },
        { "score", Array.Empty<double>() }, { "combined", 0.0 }, { "kind", "idle" },
    };

    private static Record Describe(IGrouping<string, GuestScoreRow> run)
    {
        GuestScoreRow[] guests = [.. run.OrderBy(g => g.GuestIndex)];
        var record = new Record
        {
            { "run", run.Key },
            { "workloads", guests.Select(g => g.Workload).ToList() },
            { "rate_fraction", guests[0].RateFraction },
            { "throughput_per_s", guests.Select(g => g.ThroughputPerS).ToList() },
            { "base_per_s", guests.Select(g => g.BasePerS).ToList() },
            { "score", guests.Select(g => g.Score).ToList() },
        };
        record.Add("combined", guests[0].Combined, guests[0].ScoreReason);
        record.Add("kind", guests[0].Kind);
        record.Add("campaign", guests[0].Campaign);
        record.Add("base_campaign", guests.Select(g => g.BaseCampaign).ToList());
        return record;
    }
}
