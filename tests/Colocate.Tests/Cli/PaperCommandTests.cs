using System.Text.Json.Nodes;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Cli;

/// <summary>Published base cases become a host, and the host judges claims; rates are low and runs short, so that it takes no time.</summary>
public sealed class PaperCommandTests : IDisposable
{
    private static readonly string?[] s_verdicts = ["pass", "near", "fail", "not_tested"];

    private readonly TemporaryFolder _folder = new();

    private string Parameters => _folder.File("paper.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 13)]
    [InlineData(2, 14)]
    public async Task Base_cases_of_a_folder_become_a_host_of_one_pcpu_or_of_two_threads(int pcpus, int fitted)
    {
        CommandLine.Outcome outcome = await CalibrateAsync([1, 30], "--pcpus", $"{pcpus}");
        Assert.Equal(0, outcome.Code);
        Assert.EndsWith($"parameters: {Parameters}, {fitted} fitted to 2 base cases\n", outcome.Error, StringComparison.Ordinal);
        using FileStream file = File.OpenRead(Parameters);
        CalibratedHost host = ParameterFile.Read(file, Parameters);
        Assert.Equal((HostGeneration.Xen34, pcpus, pcpus, pcpus), (host.Generation, host.Pcpus, host.ThreadsPerCore, host.GuestVcpus));
        Assert.Equal(["1KB", "30KB"], host.Runs);
        Assert.Equal(ParameterCatalogue.All.Select(p => (p.Name, host.Parameters[p])), outcome.Json.Select(r => ((string)r["parameter"]!, (double)r["value"]!)));
    }

    [Fact]
    public async Task A_published_pair_tells_what_base_cases_cannot_and_is_noted_as_seen()
    {
        Directory.CreateDirectory(_folder.File("tables"));
        await File.WriteAllLinesAsync(_folder.File("tables/pairs.csv"), ["workload_a_kb,workload_b_kb,throughput_a_req_s,throughput_b_req_s", "1,1,7,7", "1,30,9,2"], TestContext.Current.CancellationToken);
        CommandLine.Outcome outcome = await CalibrateAsync([1, 30], "--pair-run", "1+30");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("pair runs: cold_us ", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("14 fitted to 2 base cases and 1 pair\n", outcome.Error, StringComparison.Ordinal);
        using (FileStream file = File.OpenRead(Parameters))
            Assert.Equal(["1+30"], ParameterFile.Read(file, Parameters).PairRuns);
        CommandLine.Outcome unknown = await CalibrateAsync([1, 30], "--pair-run", "1+100");
        Assert.Equal((2, ""), (unknown.Code, unknown.Out));
        Assert.Contains("has no pair '1+100' of workloads with base cases; it has 1+1, 1+30", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Residuals_stand_beside_what_the_tables_print()
    {
        CommandLine.Outcome outcome = await CalibrateAsync([1], "--pcpus", "1", "--residuals", "-q");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        JsonObject switches = outcome.Json.Single(r => (string)r["observable"]! == "switches_per_s");
        Assert.Equal((9098, "1KB", "host", true), ((double)switches["measured"]!, (string)switches["workload"]!, (string)switches["domain"]!, (bool)switches["fitted"]!));
        Assert.DoesNotContain(outcome.Json, r => (string)r["observable"]! == "reply_ms");
    }

    /// <summary>The paper's own tables under its own load, with a tenth of the usual candidates: what is reproduced must be more than a lucky few.</summary>
    [Fact]
    [Trait("promise", "R14")]
    public async Task R14_Published_figures_are_reproduced_within_tolerance_and_deviations_are_listed()
    {
        Assert.Equal(0, (await CommandLine.RunAsync("calibrate", "--paper", Path.Combine(Repository.Root, "samples", "paper"), "--out", Parameters, "--evaluations", "60", "-q")).Code);
        CommandLine.Outcome card = await CommandLine.RunAsync("claims", "--params", Parameters, "--replicas", "1");
        Assert.Equal(0, card.Code);
        JsonObject[] judged = [.. card.Json.Where(c => (string?)c["role"] is "calibrate" or "validate" && (string?)c["verdict"] != "not_tested")];
        Assert.True(judged.Count(c => (string?)c["verdict"] == "pass") > judged.Length / 2, card.Error);
        Assert.All(judged, c => Assert.Equal((string?)c["verdict"] == "pass", c["miss"] is { } miss && (double)miss <= 1));
        Assert.All(judged.Where(c => (string?)c["verdict"] != "pass"), c => Assert.NotEmpty((string)c["reason"]!));
    }

    [Fact]
    [Trait("promise", "R14")]
    public async Task Claims_are_judged_on_the_host_of_the_file()
    {
        Assert.Equal(0, (await CalibrateAsync([.. PaperFiles.BaseCases.Select(c => c.WorkloadKb)], "--pcpus", "1")).Code);
        JsonNode file = JsonNode.Parse(await File.ReadAllTextAsync(Parameters, TestContext.Current.CancellationToken))!;
        file["host"]!["load_s"] = 0.25;
        await File.WriteAllTextAsync(Parameters, file.ToJsonString(), TestContext.Current.CancellationToken);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("claims", "--params", Parameters, "--replicas", "1", "--jobs", "2");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(PaperFiles.Claims.Select(c => c.Id), outcome.Json.Select(c => (string)c["id"]!));
        Assert.All(outcome.Json, c => Assert.Contains((string?)c["verdict"], s_verdicts));
        Assert.Contains("free parameters: 18\n", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"colocate simulate --params {Parameters} --vm 1KB --vm 100KB --rate 1", (string?)outcome.Json.Single(c => (string?)c["id"] == "F302")["command"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_tables_and_a_host_of_three_pcpus_are_wrong_use()
    {
        CommandLine.Outcome nothing = await CommandLine.RunAsync("calibrate", "--paper", _folder.File("nowhere"), "--out", Parameters);
        Assert.Equal((2, ""), (nothing.Code, nothing.Out));
        Assert.StartsWith($"colocate: {_folder.File("nowhere")} holds no published base cases", nothing.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CalibrateAsync([1], "--pcpus", "3")).Code);
        Assert.False(File.Exists(Parameters));
    }

    /// <summary>The paper's rows of these sizes, at ten requests per second and fewer.</summary>
    private async Task<CommandLine.Outcome> CalibrateAsync(int[] sizesKb, params string[] more)
    {
        string tables = _folder.File("tables");
        Directory.CreateDirectory(tables);
        foreach (string name in new[] { "table1.csv", "table2.csv" })
        {
            string[] lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "samples", "paper", name), TestContext.Current.CancellationToken);
            string[][] rows = [.. lines.Skip(1).Select(l => l.Split(',')).Where(f => sizesKb.Any(kb => f[0] == $"{kb}"))];
            if (name == "table1.csv")
                Array.ForEach(rows, f => f[2] = f[0].Length == 1 ? "10" : "2");
            await File.WriteAllLinesAsync(Path.Combine(tables, name), [lines[0], .. rows.Select(f => string.Join(',', f))], TestContext.Current.CancellationToken);
        }

        return await CommandLine.RunAsync(["calibrate", "--paper", tables, "--out", Parameters, "--evaluations", "2", .. more]);
    }
}
