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
        Assert.Equal(0, outcome.Code);
        Assert.Equal("b/run.json", (string?)Assert.Single(outcome.Json)["file"]);
        Assert.Contains($"left alone: {Path.Combine(two, "run.json")} is there already; write over with --force", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(one, "run.json")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(two, "run.json")));

        // Where nothing is left to write, nothing was done.
        CommandLine.Outcome again = await CommandLine.RunAsync("init", Path.GetDirectoryName(one)!);
        Assert.Equal(2, again.Code);
        Assert.Contains("and 1 more; nothing was written", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_that_a_manifest_names_from_elsewhere_get_no_other_one()
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "a", "b"), logs = Directory.CreateDirectory(Path.Combine(run, "logs")).FullName;
        Assert.Equal(0, (await CommandLine.RunAsync("init", run)).Code);
        File.Move(Path.Combine(run, "xentop.txt"), Path.Combine(logs, "xentop.txt"));
        File.WriteAllText(Path.Combine(run, "run.json"), File.ReadAllText(Path.Combine(run, "run.json")).Replace("\"xentop.txt", "\"logs/xentop.txt", StringComparison.Ordinal));
        Assert.Equal(2, (await CommandLine.RunAsync("init", run)).Code);
        Assert.False(File.Exists(Path.Combine(logs, "run.json")));
    }

    [Fact]
    public async Task A_folder_with_a_trace_alone_gets_the_domains_that_the_trace_shows()
    {
        using var lab = new TemporaryFolder();
        string run = CopyLogs(lab, "a", "b");
        foreach (string file in Directory.EnumerateFiles(run).Where(f => !f.EndsWith(".zst", StringComparison.Ordinal)))
            File.Delete(file);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", run);
        Assert.True(outcome.Code == 0, outcome.Error);
        RunManifest manifest = Manifest(run), sample = ManifestReader.Parse(File.ReadAllBytes(Path.Combine(s_run, "run.json")), "", out _)!;
        Assert.Equal(sample.Domains.Where(d => d.Domid is not null).Select(d => (d.Domid, d.Vcpus, d.Role)), manifest.Domains.Select(d => (d.Domid, d.Vcpus, d.Role)));
        Assert.All(manifest.Domains.Skip(1), d => Assert.Equal($"dom{d.Domid}", d.Name));
        Assert.Equal((RunKind.Other, 1, null), (manifest.Kind, manifest.Host.Pcpus, manifest.Host.TscHz));
        Assert.Contains($"name of {manifest.Domains[1].Name}: nothing tells it", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("host.pcpus: 1, as many as the logs show", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_the_logs_of_xenmon_alone_gets_their_domains_and_pcpus()
    {
        using var lab = new TemporaryFolder();
        foreach ((string name, int domid) in ((string, int)[])[("dom0", 0), ("web", 3)])
            File.WriteAllText(lab.File($"log-{name}.log"), "# passed cpu dom cpu(tot) cpu(%) cpu/ex allocated/ex blocked(tot) blocked(%) blocked/io waited(tot) waited(%) waited/ex ex/s io(tot) io/ex\n" + string.Concat(((int[])[0, 1]).Select(pcpu => $"1000.000 {pcpu} {domid} 2e8 20 1e6 3e7 5e8 50 0 1e8 10 1e6 100 50 0.5\n")));
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", lab.Path);
        Assert.True(outcome.Code == 0, outcome.Error);
        RunManifest manifest = Manifest(lab.Path);
        Assert.Equal([("Domain-0", 0), ("dom3", 3)], manifest.Domains.Select(d => (d.Name, d.Domid!.Value)));
        Assert.Equal((2, 2), (manifest.Host.Pcpus, manifest.XenmonFiles.Count));
    }

    /// <summary>The interval of xentop is in its log where somebody ran date between the iterations; else it is left out, not made up.</summary>
    [Theory]
    [InlineData(true, 2.0)]
    [InlineData(false, null)]
    public async Task The_interval_of_xentop_is_what_times_in_its_log_show(bool dated, double? intervalS)
    {
        using var lab = new TemporaryFolder();
        string[] lines = [.. File.ReadLines(Path.Combine(s_run, "xentop.txt"))];
        int header = Array.FindIndex(lines, l => l.Contains("CPU(sec)", StringComparison.Ordinal)), next = Array.FindIndex(lines, header + 1, l => l.Contains("CPU(sec)", StringComparison.Ordinal));
        string iteration = string.Concat(lines[header..next].Select(l => l + "\n"));
        File.WriteAllText(lab.File("xentop.txt"), string.Concat(((string[])["23:59:57", "23:59:59", "00:00:01", "00:00:04"]).Select(t => (dated ? $"Tue Dec  1 {t} UTC 2026\n" : "") + iteration)));
        CommandLine.Outcome outcome = await CommandLine.RunAsync("init", lab.Path);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal(intervalS, (double?)JsonNode.Parse(File.ReadAllText(lab.File("run.json")))!["xentop"]!["interval_s"]);
        Assert.Equal(dated, !outcome.Error.Contains("xentop.interval_s: none", StringComparison.Ordinal));
        Assert.Equal(intervalS ?? 3, Manifest(lab.Path).Xentop!.IntervalS);
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
