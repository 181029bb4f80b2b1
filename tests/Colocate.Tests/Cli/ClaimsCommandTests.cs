using System.Text.Json.Nodes;
using Colocate.Cli;
using Colocate.Cli.Commands;
using Colocate.Cli.Output;
using Colocate.Cli.Progress;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;
using Colocate.Tests.Simulate.Claims;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Cli;

public sealed class ClaimsCommandTests : IDisposable
{
    /// <summary>The fields that scripts rely on, in the contract's words; others may stand beside them.</summary>
    private static readonly string[] s_fields = ["id", "role", "statement", "target", "value", "verdict", "command", "reason"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_papers_claims_have_the_fields_that_were_promised_and_are_counted_by_role()
    {
        var output = new StringWriter();
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = error };
        using var progress = new ProgressDisplay(terminal, quiet: false);
        IReadOnlyList<ClaimRow> rows = await ClaimsCommand.PaperAsync(new PaperHosts(), 1, "p.json", _folder.File("lake"), progress, TestContext.Current.CancellationToken);
        RecordWriter.Write(terminal, OutputFormat.Json, rows.Select(ClaimsCommand.Describe));
        JsonObject[] claims = [.. output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
        Assert.Equal(87, claims.Length);
        Assert.All(claims, c => Assert.All(s_fields, f => Assert.True(c.ContainsKey(f), f)));
        JsonObject best = claims.Single(c => (string?)c["id"] == "F302");
        Assert.Equal(("validate", "= 1.58", "5%", "score", "pass", null), ((string?)best["role"], (string?)best["target"], (string?)best["tolerance"], (string?)best["unit"], (string?)best["verdict"], best["reason"]));
        Assert.Equal(1.58, (double)best["value"]!, 3);
        Assert.Contains("colocate simulate --params p.json --vm 1KB --vm 100KB --rate 1", (string?)best["command"], StringComparison.Ordinal);
        Assert.Equal(
            """
            claims: 87, free parameters: 8
            config: 8 pass, 0 near, 0 fail, 0 not tested; 100 % of those tested pass
            calibrate: 21 pass, 0 near, 0 fail, 0 not tested; 100 % of those tested pass
            identity: 3 pass, 1 near, 2 fail, 0 not tested; 50 % of those tested pass
            validate: 50 pass, 0 near, 0 fail, 0 not tested; 100 % of those tested pass
            none: 0 pass, 0 near, 0 fail, 2 not tested

            """, error.ToString());
        using Lake lake = Lake.Open(_folder.File("lake"));
        Assert.Equal(rows, await lake.ReadAsync<ClaimRow>());
    }

    [Fact]
    public async Task Measured_runs_are_simulated_again_and_those_that_the_calibration_saw_are_marked()
    {
        CommandLine.Outcome outcome = await LabAsync("--params", Parameters());
        Assert.Equal(0, outcome.Code);
        Assert.All(outcome.Json, c => Assert.All(s_fields, f => Assert.True(c.ContainsKey(f), f)));
        JsonObject pair = outcome.Json.Single(c => (string?)c["id"] == "pair-1-30/combined");
        Assert.Equal("validate", (string?)pair["role"]);
        Assert.EndsWith("--like pair-1-30", (string?)pair["command"], StringComparison.Ordinal);
        Assert.Contains(outcome.Json, c => (string?)c["id"] == "base-1/combined" && (string?)c["role"] == "calibrate");
        Assert.Contains(outcome.Json, c => (string?)c["id"] == "sweep-1-30/vm2/throughput_per_s");
        Assert.Contains(outcome.Json, c => (string?)c["id"] == "idle/Domain-0/cpu_fraction");
        Assert.Contains("claims: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("pairs: 1; mean error", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_simulations_in_the_lake_parameters_are_asked_for()
    {
        CommandLine.Outcome outcome = await LabAsync();
        Assert.Equal((4, "colocate: the lake holds no simulation of a measured run; give parameters with --params, or make lake and parameters with `colocate run`\n"), (outcome.Code, outcome.Error));
    }

    [Fact]
    public async Task A_labs_host_says_nothing_of_the_paper()
    {
        string parameters = Parameters();
        CommandLine.Outcome outcome = await CommandLine.RunAsync("claims", "--params", parameters);
        Assert.Equal((2, $"colocate: '{parameters}' describes a lab host; `colocate calibrate --paper` makes one for the paper's claims; give --lake for the lab's own runs\n"), (outcome.Code, outcome.Error));
        Assert.Equal(2, (await CommandLine.RunAsync("claims")).Code);
    }

    private async Task<CommandLine.Outcome> LabAsync(params string[] more)
    {
        await TinyLake.MakeAsync(_folder.File("lake"));
        return await CommandLine.RunAsync(["claims", "--lake", _folder.File("lake"), "--replicas", "1", .. more]);
    }

    private string Parameters()
    {
        string path = _folder.File("params.json");
        using FileStream file = File.Create(path);
        ParameterFile.Write(file, CalibratedHosts.Slow with { LoadS = 2 });
        return path;
    }
}
