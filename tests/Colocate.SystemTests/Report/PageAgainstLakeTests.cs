using System.Globalization;
using Colocate.Cli.Report;
using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Report;

/// <summary>What the page shows is what its CSV files hold, cell by cell, and these hold what DuckDB finds in the lake.</summary>
public sealed class PageAgainstLakeTests(SampleReports samples)
{
    [Theory]
    [InlineData("lab", 20)]
    [InlineData("paper", 8)]
    public async Task Tables_of_the_page_equal_the_lake(string name, int leastCompared)
    {
        Sample sample = await samples.GetAsync(name);
        await using OpenedPage opened = await OpenedPage.OpenAsync(sample.Report);
        using var lake = new LakeReader(sample.Lake);
        int compared = 0;
        foreach (IFigure figure in FigureCatalogue.All)
        {
            if (await opened.Page.Locator($"#{figure.Id} table").CountAsync() == 0)
                continue;
            PageNumbers numbers = await PageNumbers.ReadAsync(opened.Page, figure.Id);
            Assert.NotEmpty(numbers.Shown);
            Assert.Empty(numbers.Differences().Take(5).Select(d => $"{figure.Id}, {d}"));
            string? sql = LakeNumbers.All.FirstOrDefault(n => n.Figure == figure.Id).Sql;
            if (sql is null || !lake.Has(sql))
                continue;
            (string[] columns, List<string[]> rows) = lake.Query(sql);
            int[] places = [.. columns.Select(c => Array.IndexOf(numbers.Names, c))];
            Assert.DoesNotContain(-1, places);
            AssertSame(figure.Id, columns, Sorted(rows), Sorted(numbers.Stored.Select(r => places.Select(p => r[p]).ToArray())));
            compared++;
        }

        Assert.InRange(compared, leastCompared, LakeNumbers.All.Count);
        Assert.Empty(opened.Complaints);
    }

    private static List<string[]> Sorted(IEnumerable<string[]> rows) => [.. rows.OrderBy(r => string.Join('\u001F', r.Select(Key)), StringComparer.Ordinal)];

    private static string Key(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value.ToString("G6", CultureInfo.InvariantCulture) : cell;

    private static void AssertSame(string figure, string[] columns, List<string[]> lake, List<string[]> page)
    {
        Assert.True(lake.Count == page.Count, $"{figure}: {lake.Count} rows in the lake, {page.Count} in the page");
        foreach ((string[] expected, string[] actual) in lake.Zip(page))
        {
            for (int i = 0; i < columns.Length; i++)
            {
                bool isSame = expected[i] == actual[i]
                    || (double.TryParse(expected[i], CultureInfo.InvariantCulture, out double e) && double.TryParse(actual[i], CultureInfo.InvariantCulture, out double a) && Math.Abs(e - a) <= 1e-9 * Math.Max(1, Math.Abs(e)));
                Assert.True(isSame, $"{figure}, {columns[i]}: '{expected[i]}' in the lake, '{actual[i]}' in the page; row {string.Join(", ", expected)}");
            }
        }
    }
}
