using Colocate.SystemTests.Cli;
using Microsoft.Playwright;

namespace Colocate.SystemTests.Report;

/// <summary>The pictures of the READMEs show what the sample's report shows today. <c>COLOCATE_WRITE_PICTURES=1</c> takes them anew.</summary>
public sealed class ReadmePictureTests(SampleReports samples)
{
    /// <summary>Mean difference of brightness, of 255, that fonts of another machine make; another figure, or the same without its marks, is several times further.</summary>
    private const double MostDifference = 6;

    /// <summary>Mean over cells of the difference of two pictures' brightness, both scaled to the same small grid.</summary>
    private const string Compare = """
        async ([a, b]) => {
          const pixels = async data => {
            const image = new Image();
            image.src = 'data:image/png;base64,' + data;
            await image.decode();
            const canvas = Object.assign(document.createElement('canvas'), { width: 48, height: 36 }), context = canvas.getContext('2d');
            context.imageSmoothingQuality = 'high';
            context.drawImage(image, 0, 0, 48, 36);
            return [[image.width, image.height], context.getImageData(0, 0, 48, 36).data.filter((_, i) => i % 4 < 3)];
          };
          const [[sizeA, dataA], [sizeB, dataB]] = [await pixels(a), await pixels(b)];
          return [sizeA[0] - sizeB[0], sizeA[1] - sizeB[1], dataA.reduce((sum, v, i) => sum + Math.abs(v - dataB[i]), 0) / dataA.length];
        }
        """;

    [Theory]
    [InlineData("first-screen", null)]
    [InlineData("combined-score", "#combined-score .chart")]
    [InlineData("sweep", "#sweep .chart")]
    public async Task A_picture_shows_what_the_report_shows(string name, string? place)
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync((await samples.GetAsync("lab")).Report);
        byte[] now = place is null ? await opened.Page.ScreenshotAsync() : await opened.Page.Locator(place).ScreenshotAsync();
        string kept = Path.Combine(SampleReports.Root, "cli", "Report", "pictures", name + ".png");
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "report")).FullName, $"picture-{name}.png"), now, TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("COLOCATE_WRITE_PICTURES") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            await File.WriteAllBytesAsync(kept, now, TestContext.Current.CancellationToken);
            return;
        }

        byte[] before = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        Assert.InRange(before.Length, 1, 320_000);
        IPage blank = await opened.Page.Context.NewPageAsync();
        double[] difference = await blank.EvaluateAsync<double[]>(Compare, new[] { Convert.ToBase64String(before), Convert.ToBase64String(now) });
        // A line that breaks elsewhere makes a screen no taller, and a figure has its own height.
        Assert.Equal((0.0, 0.0), (difference[0], difference[1]));
        Assert.InRange(difference[2], 0, MostDifference);
    }
}
