using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Tests.Cli;
using static Colocate.Tests.Faults.FaultyLake;

namespace Colocate.Tests.Faults;

using Lake = Colocate.Model.Lake.Lake;

/// <summary>
/// Promises R2 and R11, after SQLite's method: the first operation on a file fails, then the second, and so on until nothing fails any more. After each failure
/// the lake holds whole runs alone, and the next writer, without any repair, ends where an undisturbed one does.
/// </summary>
public sealed class FailingOperationTests : IDisposable
{
    private readonly DirectoryInfo _disk = NewDisk("faults");

    private static readonly Assumptions s_nothing = Assumptions.Parse([]);

    public void Dispose() => _disk.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_Every_operation_of_an_ingest_fails_in_turn_and_nothing_is_lost_doubled_or_half_written(bool forever)
    {
        using var lab = new LabCopy("base-1-r3");
        await IngestAsync(lab, In("whole"), null);
        string[] whole = LakeDigests.OfAll(In("whole"));
        int failures = 0;
        for (int n = 1; ; n++)
        {
            string lake = In($"n{n}");

            // What broke for good does so in a lake that is there; making one is more than half of all operations.
            if (forever)
                Lake.OpenForWriting(lake).Dispose();
            var disk = new FailingDisk(n, forever);
            Exception? failure = await Record.ExceptionAsync(() => IngestAsync(lab, lake, disk));
            if (disk.Failed is null)
                break;
            failures++;

            // Some failures are of no consequence, such as that of removing what nobody lists; all others are told as what they are.
            Assert.True(failure is null or IOException, $"{n}: {disk.Failed}: {failure}");
            await AssertWholeRunsAsync(lake, $"{n}: {disk.Failed}");
            await IngestAsync(lab, lake, null);
            Assert.Equal(whole, LakeDigests.OfAll(lake));
            Directory.Delete(lake, recursive: true);
        }

        Assert.True(failures > 80, $"only {failures} operations were made to fail");
    }

    [Fact]
    [Trait("promise", "R2")]
    public async Task R2_Every_operation_of_replacing_a_run_fails_in_turn_and_one_generation_stays()
    {
        using var lab = new LabCopy("base-1-r3");
        await IngestAsync(lab, In("old"), null);
        lab.Edit("base-1-r3", m => m["notes"] = "new");
        await IngestAsync(lab, In("new"), null);
        string[] whole = LakeDigests.OfAll(In("new"));
        for (int n = 1; ; n++)
        {
            string lake = In($"n{n}");
            Copy(In("old"), lake);
            var disk = new FailingDisk(n, forever: false);
            Exception? failure = await Record.ExceptionAsync(() => IngestAsync(lab, lake, disk));
            if (disk.Failed is null)
                break;
            Assert.True(failure is null or IOException, $"{n}: {disk.Failed}: {failure}");
            using (Lake reader = Lake.Open(lake))
                Assert.Single(await reader.ReadAsync<RunRow>());
            await IngestAsync(lab, lake, null);
            Assert.Equal(whole, LakeDigests.OfAll(lake));
        }
    }

    [Fact]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_Every_operation_of_a_worker_fails_in_turn_beside_others_that_go_on()
    {
        using var lab = new LabCopy("base-1-r3", "base-1-r4");
        await IngestAsync(lab, In("whole"), null);
        string[] whole = LakeDigests.OfAll(In("whole"));
        string shared = In("shared");
        IReadOnlyList<IngestUnit> units = LabIngest.Find([lab.Lab], new IngestSettings(), s_nothing);
        for (int n = 1; ; n++)
        {
            var disk = new FailingDisk(n, forever: false);
            Exception? failure = await Record.ExceptionAsync(async () =>
            {
                using LakeWorker failing = LakeWorker.Open(shared, disk);
                await WorkAsync(failing, units[0].Reference);
            });
            if (disk.Failed is null)
                break;
            Assert.True(failure is null or IOException, $"{n}: {disk.Failed}: {failure}");
        }

        using (LakeWorker other = LakeWorker.Open(shared))
            await WorkAsync(other, units[1].Reference);
        await AssertWholeRunsAsync(shared, "after all");
        await IngestAsync(lab, shared, null);
        Assert.Equal(whole, LakeDigests.OfAll(shared));

        static Task<string> WorkAsync(LakeWorker worker, RunReference run) => IngestUnit.Find(run, new IngestSettings(), s_nothing).IngestAsync(worker, null, TestContext.Current.CancellationToken);
    }

    private string In(string name) => Path.Combine(_disk.FullName, name);
}
