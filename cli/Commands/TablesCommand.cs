using System.CommandLine;
using System.Text;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>tables</c>: what is stored, column by column.</summary>
internal static class TablesCommand
{
    internal static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("TABLE") { Description = "Show the columns of this table with unit, meaning and what null means.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> lake = new("--lake", "-l") { Description = "Also count what this lake holds.", HelpName = "DIR" };
        Option<OutputFormat?> format = CommonOptions.Format();
        var pages = new Option<string?>("--pages") { Description = "Write the documentation of all tables as Markdown pages into this folder instead.", HelpName = "DIR" };
        var command = new Command("tables", "List the tables of a lake, or the columns of one table.") { name, lake, pages, format };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(pages) is { } folder)
            {
                foreach ((string file, string content) in ColumnPages.All())
                    WholeFile.Write(Path.Combine(folder, file), stream => stream.Write(Encoding.UTF8.GetBytes(content)));
                return 0;
            }

            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(name) is { } table ? Columns(table) : Tables(parsed.GetValue(lake)));
            return 0;
        });
        return command;
    }

    private static IEnumerable<Record> Columns(string name)
    {
        Table table = TableCatalogue.Find(name)
            ?? throw new RequestException(ExitCode.NothingMatched, $"There is no table '{name}'", "list them with `colocate tables`");
        return table.Columns.Select(c => new Record
        {
            { "column", c.Name }, { "type", TableDescription.TypeName(c) }, { "unit", c.Unit }, { "description", c.Description }, { "null_means", c.NullMeans },
        });
    }

    private static List<Record> Tables(string? folder)
    {
        using Lake? lake = folder is null ? null : Lake.Open(folder);
        return
        [
            .. TableCatalogue.All.Select(t =>
            {
                IReadOnlyList<StageFile>? files = lake?.Files(t);
                var record = new Record { { "table", t.Name }, { "version", t.Version }, { "columns", t.Columns.Count }, { "description", t.Description } };
                if (files is not null)
                {
                    record.Add("files", files.Count);
                    record.Add("rows", files.Sum(f => f.Rows));
                    record.Add("bytes", files.Sum(f => f.Bytes));
                }

                return record;
            }),
        ];
    }
}
