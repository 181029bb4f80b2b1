using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;

namespace Colocate.Cli.Commands;

/// <summary><c>predict</c>: combined score of pairs, measured or not.</summary>
internal static class PredictCommand
{
    internal static Command Create(Terminal terminal)
    {
        var workloads = new Argument<string[]>("WORKLOAD") { Description = "Pairs, two names each: A B [A B]...", Arity = ArgumentArity.ZeroOrMore };
        var model = new Option<string>("--model", "-m") { Description = "Model made by train or run.", HelpName = "ZIP", Required = true };
        var all = new Option<bool>("--all") { Description = "Every pair of the workloads known to the model (and to --lake or --solo)." };
        var lake = new Option<string?>("--lake", "-l") { Description = "Lake with base runs of workloads that the model never saw.", HelpName = "DIR" };
        var solo = new Option<string?>("--solo") { Description = "Solo figures of workloads that the model never saw.", HelpName = "CSV" };
        Option<double> level = CommonOptions.Level();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("predict", "Predict the combined score of workload pairs, with an interval.") { workloads, model, all, lake, solo, level, format };
        command.Validators.Add(result =>
        {
            int names = result.GetValue(workloads)!.Length;
            if (result.GetValue(all) ? names > 0 : names == 0)
                result.AddError("give either pairs of workloads or --all");
            else if (names % 2 != 0)
                result.AddError("workloads come in pairs: A B [A B]...");
            if (result.GetValue(lake) is not null && result.GetValue(solo) is not null)
                result.AddError("give either --lake or --solo");
        });
        command.SetAction(async (parsed, _) =>
        {
            PredictionModel fitted = ModelFiles.Read(parsed.GetValue(model)!);
            Dictionary<string, SoloProfile> profiles = fitted.Training.Profiles.ToDictionary(p => p.Workload);
            (IReadOnlyList<SoloProfile> extras, SimulatedPairs more) = await ExtraAsync(parsed.GetValue(lake), parsed.GetValue(solo)).ConfigureAwait(false);
            foreach (SoloProfile extra in extras)
                profiles.TryAdd(extra.Workload, extra);
            SimulatedPairs simulated = fitted.Training.Simulated.Or(more);
            IEnumerable<(string A, string B)> pairs = parsed.GetValue(all) ? WorkloadPair.All(profiles.Keys).Select(p => (p.A, p.B)) : parsed.GetValue(workloads)!.Chunk(2).Select(p => (p[0], p[1]));
            RecordWriter.Write(terminal, parsed.GetValue(format), pairs.Select(p => Describe(Predict(fitted, profiles, simulated, p.A, p.B, parsed.GetValue(level)))).ToList());
            return 0;
        });
        return command;
    }

    private static PairPrediction Predict(PredictionModel model, Dictionary<string, SoloProfile> profiles, SimulatedPairs simulated, string a, string b, double level)
    {
        SoloProfile ProfileOf(string workload) => profiles.GetValueOrDefault(workload) ?? (workload == DomainSpec.IdleWorkload
            ? new SoloProfile(workload, [])
            : throw new RequestException(ExitCode.NothingMatched, $"Nothing is known of the workload '{workload}'",
                $"name one of {string.Join(", ", profiles.Keys)}, or give its base run with --lake or its figures with --solo"));
        return model.Predict(simulated.Of(ProfileOf(a), ProfileOf(b)), level);
    }

    private static async Task<(IReadOnlyList<SoloProfile> Profiles, SimulatedPairs Simulated)> ExtraAsync(string? folder, string? csv)
    {
        if (csv is not null)
        {
            using StreamReader text = TrainingInputs.OpenText(csv);
            return (SoloCsv.Read(text, csv), SimulatedPairs.None);
        }

        if (folder is null)
            return ([], SimulatedPairs.None);
        using Lake lake = Lake.Open(folder);
        ScoreTables scores = await LakeScores.ComputeAsync(lake).ConfigureAwait(false);
        return (await LakeTraining.ProfilesAsync(lake, scores).ConfigureAwait(false), await LakeTraining.SimulatedAsync(lake).ConfigureAwait(false));
    }

    private static Record Describe(PairPrediction p) => new()
    {
        { "workloads", new List<string> { p.WorkloadA, p.WorkloadB } }, { "combined", p.Combined }, { "low", p.Low }, { "high", p.High }, { "level", p.Level },
        { "score", new List<double> { p.ScoreA, p.ScoreB } }, { "extrapolates", p.Extrapolates }, { "measured", p.Measured }, { "trainer", p.Trainer }, { "interval_note", p.IntervalNote },
    };
}
