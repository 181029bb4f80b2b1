using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Predict;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Models;
using Colocate.Predict.Trainers;

namespace Colocate.Cli.Commands;

/// <summary><c>train</c>: fit the regression.</summary>
internal static class TrainCommand
{
    internal static Command Create(Terminal terminal)
    {
        var inputs = new TrainingInputs();
        var output = new Option<string>("--out", "-o") { Description = "Where to write the model.", HelpName = "ZIP", Required = true };
        var trainer = new Option<string>("--trainer") { Description = "Trainer; auto chooses by inner leave-one-workload-out error.", DefaultValueFactory = _ => TrainerCatalogue.Auto };
        trainer.AcceptOnlyFromAmong([TrainerCatalogue.Auto, .. TrainerCatalogue.All.Select(t => t.Name)]);
        var studyOptions = new StudyOptions();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("train", "Fit the predictor of combined scores and write it, with its model card, to one file.") { output, trainer, quiet, format };
        studyOptions.AddTo(command);
        inputs.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            string wanted = parsed.GetValue(trainer)!;
            var study = new Study(
                await inputs.ReadAsync(parsed).ConfigureAwait(false),
                studyOptions.Read(parsed) with { Trainers = wanted == TrainerCatalogue.Auto ? [] : [wanted] });
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            StudyProgressReport report = new(progress);
            EvaluationResult errors = study.Evaluate(ProtocolCatalogue.All, report, cancellation);
            PredictionModel model = study.Train(wanted, errors.Rows, report, cancellation);
            ModelFiles.Write(model, parsed.GetValue(output)!);
            progress.Talk($"model: {parsed.GetValue(output)}");
            RecordWriter.Write(terminal, parsed.GetValue(format), [Describe(model.Card)]);
            return 0;
        });
        return command;
    }

    private static Record Describe(ModelCard card)
    {
        var record = new Record
        {
            { "trainer", card.Trainer }, { "pairs", card.Pairs }, { "workloads", card.Workloads }, { "inner_mae", card.InnerMae }, { "seed", card.Seed },
            { "data_digest", card.DataDigest }, { "pair_features", card.PairFeatures },
        };
        record.Add("reply_error_fraction", card.Replies?.ErrorFraction, "no reply times were measured in at least three pairs of three workloads");
        record.Add("reply_mean_error_fraction", card.Replies?.MeanErrorFraction);
        return record;
    }
}
