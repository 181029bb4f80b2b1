using System.Globalization;
using System.Text;

namespace Colocate.Cli.Report;

/// <summary>The numbers behind a figure: an HTML table for people, a CSV file for programs.</summary>
public sealed class NumberTable
{
    private readonly List<(object?[] Cells, bool IsHighlighted)> _rows = [];

    private NumberTable(IReadOnlyList<NumberColumn> columns) => Columns = columns;

    /// <summary>The columns; the first one names the row.</summary>
    public IReadOnlyList<NumberColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Makes a table.</summary>
    /// <param name="rows">What each row is made from, in reading order.</param>
    /// <param name="columns">The columns; the first one names the row.</param>
    /// <param name="highlight">Says which rows stand out; null when none does.</param>
    public static NumberTable Of<TRow>(IEnumerable<TRow> rows, IReadOnlyList<NumberColumn<TRow>> columns, Func<TRow, bool>? highlight = null)
    {
        var table = new NumberTable(columns);
        foreach (TRow row in rows)
            table._rows.Add(([.. columns.Select(c => c.Value(row))], highlight?.Invoke(row) ?? false));
        return table;
    }

    /// <summary>Writes the table as HTML, every text encoded.</summary>
    public void WriteHtml(TextWriter page)
    {
        page.Write("<table><thead><tr>");
        foreach (NumberColumn column in Columns)
            page.Write($"<th scope=\"col\"{Class(column)}>{Html.Encode(column.Heading)}</th>");
        page.Write("</tr></thead><tbody>\n");
        foreach ((object?[] cells, bool isHighlighted) in _rows)
        {
            page.Write(isHighlighted ? "<tr class=\"highlight\">" : "<tr>");
            for (int i = 0; i < cells.Length; i++)
            {
                string tag = i == 0 ? "th" : "td";
                string scope = i == 0 ? " scope=\"row\"" : "";
                page.Write($"<{tag}{scope}{Class(Columns[i])}>{Cell(cells[i], Columns[i].Format)}</{tag}>");
            }

            page.Write("</tr>\n");
        }

        page.Write("</tbody></table>\n");
    }

    /// <summary>
    /// The table as CSV (RFC 4180 with line feeds): column names first, unknown values empty, numbers so that they read back exactly.
    /// </summary>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        foreach ((object?[] cells, _) in _rows)
            csv.AppendJoin(',', cells.Select(Field)).Append('\n');
        return csv.ToString();
    }

    private static string Class(NumberColumn column) =>
        column.IsNumeric ? " class=\"number\"" : column.Format == NumberFormat.Prose ? " class=\"prose\"" : "";

    private static string Cell(object? value, NumberFormat format)
    {
        string text = Html.Encode(Show.Value(value, format));
        return format == NumberFormat.Code && value is not null ? $"<code>{text}</code>" : text;
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        string text when text.AsSpan().IndexOfAny(",\"\r\n") < 0 => text,
        string text => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
