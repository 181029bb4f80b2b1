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
}
