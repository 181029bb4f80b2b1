using System.Text;
using System.Text.Json.Nodes;
using Colocate.Cli;
using Colocate.Model.Runs;

namespace Colocate.Tests.Cli;

public sealed class InitCommandTests
{
    private static readonly string s_run = Path.Combine(Repository.SampleLab, "runs", "base-1-r1");

    [Fact]
    public async Task A_folder_of_logs_gets_a_manifest_that_ingest_takes()
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "night-1", "run 7");
        File.WriteAllText(Path.Combine(run, "xl-info.txt"), "nr_cpus                : 1\ncpu_mhz                : 2596.142\nxen_version            : 4.17.7\nxen_scheduler          : credit\n");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", run, "--kind", "base", "--rate-fraction", "1", "--workload", "vm1=1KB");
        Assert.Equal(0, outcome.Code);
        JsonObject told = Assert.Single(outcome.Json);
        Assert.Equal("run.json", (string?)told["file"]);
        RunManifest manifest = Manifest(run), sample = ManifestReader.Parse(File.ReadAllBytes(Path.Combine(s_run, "run.json")), "", out _)!;
        Assert.Equal(("run-7", "night-1", RunKind.Base, 1.0), (manifest.Run, manifest.Campaign, manifest.Kind, manifest.RateFraction!.Value));
        Assert.Equal(sample.Domains.Where(d => d.Domid is not null).Select(d => (d.Name, d.Domid, d.Vcpus, d.MemoryMb, d.Weight, d.Role, d.Client?.File)), manifest.Domains.Select(d => (d.Name, d.Domid, d.Vcpus, d.MemoryMb, d.Weight, d.Role, d.Client?.File)));
        Assert.Equal((2596142000, 1, "Xen 4.17.7", "credit"), (manifest.Host.TscHz, manifest.Host.Pcpus, manifest.Host.Hypervisor, manifest.Host.Scheduler));
        Assert.Equal((sample.Host.TsliceMs, sample.Host.RatelimitUs, sample.Trace!.File, sample.Xentop!.File), (manifest.Host.TsliceMs, manifest.Host.RatelimitUs, manifest.Trace!.File, manifest.Xentop!.File));
        Assert.Equal(sample.LoadS!.Value, manifest.LoadS!.Value, 1.0);
        Assert.Equal(sample.Domains.Single(d => d.Name == "vm1").OfferedPerS!.Value, manifest.Domains.Single(d => d.Name == "vm1").OfferedPerS!.Value, 0.1);

        string lake = lab.File("lake");
        CommandLine.Outcome ingested = await CommandLine.RunAsync("ingest", Path.GetDirectoryName(run)!, "--lake", lake);
        Assert.True(ingested.Code == 0, ingested.Error);
        JsonObject row = Assert.Single((await CommandLine.RunAsync("runs", "--lake", lake)).Json);
        Assert.Equal(("base", "ok"), ((string?)row["kind"], (string?)row["status"]));
    }

    [Fact]
    public async Task Without_a_person_nothing_is_asked_what_is_unknown_is_named_and_the_bytes_are_the_same()
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "a", "b");
        CommandLine.Outcome first = await CommandLine.RunAsync("init", run);
        byte[] bytes = File.ReadAllBytes(Path.Combine(run, "run.json"));
        CommandLine.Outcome second = await CommandLine.RunAsync("init", run, "--force");
        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(run, "run.json")));
        Assert.Equal(["host.pcpus", "host.tsc_hz", "kind", "workload of vm1", "xentop.interval_s"], first.Json[0]["doubts"]!.AsArray().Select(d => ((string)d!).Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("kind: nothing tells", first.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_it_asks_and_an_empty_answer_keeps_the_guess()
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "a", "b");
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = new StringWriter(), Error = error, IsErrorInteractive = true, IsInInteractive = true, In = new MemoryStream(Encoding.UTF8.GetBytes("base\n\n0.5\n4KB\n")),
        };
        Assert.Equal(0, await Application.RunAsync(["init", run], terminal));
        RunManifest manifest = Manifest(run);
        Assert.Equal((RunKind.Base, "a", 0.5, "4KB"), (manifest.Kind, manifest.Campaign, manifest.RateFraction!.Value, manifest.Domains.Single(d => d.Name == "vm1").Workload));
        Assert.Contains("b: campaign [a]: ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_is_there_is_never_written_over_unasked()
    {
        using var lab = new TemporaryFolder();
        string one = CopyLogs(lab, "a", "b"), two = CopyLogs(lab, "a", "c");
        File.WriteAllText(Path.Combine(two, "run.json"), "mine");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", Path.GetDirectoryName(one)!);
        Assert.Equal(2, outcome.Code);
        Assert.Contains("--force", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(one, "run.json")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(two, "run.json")));
    }

    [Theory]
    [InlineData(4, "no-such-folder")]
    [InlineData(4, "empty")]
    [InlineData(2, "two-traces")]
    [InlineData(2, "two-clients")]
    public async Task What_makes_no_manifest_is_said(int code, string folder)
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "two-traces");
        File.Copy(Path.Combine(run, "xentrace.bin.zst"), Path.Combine(run, "again.bin"));
        run = CopyLogs(lab, "two-clients");
        File.Copy(Path.Combine(run, "httperf-vm1.txt"), Path.Combine(run, "wrk-vm1.txt"));
        Directory.CreateDirectory(lab.File("empty"));
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", lab.File(folder));
        Assert.Equal(code, outcome.Code);
        Assert.StartsWith("colocate: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(lab.File(""), "run.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("--kind", "pair")]
    [InlineData("--kind", "base", "--rate-fraction", "11")]
    [InlineData("--workload", "vm9=1KB")]
    [InlineData("--workload", "vm1")]
    public async Task Answers_that_make_no_valid_manifest_write_nothing(params string[] options)
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "a", "b");
        Assert.Equal(2, (await CommandLine.RunAsync(["init", run, .. options])).Code);
        Assert.False(File.Exists(Path.Combine(run, "run.json")));
    }

    private static RunManifest Manifest(string run) => ManifestReader.Parse(File.ReadAllBytes(Path.Combine(run, "run.json")), "", out IReadOnlyList<ManifestProblem> problems) ?? throw new InvalidOperationException(problems[0].ToString());

    private static string CopyLogs(TemporaryFolder lab, params string[] folders)
    {
        string run = lab.File(Path.Combine(folders));
        Directory.CreateDirectory(run);
        foreach (string file in Directory.EnumerateFiles(s_run).Where(f => Path.GetFileName(f) is not ("run.json" or "xenalyze.txt")))
            File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
        return run;
    }
}
