using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Model.Runs;
using Colocate.Predict.Models;

namespace Colocate.Cli.Commands;

/// <summary><c>predict</c>: combined score of pairs, measured or not.</summary>
internal static class PredictCommand
{
    internal static Command Create(Terminal terminal)
    {
        var workloads = new Argument<string[]>("WORKLOAD") { Description = "Pairs, two names each: A B [A B]...", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every pair of the workloads known to the model (and to --lake or --solo)." };
        var inputs = new PredictionInputs();
        Option<double?> minScore = PredictionInputs.MinScore("Also say whether both workloads keep this score, by the bounds of their halves: yes, no, or measure (a run would tell).");
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("predict", "Predict the combined score of workload pairs, with an interval.") { workloads, all, minScore, format };
        inputs.AddTo(command);
        command.Validators.Add(result =>
        {
            int names = result.GetValue(workloads)!.Length;
            if (result.GetValue(all) ? names > 0 : names == 0)
                result.AddError("give either pairs of workloads or --all");
            else if (names % 2 != 0)
                result.AddError("workloads come in pairs: A B [A B]...");
        });
        command.SetAction(async (parsed, _) =>
        {
            KnownWorkloads known = await inputs.ReadAsync(parsed).ConfigureAwait(false);
            IEnumerable<(string A, string B)> pairs = parsed.GetValue(all) ? WorkloadPair.All(known.Names).Select(p => (p.A, p.B)) : parsed.GetValue(workloads)!.Chunk(2).Select(p => (p[0], p[1]));
            RecordWriter.Write(terminal, parsed.GetValue(format), pairs.Select(p => Describe(known.Predict(p.A, p.B), parsed.GetValue(minScore))).ToList());
            return 0;
        });
        return command;
    }

    private static Record Describe(PairPrediction p, double? minScore)
    {
        var record = new Record
        {
            { "workloads", new List<string> { p.WorkloadA, p.WorkloadB } }, { "combined", p.Combined }, { "low", p.Low }, { "high", p.High }, { "level", p.Level },
            { "score", new List<double> { p.ScoreA, p.ScoreB } }, { "score_low", new List<double> { p.LowA, p.LowB } }, { "extrapolates", p.Extrapolates }, { "measured", p.Measured },
            { "trainer", p.Trainer }, { "interval_note", p.IntervalNote }, { "extrapolates_note", p.ExtrapolationNote },
        };
        record.Add("reply_ms", p is { ReplyAMs: { } a, ReplyBMs: { } b } ? new List<double> { a, b } : null, p.ReplyReason);
        if (minScore is { } score)
            record.Add("admit", p.Admit(score).ToString().ToLowerInvariant());
        return record;
    }
}
