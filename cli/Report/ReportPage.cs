using System.Security.Cryptography;
using System.Text;
using Colocate.Model.Runs;

namespace Colocate.Cli.Report;

/// <summary>
/// The report as one HTML file that needs no network: script, style, figures and tables stand inside, and its content security policy lets
/// nothing else load and nothing else run. The same tables and provenance give the same bytes.
/// </summary>
public static class ReportPage
{
    /// <summary>A table of more rows than this is folded, so that the page stays readable.</summary>
    private const int MostRowsOpen = 30;

    /// <summary>Writes the page. Lines end in LF; the writer should encode UTF-8, which the page declares.</summary>
    public static void Write(TextWriter page, ReportTables tables, ReportProvenance provenance)
    {
        WriteHead(page);
        page.Write("<body>\n<header>\n<h1>Co-location report</h1>\n");
        page.Write($"<p class=\"lead\">{Html.Encode(Lead(tables))}</p>\n");
        WriteGlance(page, tables);
        page.Write("</header>\n<nav aria-label=\"Chapters\"><ul>\n");
        foreach (ReportSection section in FigureCatalogue.Sections)
            page.Write($"<li><a href=\"#{section.Id}\">{Html.Encode(section.Label)}</a></li>\n");
        page.Write("</ul></nav>\n<main>\n");
        foreach ((int i, ReportSection section) in FigureCatalogue.Sections.Index())
        {
            page.Write($"<section id=\"{section.Id}\">\n<h2><span class=\"step\">{i + 1}</span>{Html.Encode(section.Question)}</h2>\n");
            List<(IFigure Figure, Drawing Drawing)> drawings = [.. section.Figures.Select(f => (f, f.Draw(tables)))];
            WriteAnswer(page, drawings);
            if (section.Id == "provenance")
                WriteProvenance(page, provenance);
            foreach ((IFigure figure, Drawing drawing) in drawings)
                WriteFigure(page, figure, drawing);
            page.Write("</section>\n");
        }

        page.Write("</main>\n");
        WriteFoot(page);
    }

    private static void WriteHead(TextWriter page)
    {
        string policy = $"default-src 'none'; script-src {Hash(PlotlyScript.Source)} {Hash(ReportScript.Source)}; style-src 'unsafe-inline'; img-src data:; "
            + "base-uri 'none'; form-action 'none'";
        page.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
        page.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Co-location report</title>\n");
        page.Write($"<style>\n{ReportStyle.Source}\n</style>\n");
        page.Write("<noscript><style>.chart { display: none; }</style></noscript>\n</head>\n");
    }

    private static string Lead(ReportTables tables)
    {
        string[] hosts =
        [
            .. tables.Runs.Select(r => string.Join(", ", new[] { r.Hypervisor, r.Scheduler }.OfType<string>())).Where(h => h.Length > 0).Distinct(),
        ];
        string[] workloads = [.. tables.BaseCases.Select(b => b.Workload).Distinct().Order(WorkloadOrder.Instance)];
        string on = hosts.Length == 0 ? "" : $" on {Show.Names(hosts)}";
        string of = workloads.Length == 0 ? "no workload was measured alone" : $"{Show.Count(workloads.Length, "workload")}: {Show.Names(workloads, 8)}";
        return $"{Show.Count(tables.Runs.Count, "run")}{on}; {of}. "
            + "The combined score of a pair is T₁/B₁ + T₂/B₂, throughput together over throughput alone: 1 is what taking turns would give, 2 is no interference.";
    }

    private static void WriteGlance(TextWriter page, ReportTables tables)
    {
        page.Write("<dl class=\"glance\">\n");
        foreach (ReportGlance glance in ReportGlance.All(tables))
        {
            page.Write($"<div><dt>{Html.Encode(glance.Label)}</dt>");
            page.Write($"<dd>{Html.Encode(glance.Value)}<small>{Html.Encode(glance.Remark)}</small></dd></div>\n");
        }

        page.Write("</dl>\n");
    }

    /// <summary>A chapter of several checks is answered by the gravest of them.</summary>
    private static void WriteAnswer(TextWriter page, List<(IFigure Figure, Drawing Drawing)> drawings)
    {
        List<(IFigure Figure, Verdict Verdict)> checks =
            [.. drawings.Where(d => d.Drawing.Verdict is not null).Select(d => (d.Figure, d.Drawing.Verdict!.Value))];
        if (checks.Count < 2)
            return;
        int passed = checks.Count(c => c.Verdict == Verdict.Yes);
        page.Write($"<p class=\"answer\">{Mark(checks.Max(c => c.Verdict))}{passed} of {checks.Count} checks pass without reservation");
        string open = string.Join(
            ", ", checks.Where(c => c.Verdict != Verdict.Yes).Select(c => $"<a href=\"#{c.Figure.Id}\">{Html.Encode(c.Figure.Question)}</a>"));
        page.Write(open.Length == 0 ? ".</p>\n" : $"; look at: {open}</p>\n");
    }

    private static string Mark(Verdict verdict)
    {
        string tone = verdict switch { Verdict.Yes => "yes", Verdict.WithCare => "care", _ => "no" };
        return $"<span class=\"verdict {tone}\">{Show.Mark(verdict)}.</span>";
    }

    private static void WriteFigure(TextWriter page, IFigure figure, Drawing drawing)
    {
        page.Write($"<article id=\"{figure.Id}\">\n<h3>{Html.Encode(figure.Question)}</h3>\n<p>");
        if (drawing.Verdict is { } verdict)
            page.Write(Mark(verdict));
        page.Write($"{Html.Encode(drawing.Finding)}</p>\n");
        if (drawing.Plot is { } plot)
        {
            page.Write($"<div class=\"scroll\"><div class=\"chart\" id=\"{figure.Id}-plot\" role=\"img\" aria-label=\"{Html.Encode(figure.Question)}\" ");
            page.Write($"style=\"height:{plot.HeightPx}px;min-width:{plot.MinWidthPx}px\"></div></div>\n");
            page.Write($"<script type=\"application/json\" id=\"{figure.Id}-plot-json\">{plot.ToJson()}</script>\n");
        }

        if (drawing.Numbers is { } numbers)
            WriteNumbers(page, figure, numbers, isOpen: drawing.Plot is null && numbers.Count <= MostRowsOpen);
        page.Write("</article>\n");
    }

    private static void WriteNumbers(TextWriter page, IFigure figure, NumberTable numbers, bool isOpen)
    {
        string state = isOpen ? "class=\"open\" open" : "class=\"folded\"";
        page.Write($"<details {state}><summary>{(isOpen ? "Table" : "Numbers")}, {Show.Count(numbers.Count, "row")}</summary>\n<div class=\"numbers\">");
        numbers.WriteHtml(page);
        page.Write("</div></details>\n");
        string csv = Convert.ToBase64String(Encoding.UTF8.GetBytes(numbers.ToCsv()));
        string reads = string.Join(", ", figure.Reads.Select(t => t.Name));
        page.Write($"<p class=\"source\">From {Html.Encode(reads)}. ");
        page.Write($"<a download=\"{figure.Id}.csv\" href=\"data:text/csv;charset=utf-8;base64,{csv}\">{figure.Id}.csv</a></p>\n");
    }

    private static void WriteProvenance(TextWriter page, ReportProvenance provenance)
    {
        page.Write($"<article id=\"rebuild\">\n<h3>How is this page rebuilt?</h3>\n<p>By Colocate {Html.Encode(provenance.ToolVersion)}; ");
        page.Write("the same lake gives the same bytes, on any machine and at any time.</p>\n");
        page.Write($"<code class=\"command\">{Html.Encode(provenance.Command)}</code>\n");
        if (provenance.Fingerprints.Count == 0)
        {
            page.Write("<p>The lake states no fingerprint of its tables.</p>\n</article>\n");
            return;
        }

        NumberTable fingerprints = NumberTable.Of<TableFingerprint>(provenance.Fingerprints,
        [
            new("table", "Table", NumberFormat.Text, f => f.Table),
            new("fingerprint", "Fingerprint", NumberFormat.Code, f => f.Fingerprint),
        ]);
        page.Write($"<details class=\"folded\"><summary>Fingerprints, {Show.Count(fingerprints.Count, "row")}</summary>\n<div class=\"numbers\">");
        fingerprints.WriteHtml(page);
        page.Write("</div></details>\n</article>\n");
    }

    private static void WriteFoot(TextWriter page)
    {
        page.Write("<footer>\n<p>Figures are drawn by plotly.js 2.28.0 (MIT), taken from the NuGet package Plotly.NET. ");
        page.Write("Colours are those of Okabe and Ito, and PuOr and BrBG of ColorBrewer.</p>\n");
        page.Write("<details class=\"folded\"><summary>Notices of third-party code in plotly.js</summary>");
        page.Write($"<div class=\"notices\">{Html.Encode(PlotlyScript.Notices)}</div></details>\n</footer>\n");
        page.Write($"<script type=\"application/json\" id=\"plot-template\">{PlotTemplate.Json}</script>\n");
        page.Write($"<script>{PlotlyScript.Source}</script>\n<script>{ReportScript.Source}</script>\n</body>\n</html>\n");
    }

    /// <summary>A script in the content security policy (CSP level 2): digest of the UTF-8 text between its tags.</summary>
    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
