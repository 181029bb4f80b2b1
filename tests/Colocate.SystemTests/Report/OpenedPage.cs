using Colocate.Cli.Report;
using Microsoft.Playwright;

namespace Colocate.SystemTests.Report;

/// <summary>A report in a headless browser without a network, with everything that went wrong on the way.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OpenedPage(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>Errors of scripts, of the console (the content security policy reports there) and requests beyond the document.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Writes the report beside the tests, where a developer can look at it, and opens it; skips the test without a browser.</summary>
    public static async Task<OpenedPage> OpenAsync(ReportTables tables, string name, bool scripts = true)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "report")).FullName, name + ".html");
        await using (var file = new StreamWriter(path))
            ReportPage.Write(file, tables, new ReportProvenance("0.1.0", "colocate report --lake lake --out report.html", [new("simulate", "seed", "1")], [new("runs", new string('a', 64))]));

        return await OpenAsync(path, scripts);
    }

    /// <summary>Opens a report that lies on disk; skips the test without a browser.</summary>
    public static async Task<OpenedPage> OpenAsync(string path, bool scripts = true, ColorScheme colors = ColorScheme.Light)
    {
        string? executable = Chromium.Find();
        Assert.SkipWhen(executable is null, "No Chromium or Chrome on PATH: the page cannot be looked at.");
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
        IBrowserContext context = await browser.NewContextAsync(new() { Offline = true, ViewportSize = new() { Width = 1400, Height = 900 }, JavaScriptEnabled = scripts, ColorScheme = colors });
        IPage page = await context.NewPageAsync();
        var opened = new OpenedPage(playwright, browser, page);
        string address = new Uri(path).AbsoluteUri;
        await page.RouteAsync("**/*", route => route.Request.Url == address ? route.ContinueAsync() : route.AbortAsync());
        page.Request += (_, request) =>
        {
            if (request.Url != address)
                opened.Complaints.Add($"request: {request.Url}");
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                opened.Complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => opened.Complaints.Add($"script: {error}");
        await page.GotoAsync(address);
        if (scripts)
            await page.WaitForSelectorAsync("html[data-ready=true]", new() { State = WaitForSelectorState.Attached });
        return opened;
    }

    /// <summary>Saves the whole page as a picture beside its HTML and hands it to the test result.</summary>
    public async Task<byte[]> PictureAsync(string name)
    {
        byte[] picture = await Page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(AppContext.BaseDirectory, "report", name + ".png") });
        TestContext.Current.AddAttachment(name + ".png", picture, "image/png");
        return picture;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
