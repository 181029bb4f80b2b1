using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Lake;
using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;
using Colocate.Tests.Cli;

namespace Colocate.Tests.Faults;

using Lake = Colocate.Model.Lake.Lake;

/// <summary>Lakes on disks that fail, and what must hold of them all the same.</summary>
internal static class FaultyLake
{
    /// <summary>A new folder, in memory where the system has such a place: what is proved does not depend on how slowly a disk flushes.</summary>
    internal static DirectoryInfo NewDisk(string purpose) =>
        Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"colocate-{purpose}-{Guid.NewGuid():N}"));

    internal static async Task IngestAsync(LabCopy lab, string folder, IFileObserver? disk, bool prune = false)
    {
        using Lake lake = Lake.OpenForWriting(folder, disk);
        await new LabIngest(lake, new IngestSettings(), Assumptions.Parse([])).RunAsync([lab.Lab], prune, 1, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Every run that is seen is whole: all its tables are there, and all their bytes are those committed.</summary>
    internal static async Task AssertWholeRunsAsync(string folder, string when)
    {
        if (!File.Exists(Path.Combine(folder, "lake.json")))
            return;
        using (Lake lake = Lake.Open(folder))
        {
            IReadOnlyList<RunRow> runs = await lake.ReadAsync<RunRow>();
            Assert.Equal(runs.Select(r => r.Run).Distinct(), runs.Select(r => r.Run));
            Assert.Equal(lake.Outputs(LabIngest.Stage).Keys.Order(), runs.Select(r => r.Run).Order());
        }

        CheckResult check = await LakeCheck.RunAsync(folder, 1, null, TestContext.Current.CancellationToken);
        Assert.True(check.Problems.All(p => p.What == "no manifest lists this file"), $"{when}: {string.Join('\n', check.Problems)}");
    }

    internal static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
