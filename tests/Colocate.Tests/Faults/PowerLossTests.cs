using Colocate.Tests.Cli;
using static Colocate.Tests.Faults.FaultyLake;

namespace Colocate.Tests.Faults;

/// <summary>Promises R2 and R11 when the power fails: names that no folder was flushed after are what they were before, those of manifests, of tables or of all, and the next writer goes on without any repair.</summary>
public sealed class PowerLossTests : IDisposable
{
    private readonly DirectoryInfo _disk = NewDisk("power");

    public void Dispose() => _disk.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_Power_fails_wherever_a_name_is_not_durable_yet_while_a_run_is_replaced_and_another_pruned()
    {
        using var lab = new LabCopy("base-1-r3", "base-1-r30");
        await IngestAsync(lab, In("old"), null);
        Directory.Move(lab.Run("base-1-r30"), lab.Other("gone"));
        lab.Edit("base-1-r3", m => m["notes"] = "new");
        Copy(In("old"), In("new"));
        var steady = new ForgetfulDisk(null);
        await IngestAsync(lab, In("new"), steady, prune: true);
        string[] whole = LakeDigests.OfAll(In("new"));
        foreach (int n in steady.Vulnerable)
        {
            foreach (string lost in (string[])["", "manifests", "tables"])
            {
                string lake = In($"n{n}-{lost}");
                Copy(In("old"), lake);
                var disk = new ForgetfulDisk(n);

                // Where only what nobody lists was still to be removed, the writer does not complain.
                Exception? failure = await Record.ExceptionAsync(() => IngestAsync(lab, lake, disk, prune: true));
                Assert.True(failure is null or IOException, $"operation {n}: {failure}");
                disk.Forget(Path.Combine(lake, lost));
                await AssertWholeRunsAsync(lake, $"operation {n}, names lost below '{lost}'");
                await IngestAsync(lab, lake, null, prune: true);
                Assert.Equal(whole, LakeDigests.OfAll(lake));
                Directory.Delete(lake, recursive: true);
            }
        }

        Assert.True(steady.Vulnerable.Count > 20, $"the power failed at {steady.Vulnerable.Count} operations only");
    }

    private string In(string name) => Path.Combine(_disk.FullName, name);
}
