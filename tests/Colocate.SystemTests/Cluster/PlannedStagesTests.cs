using System.Text.Json.Nodes;
using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Cluster;

/// <summary>Simulation and evaluation cut into chunks: what many processes leave is what one <c>run</c> leaves.</summary>
public sealed class PlannedStagesTests(SampleReports samples) : IDisposable
{
    /// <summary>Stages from the simulation on; what comes before them is taken as it is.</summary>
    private static readonly string[] s_later = ["simulate", "predict", "claims", "report"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-planned-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R3")]
    public async Task R3_Chunks_of_simulations_and_of_folds_in_any_order_and_twice_give_the_bytes_of_one_run()
    {
        Sample whole = await samples.GetAsync("lab");
        string output = Path.Combine(_folder.FullName, "lab"), lake = Path.Combine(output, "lake");
        CopyUntilCalibrated(whole.Folder, output);

        JsonNode unfinished = await WorkAsync("simulate", lake, 3, 2, 0);
        Assert.NotEqual(0, (int)unfinished["missing"]!);
        Assert.Equal([1], unfinished["chunks"]!.AsArray().Select(c => (int)c!));
        Assert.False(File.Exists(Path.Combine(lake, "manifests", "_lake", "simulate.json")));
        Assert.Equal(0, (int)(await WorkAsync("simulate", lake, 1, 0, 0))["missing"]!);
        Assert.Equal(0, (int)(await WorkAsync("evaluate", lake, 3, 2, 1, 2, 0))["missing"]!);
        Assert.Equal(0, await PlannedAsync("evaluate", lake));

        (int code, _, string error) = await ColocateProcess.RunAsync("run", SampleLabTests.Lab, "--out", output, "-q");
        Assert.True(code == 0, error);
        await LakeState.AssertEqualAsync(whole.Lake, lake);
        foreach (string file in (string[])["params.json", "model.zip"])
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(whole.Folder, file), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(output, file), TestContext.Current.CancellationToken));
        Assert.Empty(LakeState.Staged(lake));
    }

    /// <summary>Plans what is left of a stage, does some chunks of it, two at a time, and commits: what the commit said.</summary>
    private async Task<JsonNode> WorkAsync(string stage, string lake, int cutInto, params int[] chunks)
    {
        string plan = Path.Combine(_folder.FullName, stage + ".jsonl");
        await File.WriteAllTextAsync(plan, await DoneAsync("plan", "--lake", lake, "--stage", stage, "--chunks", $"{cutInto}", "-q"), TestContext.Current.CancellationToken);
        await Parallel.ForEachAsync(chunks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (chunk, _) => await DoneAsync("work", plan, "--lake", lake, "--chunk", $"{chunk}", "--jobs", "1", "-q"));
        (int code, string committed, string error) = await ColocateProcess.RunAsync("commit", plan, "--lake", lake, "-q", "--format", "json");
        Assert.True(code is 0 or 3, error);
        return JsonNode.Parse(committed)!;
    }

    /// <summary>Chunks that are left to do.</summary>
    private static async Task<int> PlannedAsync(string stage, string lake) =>
        (int)JsonNode.Parse((await DoneAsync("plan", "--lake", lake, "--stage", stage, "--chunks", "3", "-q")).Split('\n')[0])!["chunks"]!;

    private static async Task<string> DoneAsync(params string[] args)
    {
        (int code, string output, string error) = await ColocateProcess.RunAsync(args);
        Assert.True(code == 0, error);
        return output;
    }

    private static void CopyUntilCalibrated(string from, string to)
    {
        FolderCopy.Make(from, to, f => s_later.Any(s => f.EndsWith(Path.Combine("_lake", s + ".json"), StringComparison.Ordinal)));
        File.Delete(Path.Combine(to, "model.zip"));
        File.Delete(Path.Combine(to, "report.html"));
        File.Delete(Path.Combine(to, "lake", "catalogue.db"));
    }
}
