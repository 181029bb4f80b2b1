using Colocate.Cli;
using Colocate.SystemTests.Cli;
using Colocate.SystemTests.Cluster;

namespace Colocate.SystemTests.Faults;

/// <summary>
/// Promises R2 and R11 down to the system: a run is added to a lake while every call on the catalogue's files fails in turn, and while the process dies at
/// every call that changes a name. Between two such calls nothing is seen of it but what lies in <c>staging</c>; <see cref="KillLoopTests"/> kills there.
/// </summary>
public sealed class SystemCallTests : IDisposable
{
    /// <summary>In memory where the system has such a place: what is proved does not depend on how slowly a disk flushes.</summary>
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "colocate-calls-" + Guid.NewGuid().ToString("N")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_Every_call_on_the_catalogue_fails_in_turn_and_is_told_and_nothing_is_lost()
    {
        int failures = await TamperAsync(["openat", "pread64", "pwrite64", "fsync", "unlink"], "error=EIO", lake => [Path.Combine(lake, "catalogue.db"), Path.Combine(lake, "catalogue.db-journal")], (what, code, output, error) =>
        {
            Assert.True(code is 0 or 1, $"{what}: {code}: {error}");
            Assert.True(code == 0 || output.Length == 0, $"{what}: {output}");
            Assert.True(code == 0 || error.Contains("what was committed is safe", StringComparison.Ordinal), $"{what}: {error}");
        });
        Assert.True(failures > 30, $"only {failures} calls were made to fail");
    }

    [Fact]
    [Trait("promise", "R2")]
    [Trait("promise", "R11")]
    public async Task R2_R11_A_writer_dies_at_every_call_that_makes_or_changes_or_removes_a_name()
    {
        int deaths = await TamperAsync(["mkdir", "rename", "unlink"], "signal=KILL", _ => [], (what, code, _, error) => Assert.True(code is 0 or 137, $"{what}: {code}: {error}"));
        Assert.True(deaths > 25, $"it died {deaths} times only");
    }

    /// <summary>An ingest in which one call is tampered with, the first of its name, the second and so on until there are no more; after each the next writer goes on.</summary>
    /// <param name="calls">Names of system calls.</param>
    /// <param name="how">What is done to them, in strace's words.</param>
    /// <param name="files">Files of a lake whose calls count; none for all calls.</param>
    /// <param name="assert">What holds after each: which call, the exit code, what was printed and said.</param>
    /// <returns>How many calls were tampered with.</returns>
    private async Task<int> TamperAsync(string[] calls, string how, Func<string, string[]> files, Action<string, int, string, string> assert)
    {
        string? missing = await TamperedCalls.MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        (string lab, string one, string both) = await LakesAsync();
        string[] expected = LakeState.Digests(both), dump = await LakeState.DumpAsync(both);
        int tampered = 0;
        foreach (string call in calls)
        {
            for (int n = 1; ; n++)
            {
                string lake = Copy(one, $"{call}-{n}");
                (int code, string output, string error, int hits) = await TamperedCalls.RunAsync(call, how, n, files(lake), "ingest", lab, "--lake", lake, "--jobs", "1", "-q");
                assert($"{call} {n}", code, output, error);
                if (hits == 0)
                    break;
                tampered++;
                await AssertGoesOnAsync(lab, lake, expected, n % 8 == 1 ? dump : null);
            }
        }

        return tampered;
    }

    /// <summary>A lab of two runs, a lake with the first, and the lake that an undisturbed process leaves.</summary>
    private async Task<(string Lab, string One, string Both)> LakesAsync()
    {
        string lab = SmallRuns.CopyTo(In("lab"), 1), one = In("one"), both = In("both");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", one, "-q")).Code);
        SmallRuns.CopyTo(lab, 2);
        Copy(one, "both");
        Assert.Equal(0, (await ColocateProcess.RunAsync("ingest", lab, "--lake", both, "--jobs", "1", "-q")).Code);
        return (lab, one, both);
    }

    /// <summary>The next writer, without any repair, ends where an undisturbed one does. It is this process: starting another takes longer than all it does.</summary>
    private static async Task AssertGoesOnAsync(string lab, string lake, string[] expected, string[]? dump)
    {
        using var error = new StringWriter();
        Assert.True(await Application.RunAsync(["ingest", lab, "--lake", lake, "--jobs", "1", "-q"], new Terminal { Out = TextWriter.Null, Error = error }) == 0, error.ToString());
        Assert.Equal(expected, LakeState.Digests(lake));
        if (dump is not null)
            Assert.Equal(dump, await LakeState.DumpAsync(lake));
        Assert.Empty(LakeState.Staged(lake));
        Directory.Delete(lake, recursive: true);
    }

    private string Copy(string from, string name)
    {
        string to = In(name);
        FolderCopy.Make(from, to);
        return to;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
