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
}
