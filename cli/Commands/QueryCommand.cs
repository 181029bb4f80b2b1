using System.CommandLine;
using System.Text.RegularExpressions;
using Colocate.Cli.Output;
using Colocate.Cli.Query;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>query</c>: SQL over the committed tables of a lake.</summary>
internal static partial class QueryCommand
{
    internal static Command Create(Terminal terminal)
    {
        var sql = new Argument<string?>("SQL") { Description = "One query in DuckDB's SQL; `-` reads it from standard input. Every table of the lake is a view of its name.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "Read the query from this file.", HelpName = "FILE" };
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("query", "Ask a lake in SQL (DuckDB). Reads the lake's tables and nothing else; writes nothing.") { sql, file, lake, format };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(sql) is null) == (result.GetValue(file) is null))
                result.AddError("give one query: `query SQL` or `query --file FILE`");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            string text = parsed.GetValue(sql) is { } given && given != "-" ? given : await ReadAsync(parsed.GetValue(file), cancellation).ConfigureAwait(false);
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            using var database = new LakeDatabase(source, Named(text));
            using QueryRows rows = database.Query(text, cancellation);
            RecordWriter.Write(terminal, parsed.GetValue(format), rows.Records(), rows.Columns);
            return 0;
        });
        return command;
    }

    /// <summary>Tables that the query may mean: those whose name stands in it; all when it asks what there is.</summary>
    private static IEnumerable<Table> Named(string sql) => AsksWhatThereIs().IsMatch(sql)
        ? TableCatalogue.All
        : TableCatalogue.All.Where(t => sql.Contains(t.Name, StringComparison.OrdinalIgnoreCase));

    private static async Task<string> ReadAsync(string? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            return await input.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }

        return File.Exists(file)
            ? await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false)
            : throw new RequestException(ExitCode.NothingMatched, $"'{file}' does not exist", "check the path");
    }

    [GeneratedRegex(@"\b(show|describe|information_schema|duckdb_\w+|pragma_\w+|sqlite_master)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhatThereIs();
}
