using System.Globalization;
using System.Text;
using Colocate.Cli.Output;

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
    /// <param name="page">Where to.</param>
    /// <param name="mostRows">Rows to write at most, from the first on.</param>
    public void WriteHtml(TextWriter page, int mostRows = int.MaxValue)
    {
        page.Write("<table><thead><tr>");
        foreach (NumberColumn column in Columns)
            page.Write($"<th scope=\"col\"{Class(column)}>{Html.Encode(column.Heading)}</th>");
        page.Write("</tr></thead><tbody>\n");
        foreach ((object?[] cells, bool isHighlighted) in _rows.Take(mostRows))
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
    /// The table as CSV (RFC 4180 with line feeds): column names first, unknown values empty, numbers so that they read back exactly. Names are harmless to
    /// terminals (<see cref="VisibleText"/>) and to spreadsheets: a quotation mark stands before one that they would calculate or call.
    /// </summary>
    /// <param name="mostBytes">Size in UTF-8 that whole rows, from the first on, may fill.</param>
    /// <param name="rows">Number of rows that do.</param>
    public string ToCsv(int mostBytes, out int rows)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        int bytes = csv.Length;
        rows = 0;
        foreach ((object?[] cells, _) in _rows)
        {
            string line = string.Join(',', cells.Select((cell, i) => Field(cell, Columns[i].Format))) + "\n";
            bytes += Encoding.UTF8.GetByteCount(line);
            if (bytes > mostBytes)
                break;
            csv.Append(line);
            rows++;
        }

        return csv.ToString();
    }

    /// <summary>The whole table as CSV.</summary>
    public string ToCsv() => ToCsv(int.MaxValue, out _);

    private static string Class(NumberColumn column) =>
        column.IsNumeric ? " class=\"number\"" : column.Format == NumberFormat.Prose ? " class=\"prose\"" : "";

    private static string Cell(object? value, NumberFormat format)
    {
        string text = Html.Encode(Show.Value(value, format));
        return format == NumberFormat.Code && value is not null ? $"<code>{text}</code>" : text;
    }

    private static string Field(object? value, NumberFormat format) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        string text => Quoted(Harmless(VisibleText.Of(text, keepsLines: true), format)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// A name that a spreadsheet would take for a formula that calls or refers to something, as text (OWASP, "CSV Injection"). Sentences and numbers of our
    /// own, such as a target <c>= 1.58</c>, stay as they are.
    /// </summary>
    private static string Harmless(string text, NumberFormat format) =>
        format == NumberFormat.Text && text.TrimStart() is ['=' or '+' or '-' or '@', ..] && text.AsSpan().IndexOfAny("(|!") >= 0 ? "'" + text : text;
}
