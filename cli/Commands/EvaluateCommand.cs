using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Cli.Commands;

/// <summary><c>evaluate</c>: honest errors of every trainer and baseline, per protocol.</summary>
internal static class EvaluateCommand
{
    internal static Command Create(Terminal terminal)
    {
        var inputs = new TrainingInputs();
        var protocol = new Option<string[]>("--protocol")
        {
            Description = "Who is held out: " + string.Join("; ", ProtocolCatalogue.All.Select(p => p.Name)) + ". Default: all.", DefaultValueFactory = _ => [],
        };
        protocol.AcceptOnlyFromAmong([.. ProtocolCatalogue.All.Select(p => p.Name)]);
        var trainers = new Option<string[]>("--trainer") { Description = "Fit this trainer in inner folds too, which its intervals need: slow ones are only in small sets, or when named.", DefaultValueFactory = _ => [] };
        trainers.AcceptOnlyFromAmong([.. TrainerCatalogue.All.Select(t => t.Name)]);
        var pairs = new Option<bool>("--predictions") { Description = "One line a held-out prediction instead of one line a model." };
        var studyOptions = new StudyOptions();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("evaluate", "Measure the predictor's errors on pairs that it did not see, beside every baseline.") { protocol, trainers, pairs, quiet, format };
        studyOptions.AddTo(command);
        inputs.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            TrainingSet set = await inputs.ReadAsync(parsed).ConfigureAwait(false);
            string[] wanted = parsed.GetValue(protocol)!, named = parsed.GetValue(trainers)!;
            var study = new Study(set, studyOptions.Read(parsed) with { Trainers = named });
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            string[] once = [.. TrainerCatalogue.All.Except(TrainerCatalogue.Nested(set)).Select(t => t.Name).Except(named)];
            if (once.Length > 0)
                progress.Talk($"evaluate: {string.Join(", ", once)} {(once.Length == 1 ? "is" : "are")} slow: errors without intervals, and auto does not consider {(once.Length == 1 ? "it" : "them")}; name one with --trainer for both");
            EvaluationResult result = study.Evaluate(ProtocolCatalogue.All.Where(p => wanted.Length == 0 || wanted.Contains(p.Name)), new StudyProgressReport(progress), cancellation);
            bool brief = RecordWriter.Chosen(terminal, parsed.GetValue(format)) == OutputFormat.Table;
            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(pairs) ? result.Pairs.Select(TableRecords.Of) : result.Rows.Select(r => brief ? Describe(r, brief) : DescribeAll(r)));
            return 0;
        });
        return command;
    }

    /// <summary>The fields of the contract first, in its order; then all else that the row holds.</summary>
    private static Record Describe(EvaluationRow row, bool brief)
    {
        var record = new Record
        {
            { "protocol", row.Protocol }, { "model", row.Model }, { "kind", row.ModelKind }, { "n", row.N }, { "mae", row.Mae }, { "mape", row.Mape }, { "rmse", row.Rmse },
            { "spearman", row.Spearman }, { "regret_mean", row.RegretMean },
        };
        record.Add("matching_gap_closed", row.MatchingGapClosed, row.MatchingReason);
        // A table has no room for sentences; progress says the same once.
        record.Add("coverage", row.Coverage, brief ? null : row.IntervalReason);
        record.Add("width", row.Width);
        record.Add("level", row.Level);
        record.Add("skill", row.Skill);
        record.Add("repeat_spread", row.RepeatSpread, brief ? null : row.RepeatReason);
        record.Add("repeat_spread_relative", row.RepeatSpreadRelative);
        return record;
    }

    private static Record DescribeAll(EvaluationRow row)
    {
        Record all = TableRecords.Of(row), record = Describe(row, brief: false);
        foreach ((string name, object? value) in all.Where(f => !record.Has(f.Key) && f.Key is not ("model_kind" or "interval_reason")))
            record.Add(name, value);
        return record;
    }
}
