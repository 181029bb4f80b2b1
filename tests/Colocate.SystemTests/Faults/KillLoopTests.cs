using System.Diagnostics;
using Colocate.SystemTests.Cli;
using Colocate.SystemTests.Cluster;

namespace Colocate.SystemTests.Faults;

/// <summary>Promises R2 and R11: writers are killed, at points of interest and at random, and the next one goes on without any repair.</summary>
public sealed class KillLoopTests : IDisposable
{
    private const int Rounds = 200, Runs = 24;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_Two_hundred_kills_lose_no_run_double_none_and_need_no_repair()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string lab = SmallRuns.CopyTo(In("lab"), Runs), whole = In("whole"), plan = In("plan.jsonl");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", whole, "--jobs", "1", "-q")).Code);
        (_, string lines, _) = await ColocateProcess.RunAsync("plan", lab, "--lake", In("nowhere"), "--chunks", "2", "-q");
        await File.WriteAllTextAsync(plan, lines, cancellation);
        string[] expected = LakeState.Digests(whole), expectedDump = await LakeState.DumpAsync(whole);

        // Seeded, so that a failure comes again; how far a writer gets in a time is the machine's business.
        var chance = new Random(20261126);
        int kills = 0, lakes = 0;
        while (kills < Rounds)
        {
            string lake = In($"lake-{lakes++}");
            bool isFinished = false;
            while (!isFinished)
            {
                // Two writers at a time: workers of both chunks, or one that wants the lake alone and one that finds it busy.
                Process[] writers = chance.Next(2) == 0
                    ? [Start("work", plan, "--lake", lake, "--chunk", "0", "-q"), Start("work", plan, "--lake", lake, "--chunk", "1", "-q")]
                    : [Start("ingest", lab, "--lake", lake, "--jobs", "2", "-q"), Start("ingest", lab, "--lake", lake, "-q")];
                await WaitForAsync(chance.Next(6), lake, chance, writers);
                foreach (Process writer in writers)
                {
                    if (!writer.HasExited && kills < Rounds)
                    {
                        writer.Kill();
                        kills++;
                    }

                    await writer.WaitForExitAsync(cancellation);
                    writer.Dispose();
                }

                isFinished = kills >= Rounds || Manifests(lake) >= Runs;
                if (kills % 10 < 2)
                    await AssertSoundAsync(lake);
            }

            await AssertSoundAsync(lake);
            (int code, _, string error) = await ColocateProcess.RunAsync("ingest", lab, "--lake", lake, "--jobs", "2", "-q");
            Assert.True(code == 0, error);
            Assert.Equal(expected, LakeState.Digests(lake));
            Assert.Equal(expectedDump, await LakeState.DumpAsync(lake));
            Assert.Empty(LakeState.Staged(lake));
        }
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>What a reader sees is whole, whatever lies about beside it.</summary>
    private static async Task AssertSoundAsync(string lake)
    {
        if (!File.Exists(Path.Combine(lake, "lake.json")))
            return;
        (_, string problems, string error) = await ColocateProcess.RunAsync("check", "--lake", lake, "-q", "--format", "json");
        Assert.DoesNotContain("unexpected failure", error, StringComparison.Ordinal);
        Assert.All(problems.Split('\n', StringSplitOptions.RemoveEmptyEntries), p => Assert.Contains("no manifest lists this file", p, StringComparison.Ordinal));
    }

    /// <summary>Waits for a point of interest: a file that is being written, a table without its manifest, a manifest, or just a while.</summary>
    private static async Task WaitForAsync(int point, string lake, Random chance, Process[] writers)
    {
        var clock = Stopwatch.StartNew();
        int before = Manifests(lake), more = chance.Next(1, 4);
        TimeSpan longest = TimeSpan.FromMilliseconds(chance.Next(150, 900));
        while (clock.Elapsed < longest && writers.Any(w => !w.HasExited))
        {
            bool reached = point switch
            {
                0 => Any(lake, "staging"),
                1 => Any(lake, "tables"),
                2 => File.Exists(Path.Combine(lake, "catalogue.db-journal")),
                3 => Manifests(lake) >= before + more,
                4 => File.Exists(Path.Combine(lake, "lake.lock")),
                _ => false,
            };
            if (reached)
                return;
            await Task.Delay(1);
        }
    }

    private static bool Any(string lake, string folder) => Directory.Exists(Path.Combine(lake, folder)) && Directory.EnumerateFileSystemEntries(Path.Combine(lake, folder)).Any();

    private static int Manifests(string lake) => Directory.Exists(Path.Combine(lake, "manifests")) ? Directory.EnumerateDirectories(Path.Combine(lake, "manifests")).Count() : 0;

    private static Process Start(params string[] args)
    {
        Process process = ColocateProcess.Start(args);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
