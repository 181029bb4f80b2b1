using System.CommandLine;
using Colocate.Cli.Export;
using Colocate.Cli.Output;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>export</c>: tables for other tools.</summary>
internal static class ExportCommand
{
    internal static Command Create(Terminal terminal)
    {
        var names = new Argument<string[]>("TABLE") { Description = "The tables; `colocate tables` lists them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every table that has rows." };
        var output = new Option<string?>("--out", "-o") { Description = "Folder for a file a table. Default: one table as csv or json goes to standard output.", HelpName = "DIR" };
        Option<string> lake = CommonOptions.Lake();
        var format = new Option<string>("--format", "-f")
        {
            Description = "csv (texts that a spreadsheet could take for a formula begin with '), json (one object a line) or parquet.", HelpName = "csv|json|parquet", DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "json", "parquet");
        Option<bool> quiet = CommonOptions.Quiet();
        var command = new Command("export", "Write tables of a lake for other tools: spreadsheets, notebooks, databases.") { names, all, output, lake, format, quiet };
        command.Validators.Add(result =>
        {
            int given = result.GetValue(names)!.Length;
            if (result.GetValue(all) == given > 0)
                result.AddError("name tables, or give --all");
            if (result.GetValue(output) is null && (given != 1 || result.GetResult(format) is { Implicit: false } chosen && chosen.Tokens[0].Value == "parquet"))
                result.AddError("say where with --out DIR: only one table as csv or json fits standard output");
        });
        command.SetAction((parsed, cancellation) =>
        {
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            Table[] tables = parsed.GetValue(all) ? [.. TableCatalogue.All.Where(t => source.Files(t).Any(f => f.Rows > 0))] : [.. parsed.GetValue(names)!.Distinct().Select(Find)];
            var export = new TableExport(source, Enum.Parse<ExportFormat>(parsed.GetValue(format)!, ignoreCase: true), cancellation);
            if (parsed.GetValue(output) is not { } folder)
            {
                export.Write(tables[0], terminal.Out);
                return Task.FromResult(0);
            }

            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var written = new List<Record>();
            foreach ((int i, Table table) in tables.Index())
            {
                string path = Path.Combine(folder, export.FileName(table));
                export.Write(table, path);
                written.Add(new Record { { "table", table.Name }, { "file", path }, { "rows", source.Files(table).Sum(f => f.Rows) }, { "bytes", new FileInfo(path).Length } });
                progress.Report("export", i + 1, tables.Length, "tables");
            }

            RecordWriter.Write(terminal, null, written);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Table Find(string name) =>
        TableCatalogue.Find(name) ?? throw new RequestException(ExitCode.NothingMatched, $"There is no table '{name}'", "list them with `colocate tables`");
}
