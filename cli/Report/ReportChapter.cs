namespace Colocate.Cli.Report;

/// <summary>A chapter with its figures drawn.</summary>
/// <param name="Section">The chapter.</param>
/// <param name="Figures">Its figures in reading order.</param>
public sealed record ReportChapter(ReportSection Section, IReadOnlyList<(IFigure Figure, Drawing Drawing)> Figures)
{
    /// <summary>Draws every figure of the catalogue.</summary>
    public static IReadOnlyList<ReportChapter> All(ReportTables tables) =>
        [.. FigureCatalogue.Sections.Select(s => new ReportChapter(s, [.. s.Figures.Select(f => (f, f.Draw(tables)))]))];

    /// <summary>The figures that judge, with their verdicts.</summary>
    public IReadOnlyList<(IFigure Figure, Verdict Verdict)> Checks =>
        [.. Figures.Where(d => d.Drawing.Verdict is not null).Select(d => (d.Figure, d.Drawing.Verdict!.Value))];

    /// <summary>A chapter of several checks is answered by the gravest of them; null without a check.</summary>
    public Verdict? Verdict => Checks.Count == 0 ? null : Checks.Max(c => c.Verdict);

    /// <summary>True when a figure of it has something to show.</summary>
    public bool HasAnswer => Figures.Any(d => d.Drawing.Numbers is not null);

    /// <summary>
    /// The chapter in a sentence: how its checks went where there are several, else what its first figure that has numbers found. Never empty.
    /// </summary>
    public string Summary
    {
        get
        {
            Drawing first = (Figures.FirstOrDefault(d => d.Drawing.Numbers is not null).Drawing ?? Figures[0].Drawing);
            return Section.IsChecklist && Checks.Count > 1 ? CheckSummary : FirstSentence(first.Finding);
        }
    }

    /// <summary>How the checks of the chapter went, in words, without a full stop.</summary>
    public string CheckCount => $"{Checks.Count(c => c.Verdict == Report.Verdict.Yes)} of {Checks.Count} checks pass without reservation";

    private string CheckSummary
    {
        get
        {
            string[] open = [.. Checks.Where(c => c.Verdict != Report.Verdict.Yes).Select(c => c.Figure.Question)];
            return open.Length == 0 ? CheckCount + "." : $"{CheckCount}; open: {string.Join(" ", open)}";
        }
    }

    /// <summary>Up to the first full stop that a space and the beginning of another sentence follow.</summary>
    private static string FirstSentence(string text)
    {
        for (int i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '.' && text[i + 1] == ' ' && (char.IsUpper(text[i + 2]) || char.IsDigit(text[i + 2]) || text[i + 2] == '('))
                return text[..(i + 1)];
        }

        return text;
    }
}
