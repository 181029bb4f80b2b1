using Colocate.Cli.Report;
using Colocate.Model.Tables;

namespace Colocate.SystemTests.Report;

/// <summary>The page in a real browser: complete without a network, silent, and with marks in every figure.</summary>
public sealed class ReportPageTests
{
    private const string CountMarks = "box => box.querySelectorAll('.points path, .point, .hm image').length";

    [Fact]
    public async Task Every_figure_of_a_lab_is_drawn_without_a_network_and_without_a_complaint()
    {
        ReportTables tables = LabTables.Read();
        await using OpenedPage opened = await OpenedPage.OpenAsync(tables, "lab");
        foreach (IFigure figure in FigureCatalogue.All)
        {
            Drawing drawing = figure.Draw(tables);
            var box = opened.Page.Locator($"#{figure.Id} .chart");
            Assert.Equal(drawing.Plot is null ? 0 : 1, await box.CountAsync());
            if (drawing.Plot is null)
                continue;
            Assert.Equal(drawing.Plot.Data.Count, await box.EvaluateAsync<int>("box => box.data.length"));
            Assert.True(await box.EvaluateAsync<int>(CountMarks) > 0, $"{figure.Id} has no mark");
        }

        Assert.Contains("(1KB, 70KB)", await opened.Page.Locator("#combined-score .yaxislayer-above").TextContentAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(await opened.PictureAsync("lab"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Names_from_inputs_are_shown_and_never_run()
    {
        const string Hostile = "</script><img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>'&amp;\"";
        ReportTables lab = LabTables.Read();
        ReportTables tables = lab with
        {
            Runs = [.. lab.Runs.Select(r => r with { Run = r.Run == "pair-1-1" ? Hostile : r.Run, Notes = Hostile })],
            PairScores = [new PairScoreRow { WorkloadA = Hostile, WorkloadB = "javascript:alert(1)", Runs = 1, ScoreAMean = 0.5, ScoreBMean = 0.6, CombinedMean = 1.1 }],
            Diagnostics = [new DiagnosticRow { Run = Hostile, File = Hostile, Code = "FL-EMPTY", Severity = "error", Count = 1, Sentence = Hostile, Detail = Hostile }],
        };
        await using OpenedPage opened = await OpenedPage.OpenAsync(tables, "hostile");
        Assert.True(await opened.Page.EvaluateAsync<bool>("window.ran === undefined"));
        Assert.Equal(Hostile, await opened.Page.Locator("#runs tbody th").Filter(new() { HasText = "onerror" }).First.TextContentAsync());
        Assert.Contains("<img src=x", await opened.Page.Locator("#combined-score .yaxislayer-above").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_page_is_readable_with_scripts_off()
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync(LabTables.Read(), "lab-without-scripts", scripts: false);
        Assert.False(await opened.Page.Locator("#combined-score .chart").IsVisibleAsync());
        await opened.Page.Locator("#combined-score summary").ClickAsync();
        Assert.True(await opened.Page.Locator("#combined-score tbody tr").First.IsVisibleAsync());
        Assert.StartsWith("data:text/csv", await opened.Page.Locator("#combined-score a[download]").GetAttributeAsync("href"), StringComparison.Ordinal);
    }
}
