using System.Text;
using System.Text.Json.Nodes;
using Colocate.Model.Runs;

namespace Colocate.Tests.Model.Runs;

public sealed class ManifestReaderTests
{
    private static readonly string s_pair = File.ReadAllText(Path.Combine(Repository.SampleLab, "runs", "pair-1-100", "run.json"));

    public static TheoryData<string> SampleRuns => [.. Directory.EnumerateDirectories(Path.Combine(Repository.SampleLab, "runs")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(SampleRuns))]
    public void Every_sample_run_is_valid(string run)
    {
        RunManifest? manifest = ManifestReader.Parse(File.ReadAllBytes(Path.Combine(Repository.SampleLab, "runs", run, "run.json")), "runs/" + run, out IReadOnlyList<ManifestProblem> problems);
        Assert.Empty(problems);
        Assert.Equal(run, manifest!.Run);
    }

    [Fact]
    public void Fields_arrive_with_their_units()
    {
        RunManifest run = Parse(s_pair, out _)!;
        Assert.Equal((RunKind.Pair, "2026-11-22a", 1.0, 22.0), (run.Kind, run.Campaign, run.RateFraction, run.LoadS));
        Assert.Equal((2596142000.0, 1, 3.2, 6000L, 30.0, 1000.0), (run.Host.TscHz, run.Host.Pcpus, run.Host.NicMbit, run.Host.NicBurstBytes, run.Host.TsliceMs, run.Host.RatelimitUs));
        Assert.Equal(["1KB", "100KB"], run.LoadedGuests.Select(g => g.Workload));
        Assert.Equal(("httperf-vm2.txt", 10.0, 3.65, 0.0), (run.Domains[2].Client!.File, run.Domains[2].Client!.TimeoutS, run.Domains[2].OfferedPerS, run.Domains[2].CapFraction));
    }

    [Theory]
    [InlineData("run", null, "run: the field is missing")]
    [InlineData("campaign", null, "campaign: the field is missing")]
    [InlineData("kind", null, "kind: the field is missing")]
    [InlineData("domains", null, "domains: a list with at least one entry is missing")]
    [InlineData("rate_fraction", null, "rate_fraction: the field is missing")]
    [InlineData("host", null, "host: the field is missing")]
    [InlineData("host.pcpus", "0", "host.pcpus: expected a number from 1")]
    [InlineData("host.tsc_hz", "\"fast\"", "host.tsc_hz: expected a number")]
    [InlineData("run", "\"../up\"", "run: '../up' is not a plain id")]
    [InlineData("campaign", "\"a/b\"", "campaign: 'a/b' is not a plain id")]
    [InlineData("trace.file", "\"../../../etc/passwd\"", "trace.file: the path '../../../etc/passwd' leaves the lab folder")]
    [InlineData("trace.file", "\"/etc/passwd\"", "trace.file: the path '/etc/passwd' leaves the lab folder")]
    [InlineData("trace.file", "\"C:\\\\x.bin\"", "trace.file: the path")]
    [InlineData("start", "\"yesterday\"", "start: expected a time")]
    [InlineData("domains.1.domid", "-1", "domains[1].domid: expected a number from 0")]
    [InlineData("domains.1.workload", null, "domains[1].workload: the field is missing")]
    [InlineData("domains.1.client.file", null, "domains[1].client.file: the field is missing")]
    [InlineData("domains.2.name", "\"vm1\"", "domains: the name 'vm1' is given twice")]
    [InlineData("domains.2.domid", "1", "domains: the domid 1 is given twice")]
    [InlineData("domains.0.role", "\"boss\"", "domains[0].role: 'boss' is not a role")]
    public void A_broken_field_is_named_with_its_path(string path, string? json, string says)
    {
        JsonNode root = JsonNode.Parse(s_pair)!;
        string[] parts = path.Split('.');
        JsonNode parent = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out int i) ? node[i]! : node[part]!);
        if (json is null)
            parent.AsObject().Remove(parts[^1]);
        else
            parent.AsObject()[parts[^1]] = JsonNode.Parse(json);
        Assert.Null(Parse(root.ToJsonString(), out IReadOnlyList<ManifestProblem> problems));
        Assert.Contains(problems, p => p.ToString().StartsWith(says, StringComparison.Ordinal));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Fact]
    public void All_broken_fields_are_named_at_once()
    {
        JsonObject root = JsonNode.Parse(s_pair)!.AsObject();
        root.Remove("run");
        root["trace"]!["file"] = "..\\..\\..\\x";
        root["domains"]![1]!["vcpus"] = 0.5;
        Parse(root.ToJsonString(), out IReadOnlyList<ManifestProblem> problems);
        Assert.Equal(["run", "trace.file", "domains[1].vcpus"], problems.Select(p => p.Field).Distinct());
    }

    [Theory]
    [InlineData("../common/trace.bin", true)]
    [InlineData("./a/../trace.bin", true)]
    [InlineData("../../up.bin", true)]
    [InlineData("../../../up.bin", false)]
    [InlineData("a/../../../../up.bin", false)]
    public void A_path_may_climb_inside_the_lab_but_not_out_of_it(string file, bool allowed)
    {
        JsonNode root = JsonNode.Parse(s_pair)!;
        root["trace"]!["file"] = file;
        Assert.Equal(allowed, Parse(root.ToJsonString(), out _) is not null);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{ \"run\": ", "not valid JSON at line 1")]
    [InlineData("[]", "the document is not an object")]
    public void A_document_that_is_none_says_where(string json, string says)
    {
        Assert.Null(Parse(json, out IReadOnlyList<ManifestProblem> problems));
        Assert.StartsWith(says, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    private static RunManifest? Parse(string json, out IReadOnlyList<ManifestProblem> problems) => ManifestReader.Parse(Encoding.UTF8.GetBytes(json), "runs/pair-1-100", out problems);
}
