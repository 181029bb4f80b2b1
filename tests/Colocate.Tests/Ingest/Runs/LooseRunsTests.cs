using System.Text.Json.Nodes;
using Colocate.Tests.Cli;

namespace Colocate.Tests.Ingest.Runs;

/// <summary>Files without manifest.</summary>
public sealed class LooseRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Client_logs_whose_names_end_alike_are_all_read()
    {
        string log = Path.Combine(Repository.Root, "samples", "lab", "runs", "base-1-r1", "httperf-vm1.txt");
        foreach (string name in (string[])["apache-test1.txt", "simple-test1.txt", "simple-test1.log", "httperf-vm2.txt"])
            File.Copy(log, Path.Combine(Directory.CreateDirectory(_folder.File("logs")).FullName, name));
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", _folder.File("logs"), "--lake", _folder.File("lake"))).Code);
        JsonObject[] results = [.. (await CommandLine.RunAsync("export", "client_results", "--lake", _folder.File("lake"), "--format", "json")).Json];
        Assert.Equal(["apache-test1", "simple-test1.log", "simple-test1.txt", "vm2"], results.Select(r => (string)r["domain"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_that_were_named_and_are_of_no_format_are_named_again_while_the_others_are_read()
    {
        string known = Path.Combine(Repository.Root, "samples", "lab", "runs", "base-1-r1", "httperf-vm1.txt"), notes = _folder.File("notes.txt"), wide = _folder.File("wide.txt");
        File.WriteAllText(notes, "what we did today\n");
        File.WriteAllText(wide, File.ReadAllText(known), System.Text.Encoding.Unicode);
        CommandLine.Outcome mixed = await CommandLine.RunAsync("ingest", known, notes, wide, "--lake", _folder.File("lake"));
        Assert.Equal((3, 1), (mixed.Code, (int)mixed.Json[0]["runs"]!));
        Assert.Contains($"left out: {notes}\n  of no known format (looks like text)", mixed.Error, StringComparison.Ordinal);
        Assert.Contains("iconv -f UTF-16", mixed.Error, StringComparison.Ordinal);

        CommandLine.Outcome alone = await CommandLine.RunAsync("ingest", wide, "--lake", _folder.File("none"));
        Assert.Equal(4, alone.Code);
        Assert.Contains("iconv -f UTF-16", alone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Named_pipes_and_links_to_nothing_among_the_logs_of_a_folder_hold_nobody_up(bool byLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "named pipes lie in no folder there");
        string logs = Directory.CreateDirectory(_folder.File("logs")).FullName, known = Path.Combine(Repository.Root, "samples", "lab", "runs", "base-1-r1", "httperf-vm1.txt");
        File.Copy(known, Path.Combine(logs, "httperf-vm1.txt"));
        using (var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(logs, byLink ? "real" : "pipe")))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (byLink)
            File.CreateSymbolicLink(Path.Combine(logs, "pipe"), "real");
        File.CreateSymbolicLink(Path.Combine(logs, "lost.txt"), "/nonexistent");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", logs, "--lake", _folder.File("lake")).WaitAsync(TestContext.Current.CancellationToken)).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("init", logs).WaitAsync(TestContext.Current.CancellationToken)).Code);

        // The manifest may name it, or be it.
        string manifest = Path.Combine(logs, "run.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("httperf-vm1.txt", "pipe", StringComparison.Ordinal));
        CommandLine.Outcome named = await CommandLine.RunAsync("ingest", logs, "--lake", _folder.File("lake"));
        Assert.Equal(3, named.Code);
        Assert.Contains("FL-EMPTY", named.Error, StringComparison.Ordinal);
        File.Delete(manifest);
        File.Move(Path.Combine(logs, "pipe"), manifest);
        Assert.Equal(3, (await CommandLine.RunAsync("ingest", logs, "--lake", _folder.File("other"))).Code);
    }

    [Theory]
    [InlineData(new byte[0], "it has no bytes")]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff }, "its compressed stream is damaged")]
    [InlineData(new byte[] { 0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0 }, "an xz file: decompress it first")]
    [InlineData(new byte[] { 0x20, 0x01, 0xf0, 0x03, 0, 0, 0, 0, 0, 0, 0, 12 }, "big-endian")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0x03, 0xf0, 0x01, 0x20, 0, 0, 0, 0, 0, 0, 0, 0 }, "cut off what stands before")]
    public async Task A_file_that_is_refused_is_told_what_it_looks_like(byte[] content, string look)
    {
        File.WriteAllBytes(_folder.File("file"), content);
        CommandLine.Outcome refused = await CommandLine.RunAsync("ingest", _folder.File("file"), "--lake", _folder.File("lake"));
        Assert.Equal(4, refused.Code);
        Assert.Contains(look, refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(36)]
    [InlineData(60)]
    public async Task Traces_of_xen_before_32_are_told_apart(int recordBytes)
    {
        byte[] trace = new byte[recordBytes * 20];
        for (int at = 0; at < trace.Length; at += recordBytes)
        {
            BitConverter.TryWriteBytes(trace.AsSpan(at + 4), 1000L + at);
            BitConverter.TryWriteBytes(trace.AsSpan(at + 12), 0x0002f00a);
        }

        File.WriteAllBytes(_folder.File("old.bin"), trace);
        CommandLine.Outcome old = await CommandLine.RunAsync("ingest", _folder.File("old.bin"), "--lake", _folder.File("lake"));
        Assert.Equal(4, old.Code);
        Assert.Contains("Xen 3.1 or older", old.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_clocks_are_named_in_what_commits_the_run()
    {
        string[] ingest = ["ingest", Path.Combine(Repository.Root, "samples", "lab", "runs", "base-1-r1"), "--lake", _folder.File("lake")];
        Assert.Equal(0, (await CommandLine.RunAsync([.. ingest, "--assume", "tsc_behind.3=600", "--assume", "tsc_behind.0=5"])).Code);
        string manifest = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(_folder.File("lake"), "manifests", "base-1-r1")).Single(), TestContext.Current.CancellationToken);
        Assert.Equal(
            [("tsc_behind.0", "5"), ("tsc_behind.3", "600")],
            JsonNode.Parse(manifest)!["settings"]!.AsArray().Select(s => ((string)s!["name"]!, (string)s["value"]!)));

        // Another request is other work, the same one is done.
        Assert.Equal(1, (int)(await CommandLine.RunAsync([.. ingest, "--assume", "tsc_behind.0=5", "--assume", "tsc_behind.3=600"])).Json[0]["already_done"]!);
        Assert.Equal(0, (int)(await CommandLine.RunAsync(ingest)).Json[0]["already_done"]!);
    }

    /// <summary>The format that is named is used whatever the content, and where nothing comes of it, that is said as what it is: no manifest had a word in it.</summary>
    [Fact]
    public async Task A_format_that_is_named_for_a_file_of_another_is_told_as_such()
    {
        string run = Path.Combine(Repository.SampleLab, "runs", "base-1-r1"), xentop = Path.Combine(run, "xentop.txt");
        CommandLine.Outcome loose = await CommandLine.RunAsync("ingest", xentop, "--input-format", "httperf", "--lake", _folder.File("loose"));
        Assert.Equal(3, loose.Code);
        Assert.Contains("FL-FORCED at 0: The format that --input-format names is not that of the content", loose.Error, StringComparison.Ordinal);
        Assert.Contains("the content looks like xentop, and was read as httperf", loose.Error, StringComparison.Ordinal);
        CommandLine.Outcome named = await CommandLine.RunAsync("ingest", run, "--input-format", "httperf", "--lake", _folder.File("named"));
        Assert.Equal(3, named.Code);
        Assert.Contains("(the run needs xentop, --input-format names httperf, the content looks like xentop)", named.Error, StringComparison.Ordinal);
        Assert.All((CommandLine.Outcome[])[loose, named], o => Assert.DoesNotContain("FL-FORMAT", o.Error, StringComparison.Ordinal));

        // A log that lost its first lines is not recognised; then naming the format is what helps.
        File.WriteAllText(_folder.File("rest.txt"), "RT1:2.5\t200\n" + string.Concat(Enumerable.Repeat("reply-rate = 5.0\n", 400)) + "Total: connections 10 requests 10 replies 10 test-duration 4.500 s\n");
        Assert.Equal(4, (await CommandLine.RunAsync("ingest", _folder.File("rest.txt"), "--lake", _folder.File("rest"))).Code);
        Assert.Equal(3, (await CommandLine.RunAsync("ingest", _folder.File("rest.txt"), "--input-format", "httperf", "--lake", _folder.File("rest"))).Code);
        Assert.Equal(10, (int)(await CommandLine.RunAsync("export", "client_results", "--lake", _folder.File("rest"), "--format", "json")).Json.Single()["replies"]!);
    }

    [Theory]
    [InlineData("--assume vcpus.vm9=8 has no effect: no domain is called 'vm9'; there are Domain-0, vm1", "name.0=Domain-0", "vcpus.vm9=8")]
    [InlineData("--assume name.x=vm2 has no effect: 'x' is no domain id", "name.x=vm2")]
    [InlineData("--assume run=a has no effect: only what comes through a pipe", "run=a")]
    [InlineData("RN-UNSEEN: A domain that --assume names by its id stands in no trace or log of the run. (77 (ghost))", "name.77=ghost")]
    [InlineData(null, "name.0=Domain-0", "vcpus.Domain-0=1", "vcpus.vm1=1", "xen=Xen 4.17", "pcpus=1", "interval_s=1", "campaign=c")]
    public async Task What_is_assumed_and_matches_nothing_is_told(string? says, params string[] assume)
    {
        string run = Path.Combine(Repository.SampleLab, "runs", "base-1-r1"), logs = Directory.CreateDirectory(_folder.File("logs")).FullName;
        foreach (string file in (string[])["httperf-vm1.txt", "xentop.txt", "xentrace.bin.zst"])
            File.Copy(Path.Combine(run, file), Path.Combine(logs, file));
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["ingest", logs, "--lake", _folder.File("lake"), .. assume.Prepend("tsc_hz=2596142000").SelectMany(a => (string[])["--assume", a])]);
        Assert.Equal(0, outcome.Code);
        if (says is null)
            Assert.All((string[])["has no effect", "RN-UNSEEN"], e => Assert.DoesNotContain(e, outcome.Error, StringComparison.Ordinal));
        else
            Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vcpus_of_a_domain_are_taken_by_the_name_that_metrics_show()
    {
        string logs = Directory.CreateDirectory(_folder.File("logs")).FullName;
        File.Copy(Path.Combine(Repository.SampleLab, "runs", "base-1-r1", "xentrace.bin.zst"), Path.Combine(logs, "xentrace.bin.zst"));
        string[] shown = [.. (await CommandLine.RunAsync("ingest", logs, "--lake", _folder.File("one"), "--assume", "tsc_hz=2596142000")).Code == 0 ? (await CommandLine.RunAsync("metrics", "--lake", _folder.File("one"))).Json.Select(m => (string)m["domain"]!) : []];
        string guest = shown.First(d => d.StartsWith("dom", StringComparison.Ordinal) && d != "dom0");
        CommandLine.Outcome two = await CommandLine.RunAsync("ingest", logs, "--lake", _folder.File("two"), "--assume", $"vcpus.{guest}=4", "--assume", "tsc_hz=2596142000");
        Assert.Equal(0, two.Code);
        Assert.DoesNotContain("has no effect", two.Error, StringComparison.Ordinal);
        JsonObject told = (await CommandLine.RunAsync("export", "run_domains", "--lake", _folder.File("two"), "--format", "json")).Json.Single();
        Assert.Equal((guest, 4), ((string)told["domain"]!, (int)told["vcpus"]!));
    }
}
