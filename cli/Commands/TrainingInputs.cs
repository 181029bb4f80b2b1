using System.CommandLine;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Predict.Profiles;

namespace Colocate.Cli.Commands;

/// <summary>Where <c>train</c> and <c>evaluate</c> take solo figures and measured pairs from: a lake, or two CSV files.</summary>
internal sealed class TrainingInputs
{
    private readonly Option<string?> _lake = new("--lake", "-l") { Description = "Folder of the lake. Default: lake, unless CSV files are given.", HelpName = "DIR" };
    private readonly Option<string?> _solo = new("--solo") { Description = "Solo figures: workload,<feature>,... with one row a workload; empty = unknown. A column of names is a category.", HelpName = "CSV" };
    private readonly Option<string?> _pairs = new("--pairs") { Description = "Measured pairs: workload_a,workload_b,score_a,score_b[,repeats]; score = throughput together / throughput alone. Both orders of a pair and several rows are repeats of one.", HelpName = "CSV" };

    internal void AddTo(Command command)
    {
        command.Add(_lake);
        command.Add(_solo);
        command.Add(_pairs);
        command.Validators.Add(result =>
        {
            bool solo = result.GetValue(_solo) is not null, pairs = result.GetValue(_pairs) is not null;
            if (solo != pairs)
                result.AddError("--solo and --pairs go together");
            if (solo && result.GetValue(_lake) is not null)
                result.AddError("give either --lake or --solo with --pairs");
        });
    }

    internal async Task<TrainingSet> ReadAsync(ParseResult parsed)
    {
        if (parsed.GetValue(_solo) is not { } solo)
        {
            using Lake lake = Lake.Open(parsed.GetValue(_lake) ?? "lake");
            return await LakeTraining.ReadAsync(lake).ConfigureAwait(false);
        }

        using StreamReader soloText = OpenText(solo), pairsText = OpenText(parsed.GetValue(_pairs)!);
        IReadOnlyList<SoloProfile> profiles = SoloCsv.Read(soloText, solo);
        return new TrainingSet(profiles, PairsCsv.Read(pairsText, parsed.GetValue(_pairs)!, profiles.Select(p => p.Workload).ToHashSet(StringComparer.Ordinal)));
    }

    /// <summary>Opens a text file that the user named.</summary>
    internal static StreamReader OpenText(string path) => File.Exists(path)
        ? new StreamReader(path)
        : throw new RequestException(ExitCode.WrongUse, $"'{path}' does not exist", "check the path");
}
