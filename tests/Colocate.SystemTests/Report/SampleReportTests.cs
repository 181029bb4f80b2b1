using System.Text.Json;
using Colocate.Cli.Report;
using Colocate.SystemTests.Cli;
using Microsoft.Playwright;

namespace Colocate.SystemTests.Report;

/// <summary>The reports of the samples as their readers meet them: in a browser, by mouse, by keyboard, by screen reader and on paper.</summary>
public sealed class SampleReportTests(SampleReports samples)
{
    private const int MostBytes = 8_000_000;

    /// <summary>Figures that a sample has data for; the others must say why not.</summary>
    private static readonly Dictionary<string, string[]> s_drawn = new()
    {
        ["lab"] =
        [
            "measured", "trace-coverage", "cpu-agreement", "steady-load", "base-spread", "pair-spread", "combined-score", "pair-matrix", "placement", "sweep", "network", "unseen-pairs",
            "calibration-residuals", "calibration-parameters", "lab-claims", "evaluation", "held-out", "contributions",
        ],
        ["paper"] = ["measured", "base-spread", "combined-score", "pair-matrix", "sweep", "network", "calibration-residuals", "calibration-parameters", "paper-claims"],
    };

    /// <summary>
    /// Axes with numbers that say neither in their title nor in the heading of their panel what they count, and boxes without a mark. Positions of named
    /// things need no title.
    /// </summary>
    private const string Faults = """
        box => {
          const layout = box._fullLayout, faults = [];
          if (box.querySelectorAll('.points path, .point, .hm image, .js-line').length === 0) faults.push('no mark');
          for (const key of Object.keys(layout).filter(k => /^[xy]axis\d*$/.test(k))) {
            const axis = layout[key], short = key.replace('axis', '');
            if (!axis.showticklabels || axis.tickmode === 'array' || axis.title.text?.trim()) continue;
            if (!(layout.annotations ?? []).some(a => a.yref === `${short} domain` && a.text.trim())) faults.push(key);
          }
          return faults;
        }
        """;

    /// <summary>What the Tab key must reach, in the order of the page: everything that can be operated or scrolled and is shown.</summary>
    private const string Controls = """
        () => {
          const shown = e => e.checkVisibility() && e.getClientRects().length > 0;
          const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')].filter(shown);
          all.forEach((e, i) => e.dataset.control = i);
          return all.length;
        }
        """;

    [Theory]
    [InlineData("lab")]
    [InlineData("paper")]
    public async Task Every_figure_of_a_sample_is_drawn_with_marks_and_named_axes_offline_and_in_silence(string name)
    {
        Sample sample = await samples.GetAsync(name);
        Assert.InRange(new FileInfo(sample.Report).Length, 1, MostBytes);
        await using OpenedPage opened = await OpenedPage.OpenAsync(sample.Report);
        string[] drawn = await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.chart')].map(c => c.id.replace(/-plot$/, ''))");
        Assert.Equal(s_drawn[name], drawn);
        foreach (string figure in drawn)
        {
            Assert.Empty(await opened.Page.Locator($"#{figure} .chart").EvaluateAsync<string[]>(Faults));
            Assert.True(await opened.Page.Locator($"#{figure} table").CountAsync() == 1, $"{figure} has no table");
        }

        foreach (IFigure figure in FigureCatalogue.All)
        {
            Assert.Equal(figure.Question, await opened.Page.Locator($"#{figure.Id} h3").TextContentAsync());
            Assert.True((await opened.Page.Locator($"#{figure.Id}-finding").TextContentAsync())!.Length > 20, figure.Id);
        }

        Assert.NotEmpty(await opened.PictureAsync("sample-" + name));
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("paper")]
    public async Task What_needs_no_figure_works_before_the_plot_library_is_compiled(string name)
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync((await samples.GetAsync(name)).Report);
        double[] marks = await opened.Page.EvaluateAsync<double[]>("['first-contentful-paint', 'usable', 'drawn'].map(n => performance.getEntriesByName(n)[0].startTime)");
        Assert.True(marks[1] < marks[2], $"usable at {marks[1]:F0} ms, figures in sight drawn at {marks[2]:F0} ms");
        TestContext.Current.AddAttachment($"usable-{name}", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"painted {marks[0]:F0} ms, usable {marks[1]:F0} ms, drawn {marks[2]:F0} ms"));
        Assert.Equal(0, await opened.Page.Locator("#plot-library").CountAsync());
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("lab", ColorScheme.Light)]
    [InlineData("lab", ColorScheme.Dark)]
    [InlineData("paper", ColorScheme.Light)]
    [InlineData("paper", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious(string name, ColorScheme colors)
    {
        string? axe = AxeCore.Find();
        Assert.SkipWhen(axe is null, "axe-core is not installed: `npm install --prefix artifacts/npm axe-core` puts it where this test looks.");
        await using OpenedPage opened = await OpenedPage.OpenAsync((await samples.GetAsync(name)).Report, colors: colors);
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await opened.Page.EvaluateAsync(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken));
        JsonElement found = (await opened.Page.EvaluateAsync("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => [v.impact, v.id, v.nodes[0].target.join(' ')])"))!.Value;
        Assert.DoesNotContain(found.EnumerateArray(), v => v[0].GetString() is "serious" or "critical");
        await opened.PictureAsync($"sample-{name}-{colors}");
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("paper")]
    public async Task The_tab_key_reaches_every_control_and_keys_operate_them(string name)
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync((await samples.GetAsync(name)).Report);
        IPage page = opened.Page;
        int controls = await page.EvaluateAsync<int>(Controls);
        var reached = new List<int>();
        for (int i = 0; i < controls; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(int.Parse(await page.EvaluateAsync<string>("document.activeElement.dataset.control ?? '-1'"), System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.InRange(controls, 40, 400);
        Assert.Equal(Enumerable.Range(0, controls), reached.Order());

        await page.FocusAsync("#theme");
        string ground = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        await page.Keyboard.PressAsync("Enter");
        Assert.NotEqual(ground, await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("Light colours", await page.TextContentAsync("#theme"));
        await page.FocusAsync("#base-spread summary");
        await page.Keyboard.PressAsync("Space");
        Assert.True(await page.Locator("#base-spread table").IsVisibleAsync());
        await page.FocusAsync(".skip");
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#main", page.Url, StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("paper")]
    public async Task On_paper_no_figure_is_wider_than_the_page_and_colours_are_light(string name)
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync((await samples.GetAsync(name)).Report, colors: ColorScheme.Dark);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        // A4 less a centimetre on each side, at 96 pixels an inch.
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.chart')].filter(c => c.querySelector('.main-svg').getBoundingClientRect().width > 718).map(c => c.id)"));
        Assert.Equal("rgb(255, 255, 255)", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        string file = Path.Combine(AppContext.BaseDirectory, "report", $"sample-{name}.pdf");
        Assert.NotEmpty(await opened.Page.PdfAsync(new() { Format = "A4", PrintBackground = true, Path = file, Margin = new() { Top = "1cm", Bottom = "1cm", Left = "1cm", Right = "1cm" } }));
        Assert.Empty(opened.Complaints);
    }
}
