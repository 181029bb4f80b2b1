using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli;

/// <summary>The script of <c>samples/capture</c>, run with programs on its PATH that hand out what the real ones wrote for a run of the sample lab.</summary>
public sealed class CaptureScriptTests
{
    private static readonly string s_script = Path.Combine(Repository.Root, "samples", "capture", "capture.sh"), s_run = Path.Combine(Repository.SampleLab, "runs", "pair-1-10");

    [Fact]
    public async Task A_recorded_folder_passes_init_and_ingest()
    {
        using var folder = Host();
        (int code, string said) = Record(folder, "-o", folder.File("lab/night/pair-a"), "-k", "pair", "-r", "1", "-w", "0", "-t", "1", "vm1/1KB=-:httperf --server a", "vm2/10KB=client2:httperf --server b");
        Assert.True(code == 0, said);
        Assert.Equal(
            ["capture.txt", "httperf-vm1.txt", "httperf-vm2.txt", "xentop.txt", "xentrace.bin", "xl-info.txt", "xl.txt"],
            Directory.EnumerateFiles(folder.File("lab/night/pair-a")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        CommandLine.Outcome made = await CommandLine.RunAsync("init", folder.File("lab"));
        Assert.True(made.Code == 0, made.Error);
        Assert.Empty(made.Json[0]["doubts"]!.AsArray());
        CommandLine.Outcome ingested = await CommandLine.RunAsync("ingest", folder.File("lab"), "--lake", folder.File("lake"));
        Assert.True(ingested.Code == 0, ingested.Error);
        JsonObject run = Assert.Single((await CommandLine.RunAsync("runs", "--lake", folder.File("lake"))).Json);
        Assert.Equal(("pair-a", "night", "pair", "ok"), ((string?)run["run"], (string?)run["campaign"], (string?)run["kind"], (string?)run["status"]));
        Assert.Equal(["1KB", "10KB"], run["vms"]!.AsArray().Select(v => (string?)v!["workload"]));
        Assert.Equal(["Domain-0", "host", "vm1", "vm2"], (await CommandLine.RunAsync("metrics", "--lake", folder.File("lake"))).Json.Where(m => m["cpu_fraction"] is not null).Select(m => (string)m["domain"]!).Order(StringComparer.Ordinal));
    }

    /// <summary>Since Xen 4.12 hosts have credit2, unless told otherwise.</summary>
    [Fact]
    public void Weights_and_caps_of_credit2_are_kept()
    {
        using var folder = Host();
        Program(folder, "xl", "case $1 in sched-credit) ;; sched-credit2) printf 'Cpupool Pool-0: ratelimit=1000us\\nName                                ID Weight  Cap\\nvm1                                  1    512   50\\n' ;; esac");
        (int code, string said) = Record(folder, "-o", folder.File("run"), "-w", "0", "-t", "1");
        Assert.True(code == 0, said);
        Assert.Contains("vm1                                  1    512   50\n", File.ReadAllText(folder.File("run/xl.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_a_log_of_its_own()
    {
        using var folder = Host();
        Program(folder, "httperf", "echo report of $2; echo warning of $2 >&2");
        (int code, string said) = Record(folder, "-o", folder.File("run"), "-w", "0", "-t", "1", "vm1/1KB=-:httperf --server a", "vm1/1KB=-:httperf --server b", "vm2/1KB=-:httperf --server c", "vm1/1KB=client2:httperf --server d");
        Assert.True(code == 0, said);
        foreach ((string log, string server) in new[] { ("httperf-vm1", "a"), ("httperf-2-vm1", "b"), ("httperf-vm2", "c"), ("httperf-3-vm1", "d") })
        {
            Assert.Equal($"# httperf --server {server}\nreport of {server}\n", File.ReadAllText(folder.File($"run/{log}.txt")));
            Assert.Equal($"warning of {server}\n", File.ReadAllText(folder.File($"run/{log}.txt.err")));
        }
    }

    [Theory]
    [InlineData("xentrace", "capture: xentrace failed: no buffers")]
    [InlineData("xentop", "capture: xentop failed: no buffers")]
    [InlineData("httperf", "capture: a client failed")]
    public void A_recorder_or_client_that_fails_fails_the_run(string broken, string message)
    {
        using var folder = Host();
        Program(folder, broken, "echo no buffers >&2; exit 5");
        (int code, string said) = Record(folder, "-o", folder.File("run"), "-w", "0", "-t", "1", "vm1/1KB=-:httperf --server a");
        Assert.Equal(1, code);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_does_not_end_is_stopped()
    {
        using var folder = Host();
        Program(folder, "httperf", "exec sleep 1000");
        (int code, string said) = Record(folder, "-o", folder.File("run"), "-w", "0", "-t", "1", "-b", "1", "vm1/1KB=-:exec httperf");
        Assert.Equal(1, code);
        Assert.Contains("stopped for taking too long", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-t", "x")]
    [InlineData("-i", "0")]
    [InlineData("vm1=-:httperf")]
    [InlineData("-z", "1")]
    public void Wrong_use_is_told_before_anything_is_made(params string[] arguments)
    {
        using var folder = Host();
        Assert.Equal(2, Record(folder, ["-o", folder.File("run"), .. arguments]).Code);
        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public void A_folder_with_files_is_left_alone()
    {
        using var folder = Host();
        Directory.CreateDirectory(folder.File("run"));
        File.WriteAllText(folder.File("run/xentop.txt"), "mine");
        Assert.Equal(2, Record(folder, "-o", folder.File("run")).Code);
        Assert.Equal(["xentop.txt"], Directory.EnumerateFiles(folder.File("run")).Select(Path.GetFileName));
    }

    [Fact]
    public void Shellcheck_finds_nothing()
    {
        string? shellcheck = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "shellcheck")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(shellcheck is null, "shellcheck is not installed");
        (int code, string said) = Run(shellcheck!, ["-s", "sh", s_script], null);
        Assert.True(code == 0, said);
    }

    /// <summary>A folder with the programs that a Domain-0 and its clients have.</summary>
    private static TemporaryFolder Host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("bin"));
        Program(folder, "xl", $"case $1 in list) grep -B9 -m1 Cpupool '{s_run}/xl.txt' | grep -v Cpupool ;; sched-credit) grep -A9 -m1 Cpupool '{s_run}/xl.txt' | grep -v qdisc ;; info) printf 'release                : 6.1\\nnr_cpus                : 1\\ncpu_mhz                : 2596.142\\nxen_version            : 4.17.7\\nxen_scheduler          : credit\\n' ;; esac");
        Program(folder, "xentrace", $"for last; do :; done; cp '{s_run}/xentrace.bin.zst' \"$last\"");
        Program(folder, "xentop", $"cat '{s_run}/xentop.txt'");
        Program(folder, "httperf", $"case $2 in a) cat '{s_run}/httperf-vm1.txt' ;; *) cat '{s_run}/httperf-vm2.txt' ;; esac");
        Program(folder, "ssh", "for last; do :; done; sh -c \"$last\"");
        return folder;
    }

    private static void Program(TemporaryFolder folder, string name, string script)
    {
        string path = folder.File("bin/" + name);
        File.Delete(path);

        // Copied first, because a copy of the script may be executed and a new file may not.
        File.Copy(s_script, path);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
    }

    private static (int Code, string Said) Record(TemporaryFolder folder, params string[] arguments) => Run("sh", [s_script, .. arguments], folder.File("bin"));

    private static (int Code, string Said) Run(string program, string[] arguments, string? first)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (first is not null)
            start.Environment["PATH"] = first + ":" + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
