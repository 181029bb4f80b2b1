namespace Colocate.Tests.Cli;

public sealed class MetricsCommandTests
{
    [Fact]
    public async Task A_lake_without_metrics_says_so_and_is_no_failure()
    {
        using var lab = new LabCopy("base-1-r3");
        lab.Edit("base-1-r3", m => { m["trace"] = null; m["xentop"] = null; });
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("metrics", "--lake", lab.Lake);
        Assert.Equal((0, "", "The lake holds no metrics: none of its runs has a usable trace.\n"), (outcome.Code, outcome.Out, outcome.Error));
    }
}
