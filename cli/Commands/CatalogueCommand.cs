using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Model.Errors;
using Colocate.Model.Lake;

namespace Colocate.Cli.Commands;

/// <summary><c>catalogue</c>: where a lake's index is kept, and what it holds.</summary>
internal static class CatalogueCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        var use = new Option<string?>("--use")
        {
            Description = "Keep the index in this PostgreSQL database from now on, given as Host=...;Database=...;Username=... without a password (use ~/.pgpass or a client certificate), or in the lake's own file again: sqlite.",
            HelpName = "DATABASE",
        };
        var dump = new Option<bool>("--dump") { Description = "One line for everything it holds, in order: equal for equal lakes, whatever the database." };
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("catalogue", "Show or choose where the index of a lake is kept. It is only an index: it can be deleted and is made again from the manifests.") { lake, use, dump, format };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(lake)!;
            if (parsed.GetValue(use) is { } chosen)
                Lake.UseCatalogue(folder, chosen == "sqlite" ? null : chosen, Guid.NewGuid().ToString("N"));

            using Lake source = Lake.Open(folder);
            IReadOnlyList<string> entries = source.DumpCatalogue();
            if (parsed.GetValue(dump))
            {
                foreach (string line in entries)
                    terminal.Out.WriteLine(line);
                return (int)ExitCode.Done;
            }

            int Count(string kind) => entries.Count(e => e.StartsWith(kind + " ", StringComparison.Ordinal));
            RecordWriter.Write(terminal, parsed.GetValue(format), [new Record { { "catalogue", source.CataloguePlace }, { "outputs", Count("output") }, { "files", Count("file") }, { "inputs", Count("input") } }]);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
