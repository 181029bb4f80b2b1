using System.Globalization;
using Colocate.Cli.Report;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Report;

/// <summary>What the page shows is what its CSV files hold, cell by cell, and these hold what DuckDB finds in the lake.</summary>
public sealed class PageAgainstLakeTests(SampleReports samples) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("colocate-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("lab", 22)]
    [InlineData("paper", 8)]
    public async Task Tables_of_the_page_equal_the_lake(string name, int leastCompared)
    {
        Sample sample = await samples.GetAsync(name);
        Assert.InRange((await CompareAsync(sample.Report, sample.Lake)).Count, leastCompared, LakeNumbers.All.Count + LakeNumbers.Choices.Count);
    }

    [Fact]
    public async Task So_do_tables_of_what_the_samples_do_not_hold()
    {
        string lake = Path.Combine(_folder, "lake"), report = Path.Combine(_folder, "report.html");
        using (Lake target = Lake.OpenForWriting(lake))
        {
            await target.CommitAsync(new StageOutput
            {
                Stage = "ingest",
                Fingerprint = new string('0', 64),
                Tables =
                [
                    new(Table.Of<GuestResultRow>(),
                    [
                        new GuestResultRow { Run = "a", Domain = "vm1", WindowS = 10, Requests = 1234, RequestsPerS = 123.4, ReplyP50Ms = 1.5, ReplyP99Ms = 7.25, FailedRequests = 3, UnpairedRequests = 2 },
                        new GuestResultRow { Run = "a", Domain = "vm2", WindowS = 10, UnpairedRequests = 40 },
                    ]),
                    new(Table.Of<ClientResultRow>(), [new ClientResultRow { Run = "a", Domain = "vm1", Workload = "1KB", Tool = "httperf", DurationS = 10, Replies = 1240, ThroughputPerS = 124, ReplyMs = 2.5 }]),
                    new(Table.Of<CalibrationProfileRow>(), [.. Enumerable.Range(1, 5).Select(i => new CalibrationProfileRow { Parameter = "request_us", ParameterUnit = "us", Value = 100.5 * i, Loss = 10 + (i - 3) * (i - 3), Expected = 10.25 })]),
                ],
            });
        }

        (int code, _, string error) = await ColocateProcess.RunAsync("report", "--lake", lake, "--out", report);
        Assert.True(code == 0, error);
        IReadOnlyList<string> compared = await CompareAsync(report, lake);
        Assert.Contains("guest-traces", compared);
        Assert.Contains("calibration-profiles", compared);
    }

    /// <summary>Compares every figure of which <see cref="LakeNumbers"/> knows a query that the lake has the tables for; the figures compared.</summary>
    private static async Task<IReadOnlyList<string>> CompareAsync(string report, string folder)
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync(report);
        using var lake = new LakeReader(folder);
        List<string> compared = [];
        foreach (IFigure figure in FigureCatalogue.All)
        {
            if (await opened.Page.Locator($"#{figure.Id} table").CountAsync() == 0)
                continue;
            PageNumbers numbers = await PageNumbers.ReadAsync(opened.Page, figure.Id);
            Assert.NotEmpty(numbers.Shown);
            Assert.Empty(numbers.Differences().Take(5).Select(d => $"{figure.Id}, {d}"));
            bool isChoice = LakeNumbers.Choices.Any(n => n.Figure == figure.Id);
            string? sql = LakeNumbers.All.Concat(LakeNumbers.Choices).FirstOrDefault(n => n.Figure == figure.Id).Sql;
            if (sql is null || !lake.Has(sql))
                continue;
            (string[] columns, List<string[]> rows) = lake.Query(sql);
            int[] places = [.. columns.Select(c => Array.IndexOf(numbers.Names, c))];
            Assert.DoesNotContain(-1, places);
            List<string[]> shown = [.. numbers.Stored.Select(r => places.Select(p => r[p]).ToArray())];
            if (isChoice)
                Assert.All(shown, row => Assert.Contains(rows, candidate => IsSame(candidate, row)));
            else
                AssertSame(figure.Id, columns, Sorted(rows), Sorted(shown));
            compared.Add(figure.Id);
        }

        Assert.Empty(opened.Complaints);
        return compared;
    }

    private static bool IsSame(string[] expected, string[] actual) => expected.Zip(actual).All(c => IsSame(c.First, c.Second));

    private static bool IsSame(string expected, string actual) => expected == actual
        || (double.TryParse(expected, CultureInfo.InvariantCulture, out double e) && double.TryParse(actual, CultureInfo.InvariantCulture, out double a) && Math.Abs(e - a) <= 1e-9 * Math.Max(1, Math.Abs(e)));

    private static List<string[]> Sorted(IEnumerable<string[]> rows) => [.. rows.OrderBy(r => string.Join('\u001F', r.Select(Key)), StringComparer.Ordinal)];

    private static string Key(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value.ToString("G6", CultureInfo.InvariantCulture) : cell;

    private static void AssertSame(string figure, string[] columns, List<string[]> lake, List<string[]> page)
    {
        Assert.True(lake.Count == page.Count, $"{figure}: {lake.Count} rows in the lake, {page.Count} in the page");
        foreach ((string[] expected, string[] actual) in lake.Zip(page))
        {
            for (int i = 0; i < columns.Length; i++)
                Assert.True(IsSame(expected[i], actual[i]), $"{figure}, {columns[i]}: '{expected[i]}' in the lake, '{actual[i]}' in the page; row {string.Join(", ", expected)}");
        }
    }
}
