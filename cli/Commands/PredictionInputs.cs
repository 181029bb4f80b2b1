using System.CommandLine;
using Colocate.Cli.Pipeline;

namespace Colocate.Cli.Commands;

/// <summary>Where <c>predict</c> and <c>place</c> take a model from, and workloads that it never saw: a lake or a CSV file.</summary>
internal sealed class PredictionInputs
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "Model made by train or run.", HelpName = "ZIP", Required = true };
    private readonly Option<string?> _lake = new("--lake", "-l") { Description = "Lake with base runs of workloads that the model never saw.", HelpName = "DIR" };
    private readonly Option<string?> _solo = new("--solo") { Description = "Solo figures of workloads that the model never saw.", HelpName = "CSV" };
    private readonly Option<double> _level = CommonOptions.Level();

    internal void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_lake);
        command.Add(_solo);
        command.Add(_level);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_lake) is not null && result.GetValue(_solo) is not null)
                result.AddError("give either --lake or --solo");
        });
    }

    internal async Task<KnownWorkloads> ReadAsync(ParseResult parsed) =>
        await KnownWorkloads.ReadAsync(ModelFiles.Read(parsed.GetValue(_model)!), parsed.GetValue(_lake), parsed.GetValue(_solo), parsed.GetValue(_level)).ConfigureAwait(false);

    /// <summary>An option for the score that every workload is to keep.</summary>
    internal static Option<double?> MinScore(string description)
    {
        var option = new Option<double?>("--min-score") { Description = description, HelpName = "S" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } score && score is not (> 0 and <= 1))
                result.AddError("--min-score must lie above 0 and not above 1, which is what a workload scores alone");
        });
        return option;
    }
}
