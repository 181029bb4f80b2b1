using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli.Plans;

public sealed class PlanCommandTests
{
    private static readonly string[] s_runs = ["base-1-r3", "pair-1-1-r2", "idle-host", "base-1-r4", "pair-1-1-r3"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("promise", "R3")]
    public async Task Chunks_in_any_order_done_twice_at_a_time_give_the_lake_of_one_ingest(bool unread)
    {
        using var lab = new LabCopy(s_runs);
        lab.Edit("base-1-r4", m => m["run"] = "base-1-r3");
        File.WriteAllText(lab.File("pair-1-1-r3", "run.json"), "{");
        Assert.Equal(3, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake, "--jobs", "1")).Code);

        string shared = lab.Other("shared"), plan = await PlanAsync(lab, shared, 3, unread ? ["--unread"] : []);
        CommandLine.Outcome[] work = await Task.WhenAll(new[] { 2, 0, 1, 1, 0, 2 }.Select(chunk => Task.Run(() => CommandLine.RunAsync("work", plan, "--lake", shared, "--chunk", $"{chunk}"))));
        Assert.All(work, w => Assert.Contains(w.Code, (int[])[0, 3]));
        CommandLine.Outcome commit = await CommandLine.RunAsync("commit", plan, "--lake", shared);
        Assert.Equal((3, 5, 2, 0), (commit.Code, (int)commit.Json.Single()["done"]!, (int)commit.Json.Single()["set_aside"]!, (int)commit.Json.Single()["missing"]!));
        Assert.Equal(LakeDigests.OfAll(lab.Lake), LakeDigests.OfAll(shared));
        Assert.Equal(await DumpAsync(lab.Lake), await DumpAsync(shared));
        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", shared)).Code);

        // What is done is left out of the next plan, and work on it finds nothing to do.
        string again = await PlanAsync(lab, shared, 3, []);
        Assert.Equal(0, (int)JsonNode.Parse(File.ReadLines(again).First())!["chunks"]!);
        Assert.Equal((0, ""), ((await CommandLine.RunAsync("work", again, "--lake", shared)) is var nothing ? (nothing.Code, nothing.Out) : default));
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", shared)).Json.Single()["done"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_chunk_that_was_not_done_is_named_and_the_rest_counts()
    {
        using var lab = new LabCopy(s_runs);
        string plan = await PlanAsync(lab, lab.Lake, 5, []);
        foreach (int chunk in (int[])[0, 1, 3])
            Assert.Equal(0, (await CommandLine.RunAsync("work", plan, "--lake", lab.Lake, "--chunk", $"{chunk}")).Code);
        CommandLine.Outcome commit = await CommandLine.RunAsync("commit", plan, "--lake", lab.Lake);
        Assert.Equal((3, 2, "[2,4]"), (commit.Code, (int)commit.Json.Single()["missing"]!, commit.Json.Single()["chunks"]!.ToJsonString()));
        Assert.Contains("submit again: --array=2,4", commit.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Count);
        Assert.Equal(0, (await CommandLine.RunAsync("work", plan, "--lake", lab.Lake, "--jobs", "2")).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("commit", plan, "--lake", lab.Lake)).Code);
    }

    [Fact]
    public async Task Inputs_that_changed_since_they_were_planned_are_not_written_and_named()
    {
        using var lab = new LabCopy(s_runs[..2]);
        string plan = await PlanAsync(lab, lab.Lake, 1, []);
        File.AppendAllText(lab.File(s_runs[0], "xentop.txt"), "\n");
        CommandLine.Outcome work = await CommandLine.RunAsync("work", plan, "--lake", lab.Lake);
        Assert.Equal((3, "changed"), (work.Code, (string)work.Json.Single(r => (string)r["unit"]! == s_runs[0])["status"]!));
        CommandLine.Outcome commit = await CommandLine.RunAsync("commit", plan, "--lake", lab.Lake);
        Assert.Equal(3, commit.Code);
        Assert.Equal([s_runs[1]], (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Select(r => (string)r["run"]!));
    }

    [Fact]
    public async Task Chunks_hold_about_equal_bytes_and_the_largest_runs_come_first()
    {
        string plan = await PlanAsync(Repository.SampleLab, Path.Combine(Path.GetTempPath(), "nowhere", "lake"), 8, new TemporaryFolder().File("plan.jsonl"));
        JsonNode[] units = [.. File.ReadLines(plan).Skip(1).Select(l => JsonNode.Parse(l)!)];
        File.Delete(plan);
        Assert.Equal(122, units.Length);
        Assert.Equal(units.Select(u => (string)u["unit"]!).Order(StringComparer.Ordinal), units.Select(u => (string)u["unit"]!));
        long[] sizes = [.. units.GroupBy(u => (int)u["chunk"]!).OrderBy(c => c.Key).Select(c => c.Sum(u => (long)u["bytes"]!))];
        Assert.Equal(8, sizes.Length);
        Assert.InRange((double)sizes.Max() / sizes.Min(), 1, 1.4);
        Assert.All(units, u => Assert.Equal(64, ((string)u["fingerprint"]!).Length));
    }

    [Theory]
    [InlineData("cut", "its lines are not those it was written with")]
    [InlineData("edited", "its lines are not those it was written with")]
    [InlineData("newer", "The plan is of version 9")]
    [InlineData("empty", "The plan is damaged")]
    [InlineData("text", "The plan is damaged")]
    [InlineData("missing", "There is no plan")]
    public async Task A_plan_that_is_none_is_refused_before_anything_is_written(string harm, string says)
    {
        using var lab = new LabCopy(s_runs[..2]);
        string plan = await PlanAsync(lab, lab.Lake, 2, []), text = File.ReadAllText(plan);
        if (harm == "missing")
            File.Delete(plan);
        else
            File.WriteAllText(plan, harm switch
            {
                "cut" => text[..^40],
                "edited" => text.Replace("\"folder\":\"runs/", "\"folder\":\"../../", StringComparison.Ordinal),
                "newer" => text.Replace("{\"plan\":1", "{\"plan\":9", StringComparison.Ordinal),
                "empty" => "",
                _ => "not a plan\n",
            });
        foreach (string command in (string[])["work", "commit"])
        {
            CommandLine.Outcome outcome = await CommandLine.RunAsync(command, plan, "--lake", lab.Lake);
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
            Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(lab.Lake));
        }
    }

    private static Task<string> PlanAsync(LabCopy lab, string lake, int chunks, string[] more) => PlanAsync(lab.Lab, lake, chunks, lab.Other("plan.jsonl"), more);

    private static async Task<string> PlanAsync(string lab, string lake, int chunks, string path, params string[] more)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["plan", lab, "--lake", lake, "--chunks", $"{chunks}", .. more]);
        Assert.Equal(0, outcome.Code);
        File.WriteAllText(path, outcome.Out);
        return path;
    }

    private static async Task<string> DumpAsync(string lake) => (await CommandLine.RunAsync("catalogue", "--dump", "--lake", lake)).Out;
}
