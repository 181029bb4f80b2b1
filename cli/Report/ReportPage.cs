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
    /// <summary>Writes the page. Lines end in LF; the writer should encode UTF-8, which the page declares.</summary>
    public static void Write(TextWriter page, ReportTables tables, ReportProvenance provenance)
    {
        IReadOnlyList<ReportChapter> chapters = ReportChapter.All(tables);
        FigureBlock block = FigureBlock.For(chapters);
        WriteHead(page);
        page.Write("<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n<header>\n");
        page.Write("<button type=\"button\" id=\"theme\" hidden>Dark colours</button>\n<h1>Co-location report</h1>\n");
        page.Write($"<p class=\"lead\">{Html.Encode(Lead(tables))}</p>\n");
        WriteGlance(page, tables);
        WriteOverview(page, chapters);
        page.Write("</header>\n<nav aria-label=\"Chapters\"><ul>\n");
        foreach (ReportSection section in FigureCatalogue.Sections)
            page.Write($"<li><a href=\"#{section.Id}\">{Html.Encode(section.Label)}</a></li>\n");
        page.Write("</ul></nav>\n<main id=\"main\">\n");
        foreach ((int i, ReportChapter chapter) in chapters.Index())
        {
            page.Write($"<section id=\"{chapter.Section.Id}\" aria-labelledby=\"{chapter.Section.Id}-heading\">\n");
            page.Write($"<h2 id=\"{chapter.Section.Id}-heading\"><span class=\"step\">{i + 1}</span>{Html.Encode(chapter.Section.Question)}</h2>\n");
            WriteAnswer(page, chapter);
            if (chapter.Section.Id == "provenance")
                WriteProvenance(page, provenance);
            foreach ((IFigure figure, Drawing drawing) in chapter.Figures)
                block.Write(page, figure, drawing);
            page.Write("</section>\n");
        }

        page.Write("</main>\n");
        WriteFoot(page);
    }

    /// <summary>A verdict as symbol and word, in its tone.</summary>
    internal static string Mark(Verdict verdict)
    {
        string tone = verdict switch { Verdict.Yes => "yes", Verdict.WithCare => "care", _ => "no" };
        return $"<span class=\"verdict {tone}\">{Show.Mark(verdict)}.</span>";
    }

    private static void WriteHead(TextWriter page)
    {
        string scripts = string.Join(' ', new[] { ReportScript.Theme, PlotlyScript.Source, ReportScript.Figures }.Select(Hash));
        string policy = $"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
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

    /// <summary>Each chapter's question, its verdict and its answer in a sentence: what was found, how far to trust it, and where to look.</summary>
    private static void WriteOverview(TextWriter page, IReadOnlyList<ReportChapter> chapters)
    {
        page.Write("<ol class=\"overview\">\n");
        foreach (ReportChapter chapter in chapters)
        {
            page.Write($"<li{(chapter.HasAnswer ? "" : " class=\"unknown\"")}><a href=\"#{chapter.Section.Id}\">{Html.Encode(chapter.Section.Question)}</a> ");
            if (chapter.Verdict is { } verdict)
                page.Write(Mark(verdict));
            page.Write($"<span>{Html.Sentence(chapter.Summary)}</span></li>\n");
        }

        page.Write("</ol>\n");
    }

    private static void WriteAnswer(TextWriter page, ReportChapter chapter)
    {
        if (chapter.Checks.Count < 2)
            return;
        page.Write($"<p class=\"answer\">{Mark(chapter.Verdict!.Value)}{chapter.CheckCount}");
        string open = string.Join(
            ", ", chapter.Checks.Where(c => c.Verdict != Verdict.Yes).Select(c => $"<a href=\"#{c.Figure.Id}\">{Html.Encode(c.Figure.Question)}</a>"));
        page.Write(open.Length == 0 ? ".</p>\n" : $"; look at: {open}</p>\n");
    }

    private static void WriteProvenance(TextWriter page, ReportProvenance provenance)
    {
        page.Write($"<article id=\"rebuild\">\n<h3 id=\"rebuild-heading\">How is this page rebuilt?</h3>\n<p>By Colocate {Html.Encode(provenance.ToolVersion)}; ");
        page.Write("the same lake gives the same bytes, on any machine and at any time.</p>\n");
        page.Write($"<code class=\"command\">{Html.Encode(provenance.Command)}</code>\n");
        if (provenance.Settings.Count == 0)
        {
            page.Write("<p>The lake states no settings: it was filled by commands that record none, or by an earlier version.</p>\n");
        }
        else
        {
            NumberTable settings = NumberTable.Of<SettingUsed>(provenance.Settings,
            [
                new("step", "Step", NumberFormat.Text, s => s.Step),
                new("setting", "Setting", NumberFormat.Text, s => s.Name),
                new("value", "Value", NumberFormat.Text, s => s.Value),
            ]);
            WriteFolded(page, "Settings", settings);
        }

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
        WriteFolded(page, "Fingerprints", fingerprints);
        page.Write("</article>\n");
    }

    private static void WriteFolded(TextWriter page, string name, NumberTable rows)
    {
        page.Write($"<details class=\"folded\"><summary>{name}, {Show.Count(rows.Count, "row")}</summary>\n");
        page.Write("<div class=\"numbers\" tabindex=\"0\" role=\"region\" aria-labelledby=\"rebuild-heading\">");
        rows.WriteHtml(page);
        page.Write("</div></details>\n");
    }

    private static void WriteFoot(TextWriter page)
    {
        page.Write("<footer>\n<p>Figures are drawn by plotly.js 2.28.0 (MIT), taken from the NuGet package Plotly.NET. ");
        page.Write("Colours are those of Okabe and Ito, and PuOr and BrBG of ColorBrewer.</p>\n");
        page.Write("<details class=\"folded\"><summary>Notices of third-party code in plotly.js</summary>");
        page.Write("<div class=\"notices\" tabindex=\"0\" role=\"region\" aria-label=\"Notices of third-party code\">");
        page.Write($"{Html.Encode(PlotlyScript.Notices)}</div></details>\n</footer>\n");
        page.Write($"<script>{ReportScript.Theme}</script>\n<script type=\"application/json\" id=\"plot-template\">{PlotTemplate.Json}</script>\n");
        page.Write($"<script type=\"text/plain\" id=\"plot-library\">{PlotlyScript.Source}</script>\n<script>{ReportScript.Figures}</script>\n</body>\n</html>\n");
    }

    /// <summary>A script in the content security policy (CSP level 2): digest of the UTF-8 text between its tags.</summary>
    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
