using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.SystemTests.Cluster;
using Colocate.SystemTests.Report;

namespace Colocate.SystemTests.Cli;

/// <summary>The main job on the sample lab, from the outside.</summary>
public sealed class SampleLabTests(SampleReports samples) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("colocate-system-").FullName;

    internal static string Lab { get; } = Path.Combine(SampleReports.Root, "samples", "lab");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_whole_pipeline_runs_once_and_then_has_nothing_to_do()
    {
        (string output, int code, string ranking, string talk) = await samples.GetAsync("lab");
        JsonObject[] ranked = [.. ranking.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
        Assert.Equal(10, ranked.Length);
        double[] combined = [.. ranked.Select(r => (double)r["combined"]!)];
        Assert.Equal(combined.OrderDescending(), combined);
        Assert.Equal(28, (int)ranked[^1]["rank"]!);

        Assert.Equal(["lake", "model.zip", "params.json", "report.html"], Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        string[] before = Digests(output);
        (code, ranking, talk) = await ColocateProcess.RunAsync("run", Lab, "--out", output, "--format", "json");
        Assert.Equal(0, code);
        Assert.Equal(ranked.Length, ranking.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Nothing to do", talk, StringComparison.Ordinal);
        Assert.Equal(before, Digests(output));

        await AssertScoresAsync(Path.Combine(output, "lake"));
        await AssertSimulationAsync(Path.Combine(output, "lake"), Path.Combine(output, "params.json"));
        await AssertContractAsync(Path.Combine(output, "lake"), Path.Combine(output, "model.zip"));
        await AssertExamplesAsync(output);
        await using OpenedPage opened = await OpenedPage.OpenAsync(Path.Combine(output, "report.html"));
        foreach (string figure in (string[])["cpu-agreement", "base-spread", "combined-score", "pair-matrix", "placement", "sweep", "held-out"])
        {
            Assert.True(await opened.Page.EvaluateAsync<int>($"document.querySelectorAll('#{figure} .chart .points path, #{figure} .chart .point, #{figure} .chart .hm image').length") > 0, figure);
            await opened.Page.Locator("#" + figure).ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "report", $"sample-{figure}.png") });
        }

        Assert.Empty(opened.Complaints);
    }

    /// <summary>A writer that is killed loses the runs in flight and nothing else; the next one ends where an undisturbed one would have.</summary>
    [Fact]
    public async Task A_killed_ingest_is_finished_by_the_next_one_without_any_repair()
    {
        string whole = Path.Combine(_folder, "whole"), broken = Path.Combine(_folder, "broken");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", Lab, "--lake", whole, "-q")).Code);
        foreach (int manifests in (int[])[1, 40, 90])
        {
            using System.Diagnostics.Process victim = ColocateProcess.Start("ingest", Lab, "--lake", broken, "-q");
            while (!victim.HasExited && Count(broken) < manifests)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            victim.Kill();
            await victim.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(Count(broken), 1, 122);
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", Lab, "--lake", broken, "-q")).Code);
        Assert.Equal(Digests(Path.Combine(whole, "tables")), Digests(Path.Combine(broken, "tables")));
        Assert.Equal(Digests(Path.Combine(whole, "manifests")), Digests(Path.Combine(broken, "manifests")));
        Assert.Empty(LakeState.Staged(broken));

        static int Count(string lake) => Directory.Exists(Path.Combine(lake, "manifests")) ? Directory.EnumerateDirectories(Path.Combine(lake, "manifests")).Count() : 0;
    }

    /// <summary>Every example of every command's help runs as it stands, where `out` lies beside `samples`. It is there already: what `run` makes of the lab was looked at.</summary>
    private async Task AssertExamplesAsync(string output)
    {
        FolderCopy.Make(output, Path.Combine(_folder, "out"));
        string samples = Directory.CreateDirectory(Path.Combine(_folder, "samples")).FullName;
        foreach (string sample in Directory.EnumerateDirectories(Path.Combine(SampleReports.Root, "samples")).Where(s => Path.GetFileName(s) != "guest"))
            Directory.CreateSymbolicLink(Path.Combine(samples, Path.GetFileName(sample)), sample);
        // `init` writes into it.
        string guest = Directory.CreateDirectory(Path.Combine(samples, "guest")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SampleReports.Root, "samples", "guest")))
            File.Copy(file, Path.Combine(guest, Path.GetFileName(file)));
        (_, string help, _) = await ColocateProcess.RunAsync("--help");
        string[] commands = [.. help.Split('\n').SkipWhile(l => !l.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim().Split(' ')[0])];
        Assert.True(commands.Length >= 20, help);
        foreach (string command in commands)
        {
            (_, help, _) = await ColocateProcess.RunAsync(command, "--help");
            string[] examples = [.. help.Split('\n').SkipWhile(l => !l.StartsWith("Examples:", StringComparison.Ordinal)).Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0)];
            Assert.True(examples.Length > 0, $"{command} has no example");
            foreach (string example in examples)
            {
                (int code, string printed, string talk) = await ColocateProcess.RunInAsync(_folder, example);
                Assert.True(code == 0, $"{example}: {code}\n{talk}");
                string said = example.Split(" > ") is [_, string file] ? await File.ReadAllTextAsync(Path.Combine(_folder, file), TestContext.Current.CancellationToken) : printed;
                // `check` writes what is wrong as data, and that nothing is as talk.
                if (command == "check")
                    said = talk.Split('\n').Single(l => l.EndsWith("all as committed", StringComparison.Ordinal));
                Assert.True(said.Length > 0 || example.Contains("--out", StringComparison.Ordinal), $"{example} says nothing");
            }
        }
    }

    /// <summary>The fields that scripts rely on; others may stand beside them.</summary>
    private static async Task AssertContractAsync(string lake, string model)
    {
        (string[] Command, string Fields)[] contract =
        [
            (["runs", "--lake", lake], "run campaign kind vms host status files"),
            (["metrics", "--lake", lake], "run domain window_s cpu_fraction wait_fraction block_fraction executions_per_s events_per_s switches_per_s pages_per_s pages_per_execution event_channel_per_s lossy method"),
            (["scores", "--lake", lake], "run workloads rate_fraction throughput_per_s base_per_s score combined"),
            (["evaluate", "--lake", lake, "--protocol", "workload", "-q"], "protocol model kind n mae mape rmse spearman regret_mean matching_gap_closed coverage width level"),
            (["simulate", "--params", Path.Combine(Path.GetDirectoryName(model)!, "params.json"), "--vm", "1KB", "--vm", "100KB", "--duration", "5s"], "vms dom0 host combined combined_low combined_high level simulated_s sim_events"),
            (["predict", "--model", model, "4KB", "70KB", "1KB", "idle"], "workloads combined low high level score extrapolates measured trainer"),
            (["place", "--model", model, "--workloads", "1KB,100KB", "--hosts", "1"], "host workloads combined low | total oracle_gap method"),
        ];
        foreach ((string[] command, string fields) in contract)
        {
            (int code, string json, string talk) = await ColocateProcess.RunAsync([.. command, "--format", "json"]);
            Assert.True(code == 0, talk);
            JsonObject[] records = [.. json.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
            Assert.NotEmpty(records);
            // Fields after a bar are those of the last line, the summary.
            string[] shapes = fields.Split(" | ");
            Assert.All(records.Index(), r => Assert.Empty(
                shapes[shapes.Length > 1 && r.Index == records.Length - 1 ? 1 : 0].Split(' ').Where(f => !r.Item.ContainsKey(f)).Select(f => $"{command[0]} lacks {f}")));
        }
    }

    /// <summary>The lake holds what the simulator was fitted to and what it makes of the lab; the parameters answer the same on their own.</summary>
    private static async Task AssertSimulationAsync(string folder, string parameters)
    {
        using Lake lake = Lake.Open(folder);
        ILookup<string, string> kinds = (await lake.ReadAsync<RunRow>()).ToLookup(r => r.Kind, r => r.Run);
        string[] alone = [.. kinds["base"], .. kinds["solo"], .. kinds["idle"]], together = [.. kinds["pair"], .. kinds["sweep"]];
        IReadOnlyList<CalibrationResidualRow> residuals = await lake.ReadAsync<CalibrationResidualRow>();
        Assert.Equal(alone.Order(StringComparer.Ordinal), residuals.Select(r => r.Run).Distinct().Order(StringComparer.Ordinal));
        JsonObject file = JsonNode.Parse(await File.ReadAllTextAsync(parameters, TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal((await lake.ReadAsync<CalibrationParameterRow>()).Select(p => (p.Parameter, p.Value)), file["parameters"]!.AsArray().Select(p => ((string)p!["name"]!, (double)p["value"]!)));
        Assert.Equal(["1KB", "4KB", "10KB", "30KB", "50KB", "70KB", "100KB"], file["workloads"]!.AsArray().Select(w => (string)w!["workload"]!));

        IReadOnlyList<SimulatedRunRow> runs = await lake.ReadAsync<SimulatedRunRow>();
        Assert.Equal((together.Length, 28), (runs.Count(r => r.Kind == "like"), runs.Count(r => r.Kind == "pair")));
        Assert.Empty(together.Except(runs.Select(r => r.LikeRun)));
        Assert.All(runs, r => Assert.InRange(r.Combined!.Value, 0.1, 2));
        Assert.All(runs, r => Assert.InRange(r.Combined!.Value, r.CombinedLow!.Value, r.CombinedHigh!.Value));
        ILookup<string, SimulatedDomainRow> domains = (await lake.ReadAsync<SimulatedDomainRow>()).ToLookup(d => d.Scenario);
        Assert.All(runs, r => Assert.Equal(r.Combined!.Value, domains[r.Scenario].Sum(d => d.Score ?? 0), 9));

        SimulatedRunRow stored = runs.First(r => r.Kind == "like");
        (int code, string json, string talk) = await ColocateProcess.RunAsync("simulate", "--params", parameters, "--lake", folder, "--like", stored.LikeRun!, "--format", "json");
        Assert.True(code == 0, talk);
        JsonObject again = JsonNode.Parse(json)!.AsObject();
        Assert.Equal((stored.Combined, stored.CombinedLow, stored.SimEvents), ((double)again["combined"]!, (double)again["combined_low"]!, (long)again["sim_events"]!));
    }

    /// <summary>The lab's own table of scores was computed when it was recorded, by other code.</summary>
    private static async Task AssertScoresAsync(string lake)
    {
        (_, string json, _) = await ColocateProcess.RunAsync("scores", "--lake", lake, "--format", "json");
        var scores = json.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToDictionary(r => (string)r["run"]!);
        string[][] rows = [.. File.ReadLines(Path.Combine(Lab, "scores.csv")).Select(l => l.Split(','))];
        int combined = Array.IndexOf(rows[0], "combined"), firstT = Array.IndexOf(rows[0], "T1_per_s"), firstB = Array.IndexOf(rows[0], "B1_per_s");
        Assert.Equal(122, rows.Length - 1);
        foreach (string[] row in rows[1..])
        {
            JsonObject ours = scores[row[0]];
            AssertNear(row[combined], ours["combined"], row[0]);
            int[] guests = [.. Enumerable.Range(0, 3).Where(g => row[firstT + g].Length > 0)];
            Assert.Equal(guests.Length, ours["throughput_per_s"]!.AsArray().Count);
            foreach ((int i, int guest) in guests.Index())
            {
                AssertNear(row[firstT + guest], ours["throughput_per_s"]![i], row[0]);
                AssertNear(row[firstB + guest], ours["base_per_s"]![i], row[0]);
            }
        }
    }

    private static void AssertNear(string expected, JsonNode? actual, string run)
    {
        double reference = double.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), ours = (double)actual!;
        Assert.True(Math.Abs(ours - reference) <= 0.005 * reference, $"{run}: {ours} instead of {reference}");
    }

    private static string[] Digests(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) != ".db").Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(folder, f) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
    ];
}
