using System.Text.Json.Nodes;
using Colocate.Simulate.Parameters;

namespace Colocate.Tests.Cli;

public sealed class CalibrateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Lake => _folder.File("lake");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_lake_gives_the_same_file_and_output_whatever_the_number_of_jobs()
    {
        await TinyLake.MakeAsync(Lake);
        string one = _folder.File("one.json"), two = Path.Combine(_folder.Path, "new", "folder", "two.json");
        CommandLine.Outcome first = await CommandLine.RunAsync("calibrate", "--lake", Lake, "--out", one, "--evaluations", "24", "--jobs", "1");
        CommandLine.Outcome second = await CommandLine.RunAsync("calibrate", "--lake", Lake, "--out", two, "--evaluations", "24", "--jobs", "2");
        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.EndsWith($"parameters: {one}, fitted to 3 runs\n", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Out, second.Out);
        Assert.Equal(await File.ReadAllBytesAsync(one, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(two, TestContext.Current.CancellationToken));

        // What is printed is what the file holds.
        using FileStream file = File.OpenRead(one);
        CalibratedHost host = ParameterFile.Read(file, one);
        Assert.Equal(ParameterCatalogue.All.Select(p => (p.Name, host.Parameters[p], p.Unit, p.IsFitted)), first.Json.Select(r => ((string)r["parameter"]!, (double)r["value"]!, (string)r["parameter_unit"]!, (bool)r["fitted"]!)));
        Assert.Equal(["base-1", "base-30", "idle"], host.Runs);
        Assert.Equal([("1KB", 1024L), ("30KB", 30 * 1024L)], host.Workloads.Select(w => (w.Workload, w.ReplyBytes)));
        Assert.Equal((1L, 2.0, 3.2), (host.Seed, host.LoadS, host.NicMbit));
        Assert.InRange(host.Parameters[ParameterCatalogue.Request], 5500, 8500);
    }

    [Fact]
    public async Task Residuals_stand_beside_what_was_measured_and_only_of_runs_that_were_seen()
    {
        await TinyLake.MakeAsync(Lake);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "-e", "1", "--residuals", "--seed", "3", "-q");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["base-1", "base-30", "idle"], outcome.Json.Select(r => (string)r["run"]!).Distinct());
        Assert.All(outcome.Json, r => Assert.Equal(((double)r["simulated"]! - (double)r["measured"]!) / (double)r["tolerance"]!, (double)r["residual"]!, 9));
        Assert.Contains(outcome.Json, r => (string)r["observable"]! == "throughput_per_s" && (string)r["domain"]! == "vm1" && (string)r["workload"]! == "30KB" && (bool)r["fitted"]!);
        Assert.Contains(outcome.Json, r => (string)r["observable"]! == "switches_per_s" && (string)r["domain"]! == "host" && !(bool)r["fitted"]!);
        JsonNode file = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("p.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(3, (int)file["calibration"]!["seed"]!);
    }

    [Fact]
    public async Task Bands_are_vectors_in_the_file_and_intervals_in_the_output()
    {
        await TinyLake.MakeAsync(Lake);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "-e", "24", "--bands", "3");
        Assert.Equal(0, outcome.Code);
        Assert.Matches("identify: [0-3] of [0-9]+ vectors drawn around the best fit explain the runs about as well\n", outcome.Error);
        using FileStream file = File.OpenRead(_folder.File("p.json"));
        CalibratedHost host = ParameterFile.Read(file, "p.json");
        JsonObject request = outcome.Json.Single(r => (string)r["parameter"]! == "request_us");
        Assert.True((double)request["log_standard_error"]! > 0);
        Assert.Equal(host.Accepted.Min(a => (double?)a.Parameters[ParameterCatalogue.Request]), (double?)request["accepted_low"]);
        Assert.All(outcome.Json.Where(r => !(bool)r["fitted"]!), r => Assert.Null(r["log_standard_error"]));
    }

    [Fact]
    public async Task A_lake_that_holds_no_base_run_matches_nothing_and_leaves_no_file()
    {
        await TinyLake.MakeAsync(Lake, r => r.Kind != "base");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("calibrate", "--lake", Lake, "--out", _folder.File("p.json"));
        Assert.Equal(4, outcome.Code);
        Assert.StartsWith("colocate: no base run tells enough to be simulated; a run needs load_s,", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(("", false), (outcome.Out, File.Exists(_folder.File("p.json"))));
    }

    [Fact]
    public async Task Wrong_use_is_told_before_any_work()
    {
        await AssertWrongAsync($"There is no lake at", "calibrate", "--lake", _folder.File("nowhere"), "--out", _folder.File("p.json"));
        await TinyLake.MakeAsync(Lake);
        await AssertWrongAsync($"The output file '{Lake}' cannot be written: it is a folder", "calibrate", "--lake", Lake, "--out", Lake);
        await AssertWrongAsync("Option '--out' is required.", "calibrate", "--lake", Lake);
        await AssertWrongAsync("--evaluations must be at least 1", "calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "--evaluations", "0");
        await AssertWrongAsync("--bands -1: give a whole number from 0 to 1000", "calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "--bands", "-1");
        await AssertWrongAsync("the lake has no run 'nope' that can be simulated", "calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "--pair-run", "nope", "-q");
        await AssertWrongAsync("--pcpus is about the testbed of --paper", "calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "--pcpus", "1");
        await AssertWrongAsync("--bands does not go with --paper", "calibrate", "--paper", Lake, "--out", _folder.File("p.json"), "--bands", "3");
        await AssertWrongAsync("--jobs must be at least 1", "calibrate", "--lake", Lake, "--out", _folder.File("p.json"), "--jobs", "0");
        Assert.Equal(["lake"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));

        static async Task AssertWrongAsync(string message, params string[] args)
        {
            CommandLine.Outcome outcome = await CommandLine.RunAsync(args);
            Assert.StartsWith("colocate: " + message, outcome.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        }
    }
}
