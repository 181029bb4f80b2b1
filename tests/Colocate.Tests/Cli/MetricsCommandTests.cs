using Colocate.Model.Tables;

namespace Colocate.Tests.Cli;

public sealed class MetricsCommandTests
{
    [Fact]
    public async Task A_lake_without_metrics_says_so_and_is_no_failure()
    {
        using var lab = new LabCopy("base-1-r3");
        // Only the client's log stays: without a manifest nothing tells of a domain with an id.
        foreach (string file in Directory.EnumerateFiles(lab.Run("base-1-r3")).Where(f => !f.Contains("httperf", StringComparison.Ordinal)))
            File.Delete(file);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("metrics", "--lake", lab.Lake);
        Assert.Equal((0, "", "The lake holds no such metrics: none of its runs has a usable trace.\n"), (outcome.Code, outcome.Out, outcome.Error));
    }

    [Fact]
    public async Task Every_metric_is_defined_and_is_a_column_of_the_tables()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("metrics", "--definitions");
        Assert.Equal(8, outcome.Json.Count);
        Assert.All(outcome.Json, m => Assert.Contains(Table.Of<DomainMetricsRow>().Columns, c => c.Name == (string)m["metric"]! && c.Unit == (string)m["unit"]!));
        Assert.All(outcome.Json, m => Assert.True(((string)m["formula"]!).Length > 0 && ((string)m["source"]!).Contains("paper III", StringComparison.Ordinal)));
    }
}
