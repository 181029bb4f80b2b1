using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>14 s of trace: three intervals of 5 s add up to the whole, and one that holds all is the whole.</summary>
    [Fact]
    public async Task Intervals_of_any_multiple_of_the_stored_ones_add_up_to_the_whole()
    {
        using var lab = new LabCopy("base-1-r1");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
        async Task<JsonObject[]> Of(params string[] more) => [.. (await CommandLine.RunAsync(["metrics", "--lake", lab.Lake, "--format", "json", .. more])).Json];
        JsonObject[] whole = await Of(), one = await Of("--interval", "60s"), fives = await Of("--interval", "5s"), stored = await Of("--interval", "1s"), same = await Of("--interval", "1000ms");
        Assert.Equal(stored.Select(r => r.ToJsonString()), same.Select(r => r.ToJsonString()));
        Assert.Equal(whole.Length, one.Length);
        foreach ((JsonObject expected, JsonObject actual) in whole.Zip(one))
        {
            foreach ((string field, JsonNode? value) in expected.Where(f => f.Value?.GetValueKind() == JsonValueKind.Number))
                Assert.True(Math.Abs((double)value! - (double)actual[field]!) <= 1e-9 * Math.Max(1, Math.Abs((double)value!)), $"{expected["domain"]}: {field}: {value} became {actual[field]}");
        }

        foreach (JsonObject expected in whole)
        {
            JsonObject[] parts = [.. fives.Where(f => (string)f["domain"]! == (string)expected["domain"]!)];
            Assert.Equal([0, 1, 2], parts.Select(p => (int)p["interval_index"]!));
            Assert.Equal([0, 5, 10], parts.Select(p => Math.Round((double)p["start_s"]!, 6)));
            Assert.Equal([5, 5], parts[..2].Select(p => Math.Round((double)p["window_s"]!, 6)));
            Assert.Equal((double)expected["window_s"]!, parts.Sum(p => (double)p["window_s"]!), 9);
            Assert.Equal((double)expected["executions_per_s"]! * (double)expected["window_s"]!, parts.Sum(p => (double)p["executions_per_s"]! * (double)p["window_s"]!), 6);
        }
    }

    [Theory]
    [InlineData("1.5s")]
    [InlineData("500ms")]
    [InlineData("0")]
    [InlineData("-1s")]
    [InlineData("soon")]
    public async Task An_interval_that_stored_ones_do_not_fill_is_refused(string length)
    {
        using var lab = new LabCopy("base-1-r1");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
        CommandLine.Outcome refused = await CommandLine.RunAsync("metrics", "--lake", lab.Lake, "--interval", length);
        Assert.Equal(2, refused.Code);
        Assert.Contains("--interval", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>XenMon samples every 100 ms, about.</summary>
    [Fact]
    public async Task Intervals_of_xenmon_are_joined_as_regularly_as_they_come()
    {
        using var folder = new TemporaryFolder();
        int[] ends = [100, 201, 299, 401, 500, 601];
        File.WriteAllText(folder.File("log-dom1.log"), "# passed cpu dom cpu(tot) cpu(%) cpu/ex allocated/ex blocked(tot) blocked(%) blocked/io waited(tot) waited(%) waited/ex ex/s io(tot) io/ex\n" + string.Concat(
            ends.Select((end, i) => FormattableString.Invariant($"{end}.000 0 1 0 {10 * (i + 1)}.000 0 0 0 0 0 0 0 0 100.000 {i}.000 0\n"))));
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", folder.File("log-dom1.log"), "--lake", folder.File("lake"))).Code);
        IReadOnlyList<JsonObject> rows = (await CommandLine.RunAsync("metrics", "--lake", folder.File("lake"), "--interval", "200ms")).Json;
        Assert.Equal(
            [("dom1", 0, 0.201, 0.1502), ("host", 0, 0.201, 0.1502), ("dom1", 1, 0.2, 0.351), ("host", 1, 0.2, 0.351), ("dom1", 2, 0.2, 0.5505), ("host", 2, 0.2, 0.5505)],
            rows.Select(r => ((string)r["domain"]!, (int)r["interval_index"]!, Math.Round((double)r["window_s"]!, 6), Math.Round((double)r["cpu_fraction"]!, 4))));
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
