using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Tests.Cli;

namespace Colocate.Tests.Ingest.Runs;

/// <summary>Every file below a lab is of a run, known to the layout of labs, or named.</summary>
public sealed class LabScanTests : IDisposable
{
    private const string Unknown = "of no known format (looks like text)";

    private static readonly string s_run = Path.Combine(Repository.SampleLab, "runs", "base-1-r1");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_folders_without_a_manifest_are_ingested_beside_those_that_have_one()
    {
        foreach (string file in (string[])["run.json", "xentop.txt", "xl.txt", "xenalyze.txt", "xentrace.bin.zst"])
            Put(file, "r1/" + file);
        foreach (string file in (string[])["httperf-vm1.txt", "xentop.txt"])
            Put(file, "r2/" + file);

        // The log of r1 lies elsewhere, and is no run of its own.
        Put("httperf-vm1.txt", "clients/night.txt");
        string manifest = _folder.File("lab/r1/run.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"httperf-vm1.txt\"", "\"../clients/night.txt\"", StringComparison.Ordinal));
        CommandLine.Outcome outcome = await Ingest();
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal([("base-1-r1", 3), ("r2", 2)], (await CommandLine.RunAsync("runs", "--lake", _folder.File("lake"))).Json.Select(r => ((string)r["run"]!, (int)r["files"]!)));
        Assert.Equal(0, (int)outcome.Json[0]["left_out"]!);
        Assert.DoesNotContain("left out", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_that_is_of_no_run_is_named_with_its_reason()
    {
        foreach (string file in (string[])["run.json", "httperf-vm1.txt", "xentop.txt", "xl.txt", "xenalyze.txt", "xentrace.bin.zst"])
            Put(file, "r1/" + file);
        Put("httperf-vm1.txt", "r1/wrong-guest.txt");
        Write("r1/todo.txt", "measure again\n");
        Put("xentop.txt", "r2/xentop.txt");
        Put("xl.txt", "r2/xl.txt");
        Write("r2/empty.log", "");
        Write("README.md", "# The night's runs\n");
        Write("base.csv", "workload,throughput_per_s\n");
        Write("how.md", "Started as\n\n    httperf --server h --rate 10\n");
        Write("table1.csv", "x\n");
        Put("xenalyze.txt", "reference/night.txt");
        Write(".git/objects/0a", "blob");
        Write(".DS_Store", "x");
        Write("out/lake/lake.json", "{}");
        Write("out/lake/tables/a.parquet", "PAR1");
        Write("broken/run.json", "{");
        Write("broken/log.txt", "of the run that the manifest does not describe\n");
        LabContents found = LabIngest.Look([_folder.File("lab")], new IngestSettings(), Assumptions.Parse([]));
        Assert.Equal(["set-aside-", "base-1-r1", "r2-xentop"], found.Units.Select(u => u.Run.StartsWith("set-aside-", StringComparison.Ordinal) ? "set-aside-" : u.Run));
        (string Path, string Why)[] expected =
        [
            ("README.md", Unknown),
            ("base.csv", Unknown),
            ("how.md", "notes: a command of httperf stands in them, but no report"),
            ("r1/todo.txt", Unknown),
            ("r1/wrong-guest.txt", "of the format httperf, but no run.json names it"),
            ("r2/empty.log", "it has no bytes"),
            ("reference/night.txt", "the output of xenalyze, which is no input: give the trace that it was made from"),
            ("table1.csv", Unknown),
        ];
        Assert.Equal(expected.Select(e => e.Path), found.LeftOut.Select(f => Path.GetRelativePath(_folder.File("lab"), f.Path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.All(found.LeftOut.OrderBy(f => f.Path, StringComparer.Ordinal).Zip(expected), f => Assert.Contains(f.Second.Why, f.First.Why, StringComparison.Ordinal));
        Assert.DoesNotContain(found.LeftOut, f => f.IsInput);
    }

    [Fact]
    public async Task Notes_beside_the_logs_are_named_and_do_no_harm_to_the_exit_code()
    {
        Put("xentop.txt", "r2/xentop.txt");
        Write("r2/README.md", "# Notes\n");
        Write("README.md", "# Notes\n");
        CommandLine.Outcome told = await Ingest(), again = await Ingest(), quiet = await Ingest("-q");
        Assert.Equal((0, 0, 0), (told.Code, again.Code, quiet.Code));
        Assert.All((CommandLine.Outcome[])[told, again], o => Assert.Contains($"left out: {_folder.File("lab/README.md")}, {_folder.File("lab/r2/README.md")}\n  {Unknown}", o.Error, StringComparison.Ordinal));
        Assert.Equal("", quiet.Error);
        Assert.Equal(2, (int)told.Json[0]["left_out"]!);
    }

    [Fact]
    public async Task A_log_that_is_a_link_out_of_the_folder_is_named_and_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Put("xentop.txt", "r2/xentop.txt");
        File.CreateSymbolicLink(_folder.File("lab/r2/httperf-vm1.txt"), Path.Combine(s_run, "httperf-vm1.txt"));
        File.CreateSymbolicLink(_folder.File("lab/r2/lost.txt"), "/nonexistent");
        CommandLine.Outcome outcome = await Ingest("-q");
        Assert.Equal((3, 1, 2), (outcome.Code, (int)outcome.Json[0]["runs"]!, (int)outcome.Json[0]["left_out"]!));
        Assert.Contains($"left out: {_folder.File("lab/r2/httperf-vm1.txt")}\n  a link that leads out of the folder", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lost.txt", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_known_what_is_there_is_said()
    {
        Put("xenalyze.txt", "night.txt");
        CommandLine.Outcome folder = await Ingest(), file = await CommandLine.RunAsync("ingest", _folder.File("lab/night.txt"), "--lake", _folder.File("lake"));
        Assert.Equal((4, 4), (folder.Code, file.Code));
        Assert.All((CommandLine.Outcome[])[folder, file], o => Assert.Contains("the output of xenalyze, which is no input", o.Error, StringComparison.Ordinal));
    }

    private Task<CommandLine.Outcome> Ingest(params string[] more) => CommandLine.RunAsync(["ingest", _folder.File("lab"), "--lake", _folder.File("lake"), .. more]);

    private void Put(string sample, string path)
    {
        Write(path, "");
        File.Copy(Path.Combine(s_run, sample), _folder.File("lab/" + path), overwrite: true);
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("lab/" + path))!);
        File.WriteAllText(_folder.File("lab/" + path), text);
    }
}
