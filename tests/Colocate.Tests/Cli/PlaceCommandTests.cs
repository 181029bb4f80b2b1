using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli;

/// <summary>Training on CSV files, predicting and placing, through the command line.</summary>
public sealed class PlaceCommandTests(PlaceCommandTests.TrainedModel trained) : IClassFixture<PlaceCommandTests.TrainedModel>
{
    private readonly TemporaryFolder _folder = trained.Folder;

    private string Model => _folder.File("model.zip");

    [Fact]
    public async Task Hosts_and_total_are_what_predict_says_and_no_division_is_better()
    {
        Dictionary<string, double> predicted = (await RunAsync("predict", "--all")).ToDictionary(r => Names(r["workloads"]), r => (double)r["combined"]!);
        IReadOnlyList<JsonObject> lines = await RunAsync("place", "--workloads", "a,b,c,d", "--hosts", "2");
        Assert.Equal(3, lines.Count);
        Assert.Equal([1, 2], lines.Take(2).Select(l => (int)l["host"]!));
        Assert.All(lines.Take(2), l => Assert.Equal(predicted[Names(l["workloads"])], (double)l["combined"]!));
        double best = new[] { predicted["a b"] + predicted["c d"], predicted["a c"] + predicted["b d"], predicted["a d"] + predicted["b c"] }.Max();
        Assert.Equal(best, (double)lines[2]["total"]!, 1e-9);
        Assert.Equal("matching", (string)lines[2]["method"]!);
        Assert.True((double)lines[2]["random_total"]! <= best && (double)lines[2]["greedy_total"]! <= best + 1e-9);
        // All six pairs of these four were measured.
        Assert.True((double)lines[2]["oracle_gap"]! >= 0);
    }

    [Fact]
    public async Task An_odd_guest_is_alone_and_an_unmeasured_pair_is_named()
    {
        IReadOnlyList<JsonObject> lines = await RunAsync("place", "--workloads", "a,b,c,d,e");
        Assert.Equal(4, lines.Count);
        JsonObject alone = lines.Single(l => l["workloads"] is JsonArray { Count: 1 });
        Assert.Equal((1.0, 1.0), ((double)alone["combined"]!, (double)alone["low"]!));
        Assert.Null(lines[3]["oracle_gap"]);
        Assert.Contains("1 of 10", (string)lines[3]["oracle_gap_reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_reason()
    {
        await AssertRefusedAsync(2, "do not fit on 1 hosts", "place", "--workloads", "a,b,c", "--hosts", "1");
        await AssertRefusedAsync(4, "at least 3 are needed", "place", "--workloads", "a,b,c", "--hosts", "2", "--min-score", "1");
        await AssertRefusedAsync(4, "'x'", "place", "--workloads", "a,x");
        await AssertRefusedAsync(2, "idle", "place", "--workloads", "a,idle");
        await AssertRefusedAsync(2, "--min-score", "place", "--min-score", "1.5");
        await AssertRefusedAsync(2, "--slots", "place", "--slots", "0");
    }

    [Fact]
    public async Task Three_on_a_host_are_said_to_be_guessed_from_pairs()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("place", "--model", Model, "--workloads", "a,b,c", "--slots", "3");
        Assert.Contains("no such host was measured", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("exact_packing", (string)outcome.Json[^1]["method"]!);
    }

    [Fact]
    public async Task A_workload_the_model_never_saw_comes_from_a_row_and_its_range_is_checked()
    {
        string more = Write("more.csv", "workload,size,kind\nf,64,batch\n");
        JsonObject line = Assert.Single(await RunAsync("predict", "a", "f", "--solo", more, "--min-score", "0.3"));
        Assert.True((bool)line["extrapolates"]!);
        Assert.Contains("size of f is 64, in training 1 to 16", (string)line["extrapolates_note"]!, StringComparison.Ordinal);
        Assert.Contains((string)line["admit"]!, new[] { "yes", "no", "measure" });
        Assert.All(Enumerable.Range(0, 2), i => Assert.True((double)line["score_low"]![i]! <= (double)line["score"]![i]!));
        Assert.Equal(4, (await RunAsync("place", "--workloads", "a,f,b,f,c", "--solo", more)).Count);
    }

    [Theory]
    [InlineData("workload,size,kind\nf,large,batch\n", "the model learned numbers")]
    [InlineData("workload,size,kind\nf,3,7\n", "the model learned names")]
    [InlineData("workload,size,kind\na,40,web\n", "trained on a workload of that name with 1")]
    [InlineData("workload,size,kind\na,1,batch\n", "trained on a workload of that name with 'web'")]
    [InlineData("workload,colour\nf,red\n", "nothing is known of 'f'")]
    public async Task A_model_that_does_not_fit_is_refused_with_the_reason(string csv, string reason) =>
        await AssertRefusedAsync(2, reason, "predict", "b", csv.Contains("\nf", StringComparison.Ordinal) ? "f" : "a", "--solo", Write("other.csv", csv));

    [Fact]
    public async Task The_same_request_gives_the_same_bytes()
    {
        string[] request = ["place", "--model", Model, "--slots", "3", "--format", "csv"];
        Assert.Equal((await CommandLine.RunAsync(request)).Out, (await CommandLine.RunAsync(request)).Out);
    }

    [Fact]
    public async Task Evaluation_says_what_predictions_are_worth()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("evaluate", "--solo", _folder.File("solo.csv"), "--pairs", _folder.File("pairs.csv"), "--protocol", "pair", "-q");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.All(outcome.Json, row =>
        {
            double random = (double)row["matching_random"]!, oracle = (double)row["matching_oracle"]!, total = (double)row["matching_total"]!;
            Assert.Equal((total - random) / (oracle - random), (double)row["matching_gap_closed"]!, 1e-9);
            Assert.InRange((double)row["half_mae"]!, 0, 1);
        });
    }

    [Fact]
    public async Task A_bad_file_is_named_with_its_line()
    {
        string pairs = Write("bad.csv", "workload_a,workload_b,score_a,score_b\na,b,0.5,0.5\na,q,0.5,0.5\n");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("evaluate", "--solo", _folder.File("solo.csv"), "--pairs", pairs);
        Assert.Equal(2, outcome.Code);
        Assert.Contains($"{pairs}, line 3: nothing is known of the workload 'q' alone; add its row", outcome.Error, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<JsonObject>> RunAsync(string command, params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync([command, "--model", Model, .. args]);
        Assert.True(outcome.Code == 0, outcome.Error);
        return outcome.Json;
    }

    private async Task AssertRefusedAsync(int code, string reason, string command, params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync([command, "--model", Model, .. args]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private static string Names(JsonNode? workloads) => string.Join(' ', workloads!.AsArray().Select(w => (string)w!));

    /// <summary>A model of five workloads and nine of their ten pairs, trained once.</summary>
    public sealed class TrainedModel : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        public async ValueTask InitializeAsync()
        {
            File.WriteAllText(Folder.File("solo.csv"), "workload,size,kind\na,1,web\nb,2,web\nc,4,batch\nd,8,batch\ne,16,batch\n");
            File.WriteAllText(
                Folder.File("pairs.csv"),
                "workload_a,workload_b,score_a,score_b\na,b,0.5,0.5\na,c,0.6,0.6\na,d,0.7,0.7\na,e,0.9,0.8\nb,c,0.6,0.5\nb,d,0.8,0.7\nc,d,0.5,0.55\nc,e,0.55,0.5\nd,e,0.5,0.5\n");
            CommandLine.Outcome outcome = await CommandLine.RunAsync("train", "--solo", Folder.File("solo.csv"), "--pairs", Folder.File("pairs.csv"), "--trainer", "ridge", "--out", Folder.File("model.zip"), "-q");
            Assert.True(outcome.Code == 0, outcome.Error);
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
