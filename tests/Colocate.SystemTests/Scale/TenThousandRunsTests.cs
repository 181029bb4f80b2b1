using System.Diagnostics;
using System.Text.Json.Nodes;
using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Scale;

/// <summary>Ten thousand tiny runs: whatever grows with their square shows here.</summary>
public sealed class TenThousandRunsTests : IDisposable
{
    private const int Runs = 10_000;

    /// <summary>In memory where the system has such a place: what counts here is what the program does, not how slowly a disk flushes.</summary>
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "colocate-scale-" + Guid.NewGuid().ToString("N")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Plan_work_commit_and_listing_of_four_times_as_many_runs_take_about_four_times_as_long()
    {
        (string Step, double Seconds)[] few = await MeasureAsync(Runs / 4), all = await MeasureAsync(Runs);
        string figures = string.Join(", ", few.Zip(all, (f, a) => FormattableString.Invariant($"{a.Step} {f.Seconds:F2} and {a.Seconds:F2} s")));
        TestContext.Current.TestOutputHelper?.WriteLine(figures);

        // Linear is four; what grows with the square takes sixteen. Absolute times stand in model/docs/scale.md: machines differ.
        Assert.True(few.Zip(all).All(t => t.Second.Seconds < 8 * t.First.Seconds), figures);
    }

    private async Task<(string Step, double Seconds)[]> MeasureAsync(int runs)
    {
        string folder = Path.Combine(_folder.FullName, FormattableString.Invariant($"{runs}")), lab = Path.Combine(folder, "lab"), lake = Path.Combine(folder, "lake"), plan = Path.Combine(folder, "plan.jsonl");
        MakeRuns(lab, runs);
        (string lines, double planS) = await TimedAsync("plan", lab, "--lake", lake, "--chunks", "500", "-q");
        await File.WriteAllTextAsync(plan, lines, TestContext.Current.CancellationToken);
        (_, double workS) = await TimedAsync("work", plan, "--lake", lake, "-q");
        (string committed, double commitS) = await TimedAsync("commit", plan, "--lake", lake, "-q");
        (string listed, double listS) = await TimedAsync("runs", "--lake", lake);
        (string again, double againS) = await TimedAsync("plan", lab, "--lake", lake, "--chunks", "500", "-q");
        Assert.Equal(runs, (int)JsonNode.Parse(committed)!["done"]!);
        Assert.Equal(runs, listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, (int)JsonNode.Parse(again.Split('\n')[0])!["chunks"]!);
        return [("plan", planS), ("work", workS), ("commit", commitS), ("listing", listS), ("plan of what is done", againS)];
    }

    private static void MakeRuns(string lab, int runs)
    {
        string source = Path.Combine(SampleLabTests.Lab, "runs", "base-1-r3");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "run.json")))!;
        manifest["xentop"] = null;
        byte[] log = File.ReadAllBytes(Path.Combine(source, "httperf-vm1.txt"));
        for (int i = 0; i < runs; i++)
        {
            string id = FormattableString.Invariant($"r{i:D5}"), folder = Path.Combine(lab, "runs", id);
            Directory.CreateDirectory(folder);
            manifest["run"] = id;
            manifest["campaign"] = $"c{i % 5}";
            File.WriteAllText(Path.Combine(folder, "run.json"), manifest.ToJsonString());
            File.WriteAllBytes(Path.Combine(folder, "httperf-vm1.txt"), log);
        }
    }

    /// <summary>What a command prints, and how long it takes: on a machine that others use as well, not longer than its own processor time.</summary>
    private static async Task<(string Output, double Seconds)> TimedAsync(params string[] args)
    {
        var clock = Stopwatch.StartNew();
        using Process process = ColocateProcess.Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        double cpuS = 0;
        while (ProcessorS(process) is { } used)
        {
            cpuS = used;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        double elapsedS = clock.Elapsed.TotalSeconds;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return (await output, Math.Min(elapsedS, cpuS));
    }

    /// <summary>Processor time that a process has taken so far, in seconds; null when it has ended, after which the system forgets it.</summary>
    private static double? ProcessorS(Process process)
    {
        try
        {
            return process.HasExited ? null : process.TotalProcessorTime.TotalSeconds;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
