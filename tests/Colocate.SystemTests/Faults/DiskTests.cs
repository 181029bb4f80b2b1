using System.Text.Json.Nodes;
using Colocate.SystemTests.Cli;
using Colocate.SystemTests.Cluster;

namespace Colocate.SystemTests.Faults;

/// <summary>Disks that fill up and disks that cannot be written.</summary>
public sealed class DiskTests : IDisposable
{
    private const string NoMount = "mounting a file system needs root with the right to mount";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-disk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R2")]
    public async Task R2_A_disk_that_fills_up_keeps_what_was_committed_and_goes_on_when_there_is_room()
    {
        string lab = SmallRuns.CopyTo(In("lab"), 12), whole = In("whole");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", whole, "--jobs", "1", "-q")).Code);
        await using MountedFolder? disk = await MountedFolder.OfMemoryAsync(300);
        Assert.SkipWhen(disk is null, NoMount);
        string lake = Path.Combine(disk!.Path, "lake");
        int least = 0;
        for (int kilobytes = 300; kilobytes <= 1800; kilobytes += 300)
        {
            await disk.ResizeAsync(kilobytes);
            (int code, string output, string error) = await ColocateProcess.RunAsync("ingest", lab, "--lake", lake, "--jobs", "1", "-q");
            if (code == 0)
                break;
            Assert.Equal((1, ""), (code, output));
            Assert.DoesNotContain("unexpected failure", error, StringComparison.Ordinal);
            Assert.Contains("free space", error, StringComparison.Ordinal);
            if (!File.Exists(Path.Combine(lake, "lake.json")))
                continue;
            int seen = await RunsAsync(lake);
            Assert.InRange(seen, least, 12);
            least = seen;
            (_, string problems, _) = await ColocateProcess.RunAsync("check", "--lake", lake, "-q", "--format", "json");
            Assert.All(problems.Split('\n', StringSplitOptions.RemoveEmptyEntries), p => Assert.Contains("no manifest lists this file", p, StringComparison.Ordinal));
        }

        await disk.ResizeAsync(65536);
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", lake, "--jobs", "1", "-q")).Code);
        Assert.InRange(least, 1, 12);
        await LakeState.AssertEqualAsync(whole, lake);
    }

    [Fact]
    [Trait("promise", "R1")]
    public async Task R1_Inputs_on_a_disk_that_can_only_be_read_are_ingested_and_stay_as_they_are()
    {
        string lab = SmallRuns.CopyTo(In("lab"), 4), whole = In("whole");
        string[] before = LakeState.Everything(lab);
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", whole, "-q")).Code);
        Assert.Equal(before, LakeState.Everything(lab));
        await using MountedFolder? disk = await MountedFolder.ReadOnlyAsync(lab);
        Assert.SkipWhen(disk is null, NoMount);
        Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(disk!.Path, "x"), ""));
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", disk!.Path, "--lake", In("lake"), "-q")).Code);
        await LakeState.AssertEqualAsync(whole, In("lake"));
    }

    [Fact]
    public async Task A_lake_on_a_disk_that_can_only_be_read_is_read_and_refuses_writers()
    {
        string lab = SmallRuns.CopyTo(In("lab"), 2), lake = In("lake");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", lake, "-q")).Code);
        await using MountedFolder? disk = await MountedFolder.ReadOnlyAsync(lake);
        Assert.SkipWhen(disk is null, NoMount);
        Assert.Equal(2, await RunsAsync(disk!.Path));
        Assert.Equal(0, (await ColocateProcess.RunAsync("check", "--lake", disk.Path, "-q")).Code);
        (int code, _, string error) = await ColocateProcess.RunAsync("ingest", lab, "--lake", disk.Path, "-q");
        Assert.Equal(1, code);
        Assert.DoesNotContain("unexpected failure", error, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static async Task<int> RunsAsync(string lake)
    {
        (int code, string output, string error) = await ColocateProcess.RunAsync("runs", "--lake", lake, "--format", "json");
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string)JsonNode.Parse(l)!["run"]!).Distinct().Count();
    }
}
