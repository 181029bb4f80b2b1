using System.Text.Json.Nodes;
using ZstdSharp;

namespace Colocate.Tests.Cli;

public sealed class IngestCommandTests
{
    private const string Base = "base-1-r3", Pair = "pair-1-1-r2", Traced = "idle-host", Swept = "sweep-1-100-p10";

    [Fact]
    public async Task Ingesting_again_does_nothing_and_says_so()
    {
        using var lab = new LabCopy(Base, Pair);
        CommandLine.Outcome first = await Ingest(lab), second = await Ingest(lab);
        Assert.Equal((0, 2, 0), (first.Code, Number(first, "done"), Number(first, "already_done")));
        Assert.Equal((0, 0, 2), (second.Code, Number(second, "done"), Number(second, "already_done")));
        Assert.Contains("all 2 runs are in the lake already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_digit_in_a_client_log_changes_the_score_accordingly()
    {
        using var lab = new LabCopy(Base, Pair);
        await Ingest(lab);
        JsonObject before = await Score(lab, Pair);
        string log = lab.File(Pair, "httperf-vm1.txt"), text = File.ReadAllText(log);
        int at = text.IndexOf("replies ", text.IndexOf("Total:", StringComparison.Ordinal), StringComparison.Ordinal) + "replies ".Length;
        Assert.NotEqual('9', text[at]);
        File.WriteAllText(log, text[..at] + '9' + text[(at + 1)..]);
        CommandLine.Outcome again = await Ingest(lab);
        Assert.Equal((1, 1), (Number(again, "done"), Number(again, "already_done")));
        JsonObject after = await Score(lab, Pair);

        string digits = new([.. text[at..].TakeWhile(char.IsAsciiDigit)]);
        double added = double.Parse("9" + digits[1..], System.Globalization.CultureInfo.InvariantCulture) / double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(before["throughput_per_s"]![0]!.GetValue<double>() * added, after["throughput_per_s"]![0]!.GetValue<double>(), 1e-9);
        Assert.Equal(before["score"]![0]!.GetValue<double>() * (added - 1), after["combined"]!.GetValue<double>() - before["combined"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public async Task Another_method_reads_the_traces_again()
    {
        using var lab = new LabCopy(Swept);
        await Ingest(lab);
        CommandLine.Outcome c = await Ingest(lab, "--method", "c"), again = await Ingest(lab, "--method", "C");
        Assert.Equal((1, 0), (Number(c, "done"), Number(again, "done")));
        Assert.All((await CommandLine.RunAsync("metrics", "--lake", lab.Lake)).Json, m => Assert.Equal("C", (string?)m["method"]));
        Assert.Equal(2, (await Ingest(lab, "--method", "x")).Code);
    }

    [Fact]
    [Trait("promise", "R7")]
    public async Task A_shortened_trace_is_used_as_far_as_it_goes_and_marked_lossy()
    {
        using var lab = new LabCopy(Swept, Base);
        await Ingest(lab);
        double whole = await Window(lab), half;
        string trace = lab.File(Swept, "xentrace.bin.zst");
        byte[] decoded = Decode(trace);
        using (var compressor = new Compressor())
            File.WriteAllBytes(trace, compressor.Wrap(decoded.AsSpan(0, decoded.Length / 2 - 6)).ToArray());
        CommandLine.Outcome again = await Ingest(lab);
        half = await Window(lab);
        Assert.Equal((3, 1, 1), (again.Code, Number(again, "lossy"), Number(again, "done")));
        Assert.InRange(half, whole * 0.4, whole * 0.6);
        Assert.Contains("XT-TRUNC-WINDOW at", again.Error, StringComparison.Ordinal);
        Assert.Contains($"lossy: runs/{Swept}/xentrace.bin.zst", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut within the compressed stream", "FL-COMPRESSION", "lossy")]
    [InlineData("damaged before the first decoded byte", "FL-COMPRESSION", "set_aside")]
    [InlineData("empty", "FL-EMPTY", "set_aside")]
    [InlineData("text", "FL-UNKNOWN", "set_aside")]
    [InlineData("another format", "FL-FORMAT", "set_aside")]
    [InlineData("missing", "FL-MISSING", "set_aside")]
    public async Task A_bad_trace_is_named_and_the_rest_of_the_run_and_lab_is_ingested(string harm, string code, string status)
    {
        using var lab = new LabCopy(Swept, Base);
        string trace = lab.File(Swept, "xentrace.bin.zst");
        byte[] bytes = File.ReadAllBytes(trace);
        File.Delete(trace);
        byte[]? harmed = harm switch
        {
            "empty" => [],
            "text" => "This is not the trace you are looking for.\n"u8.ToArray(),
            "another format" => File.ReadAllBytes(lab.File(Swept, "xentop.txt")),
            "missing" => null,
            "damaged before the first decoded byte" => [.. bytes[..4], .. Enumerable.Repeat((byte)0xff, 60)],
            _ => bytes[..(bytes.Length / 2)],
        };
        if (harmed is not null)
            File.WriteAllBytes(trace, harmed);

        CommandLine.Outcome outcome = await Ingest(lab);
        Assert.Equal(3, outcome.Code);
        Assert.Contains(code, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(code == "FL-EMPTY", outcome.Error.Contains("FL-EMPTY", StringComparison.Ordinal));
        Assert.Contains($"runs/{Swept}/xentrace.bin.zst", outcome.Error, StringComparison.Ordinal);
        var runs = (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.ToDictionary(r => (string)r["run"]!, r => (string)r["status"]!);
        Assert.Equal(new Dictionary<string, string> { [Base] = "ok", [Swept] = status }, runs);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(lab.Lake, "staging")));

        // The score does not need the trace.
        Assert.NotNull((await Score(lab, Swept))["throughput_per_s"]![0]);
    }

    [Theory]
    [InlineData("path", "trace.file: the path '../../../x.bin' leaves the lab folder")]
    [InlineData("field", "campaign: the field is missing")]
    [InlineData("json", "not valid JSON")]
    [InlineData("duplicate", "the id 'base-1-r3' is given by another manifest of this lab, runs/base-1-r3/run.json")]
    [InlineData("surrogate", "a text holds an escape that is no character")]
    [InlineData("kind", "kind: 'Pair' is not a kind; write one of base, ")]
    public async Task A_bad_manifest_is_set_aside_with_its_reason_and_comes_back_when_mended(string harm, string says)
    {
        using var lab = new LabCopy(Base, Pair);
        string good = File.ReadAllText(lab.File(Pair, "run.json"));
        if (harm == "json")
            File.WriteAllText(lab.File(Pair, "run.json"), good[..^40]);
        else if (harm == "surrogate")
            File.WriteAllText(lab.File(Pair, "run.json"), good.Replace("\"1KB\"", "\"\\ud800\"", StringComparison.Ordinal));
        else
            lab.Edit(Pair, m =>
            {
                _ = harm switch
                {
                    "path" => m["trace"] = new JsonObject { ["file"] = "../../../x.bin" },
                    "duplicate" => m["run"] = Base,
                    "kind" => m["kind"] = "Pair",
                    _ => (JsonNode?)m.Remove("campaign"),
                };
            });
        CommandLine.Outcome outcome = await Ingest(lab);
        Assert.Equal((3, 1), (outcome.Code, Number(outcome, "set_aside")));
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"set aside: runs/{Pair}/run.json", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([Base], (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Select(r => (string)r["run"]!));

        File.WriteAllText(lab.File(Pair, "run.json"), good);
        Assert.Equal(0, (await Ingest(lab)).Code);
        Assert.Equal([Base, Pair], (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Select(r => (string)r["run"]!));
    }

    [Fact]
    public async Task A_renamed_run_counts_once_after_pruning_and_is_named_before()
    {
        using var lab = new LabCopy(Base, "base-1-r4");
        await Ingest(lab);
        lab.Edit("base-1-r4", m => m["run"] = "renamed");
        CommandLine.Outcome kept = await Ingest(lab);
        Assert.Contains("1 run of the lake was not found this time and still counts: base-1-r4; remove with --prune", kept.Error, StringComparison.Ordinal);
        CommandLine.Outcome pruned = await Ingest(lab, "--prune");
        Assert.Contains("removed 1 run that the lab does not have any more: base-1-r4", pruned.Error, StringComparison.Ordinal);
        Assert.Equal(2, (int)(await CommandLine.RunAsync("scores", "--bases", "--lake", lab.Lake)).Json.Single()["runs"]!);
    }

    [Fact]
    public async Task The_rule_for_base_cases_holds_for_whatever_follows()
    {
        using var lab = new LabCopy(Base, "base-1-r4", Pair);
        await CommandLine.RunAsync("run", lab.Lab, "--out", lab.Other("out"), "--base", "max", "-q");
        string lake = Path.Combine(lab.Other("out"), "lake");
        string[] stored = [.. (await CommandLine.RunAsync("scores", "--lake", lake)).Json.Select(r => r.ToJsonString())];
        Assert.Equal(stored, (await CommandLine.RunAsync("scores", "--lake", lake, "--base", "max")).Json.Select(r => r.ToJsonString()));
        Assert.NotEqual(stored, (await CommandLine.RunAsync("scores", "--lake", lake, "--base", "mean")).Json.Select(r => r.ToJsonString()));
        string shown = (await CommandLine.RunAsync("scores", "--lake", lake, "--pairs")).Json.Single()["combined_mean"]!.GetValue<double>().ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"measured {shown}", File.ReadAllText(Path.Combine(lab.Other("out"), "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_client_results_has_metrics_but_no_score_and_says_why()
    {
        using var lab = new LabCopy(Base, Swept);
        lab.Edit(Swept, m => m["domains"]![2]!.AsObject().Remove("client"));
        CommandLine.Outcome outcome = await Ingest(lab);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("MF-NOCLIENT", outcome.Error, StringComparison.Ordinal);
        JsonObject score = await Score(lab, Swept);
        Assert.Null(score["combined"]);
        Assert.Equal("no usable client result of vm2", (string?)score["combined_reason"]);
        Assert.True(await Window(lab) > 1);
    }

    [Fact]
    public async Task Gzip_and_plain_traces_are_read_like_zstd_ones()
    {
        using var lab = new LabCopy(Traced);
        await Ingest(lab);
        string zstd = (await CommandLine.RunAsync("metrics", "--lake", lab.Lake)).Out;
        byte[] decoded = Decode(lab.File(Traced, "xentrace.bin.zst"));
        foreach (bool gzip in (bool[])[true, false])
        {
            using (Stream file = File.Create(lab.File(Traced, "xentrace.bin.zst")))
            using (Stream target = gzip ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest) : file)
                target.Write(decoded);
            Assert.Equal(0, (await Ingest(lab)).Code);
            Assert.Equal(zstd, (await CommandLine.RunAsync("metrics", "--lake", lab.Lake)).Out);
        }
    }

    [Theory]
    [Trait("promise", "R5")]
    [InlineData(0, "it ends early")]
    [InlineData(8, "it ends early")]
    [InlineData(-12, "behind its end follows what is no gzip data")]
    public async Task A_gzip_log_that_is_cut_or_goes_on_is_lossy_as_a_file_and_through_a_pipe(int cut, string says)
    {
        using var folder = new TemporaryFolder();
        using var packed = new MemoryStream();
        using (var packing = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            packing.Write(File.ReadAllBytes(Path.Combine(Repository.SampleLab, "runs", Base, "xentop.txt")));
        byte[] whole = packed.ToArray();
        byte[] harmed = cut < 0 ? [.. whole, .. new byte[-cut].Select(_ => (byte)'x')] : whole[..(cut == 0 ? whole.Length / 2 : whole.Length - cut)];
        File.WriteAllBytes(folder.File("xentop.txt.gz"), harmed);
        CommandLine.Outcome file = await CommandLine.RunAsync("ingest", folder.File("xentop.txt.gz"), "--lake", folder.File("lake"));
        var error = new StringWriter();
        int piped = await Colocate.Cli.Application.RunAsync(["ingest", "-", "--lake", folder.File("piped")], new Colocate.Cli.Terminal { Out = new StringWriter(), Error = error, In = new MemoryStream(harmed) });
        Assert.Equal((3, 3), (file.Code, piped));
        Assert.All((string[])[file.Error, error.ToString()], e => Assert.Contains("FL-COMPRESSION", e, StringComparison.Ordinal));
        Assert.All((string[])[file.Error, error.ToString()], e => Assert.Contains(says, e, StringComparison.Ordinal));
        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", folder.File("lake"))).Code);
    }

    [Theory]
    [Trait("promise", "R5")]
    [InlineData("bad/httperf/two-reports-in-one-file.txt", "HT-MULTI", "2 reports; the one from line 24 on was used")]
    [InlineData("bad/httperf/second-run-was-killed.txt", "HT-PARTIAL", "another run began after it")]
    [InlineData("bad/httperf/cut-within-the-reply-status.txt", "HT-PARTIAL", "no line 'Reply status")]
    [InlineData("bad/wrk/notes-with-two-reports-of-which-the-last-counts.txt", "WR-MULTI", "2 reports; the one from line 18 on was used")]
    [InlineData("bad/wrk/cut-within-the-rate.txt", "WR-PARTIAL", "no rate")]
    [InlineData("bad/ab/notes-with-two-reports-and-a-third-begun.txt", "AB-MULTI", "2 reports; the one from line 38 on was used")]
    [InlineData("bad/ab/cut-within-the-failed-requests.txt", "AB-PARTIAL", "no line ")]
    public async Task A_client_log_of_which_a_part_was_not_used_or_is_missing_is_lossy_and_says_which(string log, string code, string says)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ingest", Path.Combine(Repository.Root, "tests", "corpus", log), "--lake", folder.File("lake"));
        Assert.Equal((3, 1), (outcome.Code, Number(outcome, "lossy")));
        Assert.Contains(code, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", folder.File("lake"))).Code);
    }

    [Fact]
    [Trait("promise", "R3")]
    public async Task Any_number_of_jobs_gives_the_same_files()
    {
        using var lab = new LabCopy(Base, Pair, Swept, Traced, "pair-1-1-r3", "base-1-r4");
        await Ingest(lab, "--jobs", "1");
        string[] one = Digests(lab.Lake);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Other("again"), "--jobs", "4");
        Assert.True(one.Length > 40);
        Assert.Equal(one, Digests(lab.Other("again")));

        static string[] Digests(string lake) =>
        [
            .. new[] { "tables", "manifests", "schema" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(lake, f), "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
                .Select(f => Path.GetRelativePath(lake, f) + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))),
        ];
    }

    [Fact]
    [Trait("promise", "R1")]
    public async Task Inputs_are_never_changed()
    {
        using var lab = new LabCopy(Base, Swept);
        string[] before = [.. Directory.EnumerateFiles(lab.Lab, "*", SearchOption.AllDirectories).Order().Select(f => f + File.GetLastWriteTimeUtc(f).Ticks + new FileInfo(f).Length)];
        await Ingest(lab);
        Assert.Equal(before, Directory.EnumerateFiles(lab.Lab, "*", SearchOption.AllDirectories).Order().Select(f => f + File.GetLastWriteTimeUtc(f).Ticks + new FileInfo(f).Length));
    }

    [Fact]
    public async Task Files_without_a_manifest_yield_metrics_but_no_scores()
    {
        using var lab = new LabCopy(Traced);
        File.Delete(lab.File(Traced, "run.json"));
        CommandLine.Outcome outcome = await Ingest(lab, "--assume", "tsc_hz=2596142000", "--assume", "name.0=Domain-0", "--assume", "campaign=loose");
        Assert.Equal(0, outcome.Code);
        JsonObject[] metrics = [.. (await CommandLine.RunAsync("metrics", "--lake", lab.Lake)).Json];
        Assert.Equal(["Domain-0", "host"], metrics.Select(m => (string)m["domain"]!));
        Assert.All(metrics, m => Assert.Equal("loose", (string)m["campaign"]!));
        Assert.InRange((double)metrics[0]["cpu_fraction"]!, 0.001, 0.2);
        Assert.Empty((await CommandLine.RunAsync("scores", "--lake", lab.Lake)).Json);
    }

    [Fact]
    public async Task The_papers_tables_are_base_cases_without_traces()
    {
        using var folder = new TemporaryFolder();
        string paper = Path.Combine(Repository.Root, "samples", "paper");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("run", paper, "--out", folder.Path, "--format", "json", "--evaluations", "2", "--replicas", "1");
        Assert.Equal((0, ""), (outcome.Code, outcome.Out));
        Assert.Contains("predict: left out", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("claims: validate:", outcome.Error, StringComparison.Ordinal);
        CommandLine.Outcome again = await CommandLine.RunAsync("run", paper, "--out", folder.Path, "--evaluations", "2", "--replicas", "1");
        Assert.Equal(0, again.Code);
        Assert.Contains("Nothing to do", again.Error, StringComparison.Ordinal);
        CommandLine.Outcome refused = await CommandLine.RunAsync("run", paper, "--out", folder.Path, "--profiles");
        Assert.Equal(2, refused.Code);
        Assert.Contains("--profiles does not go with published tables", refused.Error, StringComparison.Ordinal);
        string lake = folder.File("lake");
        var bases = (await CommandLine.RunAsync("scores", "--bases", "--lake", lake)).Json.ToDictionary(b => (string)b["workload"]!, b => (double)b["throughput_per_s"]!);
        Assert.Equal((7, 1900.0, 112.0), (bases.Count, bases["1KB"], bases["100KB"]));
        JsonObject[] metrics = [.. (await CommandLine.RunAsync("metrics", "--lake", lake, "--run", "published-1KB")).Json];
        Assert.Equal([("Domain-0", "C", 0.4683), ("vm1", "C", 0.5067), ("host", "C", 0.975)], metrics.Select(m => ((string)m["domain"]!, (string)m["method"]!, Math.Round((double)m["cpu_fraction"]!, 6))));
        Assert.Equal(4.93, (double)metrics[2]["pages_per_execution"]!);
        Assert.True(File.Exists(folder.File("report.html")));
    }

    [Theory]
    [InlineData(4, "does not exist", "ingest", "nowhere")]
    [InlineData(2, "--assume x=1", "ingest", ".", "--assume", "x=1")]
    [InlineData(2, "--assume tsc_hz=1e30: '1e30' is not a number from 1000000 to 100000000000", "ingest", ".", "--assume", "tsc_hz=1e30")]
    [InlineData(2, "--assume pcpus=3e9", "ingest", ".", "--assume", "pcpus=3e9")]
    [InlineData(2, "--assume pcpus=0.5: '0.5' is not a whole number", "ingest", ".", "--assume", "pcpus=0.5")]
    [InlineData(2, "--assume tsc_behind.x=5: 'x' is not a pcpu", "ingest", ".", "--assume", "tsc_behind.x=5")]
    [InlineData(2, "--assume tsc_behind.01=5: '01' is not a pcpu", "ingest", ".", "--assume", "tsc_behind.1=5", "--assume", "tsc_behind.01=5")]
    [InlineData(2, "--assume tsc_behind.1=0.5: '0.5' is not a whole number", "ingest", ".", "--assume", "tsc_behind.1=0.5")]
    [InlineData(2, "--assume vcpus.vm1=8193", "ingest", ".", "--assume", "vcpus.vm1=8193")]
    [InlineData(2, "--assume interval_s=0", "ingest", ".", "--assume", "interval_s=0")]
    [InlineData(2, "The output file '.' cannot be written: it is a folder", "report", "--out", ".")]
    [InlineData(2, "The output file '.' cannot be written: it is a folder", "train", "--out", ".")]
    [InlineData(2, "Required argument", "ingest")]
    [InlineData(2, "There is no lake", "runs", "--lake", "nowhere")]
    [InlineData(2, "There is no model", "predict", "--model", "nowhere.zip", "a", "b")]
    [InlineData(2, "workloads come in pairs", "predict", "--model", "m.zip", "a")]
    [InlineData(2, "--level must lie between 0 and 1", "predict", "--model", "m.zip", "a", "b", "--level", "2")]
    [InlineData(2, "use table, json or csv", "formats", "--format", "xml")]
    [InlineData(2, "--solo and --pairs go together", "train", "--solo", "x.csv", "--out", "m.zip")]
    [InlineData(4, "There is no table", "tables", "nothing")]
    [InlineData(2, "", "no-such-command")]
    public async Task Wrong_use_has_one_line_and_its_exit_code(int code, string says, params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(args);
        Assert.Equal((code, ""), (outcome.Code, outcome.Out));
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_anything_known_matches_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("readme.txt"), "nothing to see");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ingest", folder.Path, "--lake", folder.File("lake"));
        Assert.Equal(4, outcome.Code);
    }

    private static Task<CommandLine.Outcome> Ingest(LabCopy lab, params string[] more) => CommandLine.RunAsync(["ingest", lab.Lab, "--lake", lab.Lake, .. more]);

    private static int Number(CommandLine.Outcome outcome, string field) => (int)outcome.Json.Single()[field]!;

    private static async Task<JsonObject> Score(LabCopy lab, string run) => (await CommandLine.RunAsync("scores", "--lake", lab.Lake)).Json.Single(r => (string)r["run"]! == run);

    private static async Task<double> Window(LabCopy lab) => (double)(await CommandLine.RunAsync("metrics", "--lake", lab.Lake, "--run", Swept)).Json[0]["window_s"]!;

    private static byte[] Decode(string path)
    {
        using var decompressed = new MemoryStream();
        using (var stream = new DecompressionStream(File.OpenRead(path), leaveOpen: false))
            stream.CopyTo(decompressed);
        return decompressed.ToArray();
    }
}
