using System.Globalization;
using System.Text;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Output;

/// <summary>The documentation of tables as Markdown: a page a table and one that lists them, made of what the code itself stores by.</summary>
internal static class ColumnPages
{
    internal const string Index = "README.md";

    private const string Made = "<!-- Made by `colocate tables --pages DIR`; do not edit. -->\n\n";

    /// <summary>Name and content of each page.</summary>
    internal static IReadOnlyList<(string File, string Content)> All() => [(Index, List()), .. TableCatalogue.All.Select(t => (t.Name + ".md", PageOf(t)))];

    private static string List()
    {
        var page = new StringBuilder(Made).Append("# Tables of a lake\n\n")
            .Append("Parquet files below `LAKE/tables/TABLE/v1/`. Ask them with `colocate query`, take them elsewhere with `colocate export`.\n\n")
            .Append("| table | columns | one row is |\n|---|---|---|\n");
        foreach (Table table in TableCatalogue.All)
            page.Append(CultureInfo.InvariantCulture, $"| [{table.Name}]({table.Name}.md) | {table.Columns.Count} | {Cell(table.Description)} |\n");
        return page.ToString();
    }

    private static string PageOf(Table table)
    {
        var page = new StringBuilder(Made).Append(CultureInfo.InvariantCulture, $"# {table.Name}\n\n{table.Description} Layout version {table.Version}.\n\n");
        if (table.KeysStandInPath)
            page.Append("`query` and `export` put `campaign` and `run` before these columns.\n\n");
        page.Append("| column | type | unit | range | meaning | null means |\n|---|---|---|---|---|---|\n");
        foreach (Column column in table.Columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{column.Name}` | {TableDescription.TypeName(column)} | {Cell(column.Unit)} | {Cell(column.Range ?? "any")} | {Cell(column.Description)} | ")
                .Append(Cell(column.NullMeans ?? "never null")).Append(column.ReasonColumn is { } reason ? $"; see `{reason}`" : "").Append(" |\n");
        }

        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
