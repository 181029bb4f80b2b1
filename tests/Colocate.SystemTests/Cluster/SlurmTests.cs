using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Cluster;

/// <summary>The scripts of samples/slurm on a real Slurm.</summary>
public sealed class SlurmTests : IDisposable
{
    private const int Runs = 44, Chunks = 22;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-array-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_array_with_a_drained_node_and_a_killed_task_gives_the_lake_of_one_process()
    {
        Assert.SkipWhen(SlurmCluster.Missing is not null, SlurmCluster.Missing ?? "");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string lab = SmallRuns.CopyTo(In("lab"), Runs), alone = In("alone"), lake = In("out/lake"), plan = In("plan.jsonl");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", alone, "--jobs", "1", "-q")).Code);
        (_, string lines, _) = await ColocateProcess.RunAsync("plan", lab, "--lake", lake, "--chunks", $"{Chunks}", "-q");
        await File.WriteAllTextAsync(plan, lines, cancellation);

        await using SlurmCluster cluster = await SlurmCluster.StartAsync(cancellation);
        cluster.Environments["COLOCATE"] = Launcher();
        string job = (await cluster.RunAsync("sbatch", "--parsable", $"--array=0-{Chunks - 1}", $"--output={In("%A_%a.log")}", Script("work.sh"), plan, lake)).Trim();
        string killed = (await WhileRunningAsync(cluster, job, cancellation))[^1];
        await cluster.RunAsync("scancel", "--signal=KILL", "--full", killed);
        await cluster.RunAsync("scontrol", "update", "NodeName=n2", "State=DRAIN", "Reason=test");
        while ((await cluster.RunningAsync(job)).Contains(killed))
            await Task.Delay(50, cancellation);
        await cluster.RunAsync("scontrol", "requeue", killed);
        await cluster.DrainQueueAsync(TimeSpan.FromMinutes(3), cancellation);
        Assert.Contains("drained", await cluster.RunAsync("sinfo", "--noheader", "--Node", "--format=%T"), StringComparison.Ordinal);

        string commit = (await cluster.RunAsync("sbatch", "--parsable", $"--output={In("commit.log")}", $"--dependency=afterany:{job}", "--wrap", $"'{Launcher()}' commit '{plan}' --lake '{lake}'")).Trim();
        await cluster.DrainQueueAsync(TimeSpan.FromMinutes(1), cancellation);
        string log = await File.ReadAllTextAsync(In("commit.log"), cancellation);
        Assert.True(log.Contains($"\"done\":{Runs}", StringComparison.Ordinal) && log.Contains("\"missing\":0", StringComparison.Ordinal), commit + log);
        await LakeState.AssertEqualAsync(alone, lake);
    }

    [Fact]
    public async Task A_chunk_whose_node_never_came_back_is_named_and_the_report_waits_for_it()
    {
        Assert.SkipWhen(SlurmCluster.Missing is not null, SlurmCluster.Missing ?? "");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string lab = SmallRuns.CopyTo(In("lab"), 6), output = In("out"), lake = In("out/lake"), plan = In("plan.jsonl");
        (_, string lines, _) = await ColocateProcess.RunAsync("plan", lab, "--lake", lake, "--chunks", "3", "-q");
        await File.WriteAllTextAsync(plan, lines, cancellation);
        await using SlurmCluster cluster = await SlurmCluster.StartAsync(cancellation);
        cluster.Environments["COLOCATE"] = Launcher();
        string first = await ReportAsync("0,2", "first.log"), second = await ReportAsync("1", "second.log");
        Assert.Contains("submit again: --array=1", first, StringComparison.Ordinal);
        Assert.Contains("some runs are not in the lake yet", first, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "report.html")), second);

        async Task<string> ReportAsync(string chunks, string log)
        {
            string array = (await cluster.RunAsync("sbatch", "--parsable", $"--array={chunks}", $"--output={In("%A_%a.log")}", Script("work.sh"), plan, lake)).Trim();
            await cluster.RunAsync("sbatch", $"--dependency=afterany:{array}", $"--output={In(log)}", Script("report.sh"), plan, lab, output, "--evaluations", "2", "--replicas", "1");
            await cluster.DrainQueueAsync(TimeSpan.FromMinutes(3), cancellation);
            return await File.ReadAllTextAsync(In(log), cancellation);
        }
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static string Script(string name) => Path.Combine(SampleReports.Root, "samples", "slurm", name);

    /// <summary>The program as nodes call it.</summary>
    private string Launcher()
    {
        string path = In("colocate");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, $"#!/bin/sh\nexec dotnet '{ColocateProcess.Program}' \"$@\"\n");
            Shell.RunAsync("chmod", new Dictionary<string, string>(), "755", path).GetAwaiter().GetResult();
        }

        return path;
    }

    private static async Task<string[]> WhileRunningAsync(SlurmCluster cluster, string job, CancellationToken cancellation)
    {
        string[] running;
        while ((running = await cluster.RunningAsync(job)).Length < 2)
            await Task.Delay(20, cancellation);
        return running;
    }
}
