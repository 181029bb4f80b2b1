using System.Text;

namespace Colocate.Cli.Report;

/// <summary>How a figure stands in the page: question, verdict and finding, the figure itself, its numbers as a table and as a CSV file.</summary>
/// <param name="mostCsvBytes">Size up to which a CSV file is given whole.</param>
internal sealed class FigureBlock(int mostCsvBytes)
{
    /// <summary>A table of more rows than this is folded, so that the page stays readable.</summary>
    private const int MostRowsOpen = 30;

    /// <summary>Rows of a table in the page; what follows them is in its CSV file.</summary>
    internal const int MostRows = 400;

    /// <summary>Bytes of all CSV files together before base64, which adds a third: keeps the page below 8 MB beside 3.6 MB of script.</summary>
    internal const int CsvRoom = 1_200_000;

    /// <summary>Blocks of a page with these chapters: its CSV files share <see cref="CsvRoom"/>.</summary>
    internal static FigureBlock For(IEnumerable<ReportChapter> chapters) => new(CsvShare.Of(
        [.. chapters.SelectMany(c => c.Figures).Select(f => f.Drawing.Numbers).OfType<NumberTable>().Select(n => Encoding.UTF8.GetByteCount(n.ToCsv()))], CsvRoom));

    internal void Write(TextWriter page, IFigure figure, Drawing drawing)
    {
        page.Write($"<article id=\"{figure.Id}\">\n<h3 id=\"{figure.Id}-heading\">{Html.Encode(figure.Question)}</h3>\n<p id=\"{figure.Id}-finding\">");
        if (drawing.Verdict is { } verdict)
            page.Write(ReportPage.Mark(verdict));
        page.Write($"{Html.Sentence(drawing.Finding)}</p>\n");
        if (drawing.Omitted is { } omitted)
            page.Write($"<p class=\"omitted\">{Html.Encode(omitted)}</p>\n");
        if (drawing.Plot is { } plot)
        {
            page.Write($"<div class=\"scroll\"><div class=\"chart\" id=\"{figure.Id}-plot\" role=\"img\" ");
            page.Write($"aria-labelledby=\"{figure.Id}-heading\" aria-describedby=\"{figure.Id}-finding\" ");
            page.Write($"style=\"height:{plot.HeightPx}px;min-width:{plot.MinWidthPx}px\"></div></div>\n");
            page.Write($"<script type=\"application/json\" id=\"{figure.Id}-plot-json\">{plot.ToJson()}</script>\n");
        }

        if (drawing.Numbers is { } numbers)
            WriteNumbers(page, figure, numbers, isOpen: drawing.Plot is null && numbers.Count <= MostRowsOpen);
        page.Write("</article>\n");
    }

    private void WriteNumbers(TextWriter page, IFigure figure, NumberTable numbers, bool isOpen)
    {
        string csv = numbers.ToCsv(mostCsvBytes, out int rows), state = isOpen ? "class=\"open\" open" : "class=\"folded\"";
        string shown = numbers.Count <= MostRows ? "" : $", the first {MostRows} shown";
        page.Write($"<details {state}><summary>{(isOpen ? "Table" : "Numbers")}, {Show.Count(numbers.Count, "row")}{shown}</summary>\n");
        page.Write($"<div class=\"numbers\" tabindex=\"0\" role=\"region\" aria-label=\"Numbers: {Html.Encode(figure.Question)}\">");
        numbers.WriteHtml(page, MostRows);
        page.Write("</div></details>\n");
        string reads = string.Join(", ", figure.Reads.Select(t => t.Name));
        page.Write($"<p class=\"source\">From {Html.Encode(reads)}. ");
        page.Write($"<a download=\"{figure.Id}.csv\" href=\"data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(csv))}\">{figure.Id}.csv</a>");
        page.Write(rows == numbers.Count ? "</p>\n" : $", the first {rows} of {Show.Count(numbers.Count, "row")}; <code>colocate export</code> writes the tables whole</p>\n");
    }
}
