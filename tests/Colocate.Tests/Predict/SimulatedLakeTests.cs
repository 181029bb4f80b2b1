using System.IO.Compression;
using System.Text.Json.Nodes;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Tests.Cli;

namespace Colocate.Tests.Predict;

public sealed class SimulatedLakeTests
{
    private static readonly string[] s_workloads = ["1KB", "10KB", "30KB", "50KB", "100KB"];

    [Fact]
    public async Task Simulated_pairs_of_a_lake_reach_the_model_and_workloads_that_were_never_paired()
    {
        using var lab = new LabCopy("base-1-r2", "base-10-r2", "base-30-r2", "base-50-r2", "base-100-r2", "pair-1-1-r2", "pair-1-10-r3", "pair-1-100-r2", "pair-30-30", "pair-100-100-r2");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
        await SimulateAsync(lab.Lake);
        string model = lab.Other("model.zip");
        CommandLine.Outcome trained = await CommandLine.RunAsync("train", "--lake", lab.Lake, "--trainer", "grey_box", "--out", model);
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains(trained.Json.Single()["pair_features"]!.AsArray(), f => (string)f! == "simulated");

        // The file keeps the pairs of the four workloads that were measured side by side; the fifth is known to the lake alone.
        using (ZipArchive zip = await ZipFile.OpenReadAsync(model, TestContext.Current.CancellationToken))
        using (var text = new StreamReader(zip.GetEntry("simulated.csv")!.Open()))
            Assert.Equal(1 + (4 * 5 / 2), (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).Count(c => c == '\n'));
        Assert.False(Missing(await PredictAsync("1KB", "30KB")));
        Assert.False(Missing(await PredictAsync("1KB", "50KB", "--lake", lab.Lake)));
        string solo = lab.Other("solo.csv");
        await File.WriteAllTextAsync(solo, "workload,host_cpu_fraction\n50KB,0.6\n", TestContext.Current.CancellationToken);
        Assert.True(Missing(await PredictAsync("1KB", "50KB", "--solo", solo)));

        async Task<JsonObject> PredictAsync(params string[] args)
        {
            CommandLine.Outcome outcome = await CommandLine.RunAsync(["predict", "--model", model, .. args]);
            Assert.Equal(0, outcome.Code);
            return outcome.Json.Single();
        }

        static bool Missing(JsonObject prediction) => ((string?)prediction["interval_note"])?.Contains("no simulated score", StringComparison.Ordinal) ?? false;
    }

    private static async Task SimulateAsync(string folder)
    {
        WorkloadPair[] pairs = [.. WorkloadPair.All(s_workloads)];
        using Lake lake = Lake.OpenForWriting(folder);
        await lake.CommitAsync(new StageOutput
        {
            Stage = "simulate",
            Fingerprint = new string('0', 64),
            Tables =
            [
                new(Table.Of<SimulatedRunRow>(), [.. pairs.Select(p => new SimulatedRunRow { Scenario = $"pair/{p.A}+{p.B}", Kind = "pair", RateFraction = 1 })]),
                new(Table.Of<SimulatedDomainRow>(), [.. pairs.SelectMany((p, i) => new[] { Guest(p, 1, p.A, 0.4 + (0.01 * i)), Guest(p, 2, p.B, 0.5 + (0.02 * i)) })]),
            ],
        });

        static SimulatedDomainRow Guest(WorkloadPair pair, int index, string workload, double score) =>
            new() { Scenario = $"pair/{pair.A}+{pair.B}", Domain = $"vm{index}", DomainIndex = index, Workload = workload, Score = score };
    }
}
