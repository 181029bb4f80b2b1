using System.CommandLine;
using Colocate.Cli.Pipeline;
using Colocate.Model.Lake;

namespace Colocate.Cli.Commands;

/// <summary><c>report</c>: one offline HTML file.</summary>
internal static class ReportCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        var output = new Option<string>("--out", "-o") { Description = "Where to write the page.", HelpName = "HTML", Required = true };
        Option<bool> quiet = CommonOptions.Quiet();
        var command = new Command("report", "Write everything a lake tells as one HTML file that needs no network.") { lake, output, quiet };
        command.SetAction(async (parsed, _) =>
        {
            WholeFile.CheckWritable(parsed.GetValue(output)!);
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            await LakeReport.WriteAsync(source, parsed.GetValue(output)!).ConfigureAwait(false);
            if (!parsed.GetValue(quiet))
                await terminal.Error.WriteLineAsync($"report: {parsed.GetValue(output)}").ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}
