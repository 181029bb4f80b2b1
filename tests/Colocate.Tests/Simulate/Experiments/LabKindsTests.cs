using System.Text;
using Colocate.Ingest.Runs;
using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Simulate.Experiments;

/// <summary>Runs with weights, caps and a third guest, from their manifests to their place beside what was measured.</summary>
public sealed class LabKindsTests
{
    private static readonly CalibratedHost s_host = CalibratedHosts.Slow;

    [Theory]
    [InlineData("weight", 2, "vm1:128:0 vm2:512:0")]
    [InlineData("cap", 2, "vm1:256:40 vm2:256:0")]
    [InlineData("cap", 1, "vm1:256:40")]
    [InlineData("three", 3, "vm1:256:0 vm2:256:0 vm3:256:0")]
    public void A_run_of_any_kind_is_simulated_as_measured_and_held_against_it(string kind, int guests, string shares)
    {
        (RunRow run, RunDomainRow[] domains) = Manifest(kind, shares);
        (RunRow alone, RunDomainRow[] single) = Manifest("base", "vm1:256:0");
        Experiment like = LabPlan.Of(s_host, [run, alone], [.. domains, .. single], []).Single(e => e.Kind == "like");
        Assert.Equal(run.Run, like.LikeRun);
        Assert.Equal(shares, string.Join(' ', like.Host.Guests.Select(g => FormattableString.Invariant($"{g.Domain}:{g.Weight}:{100 * g.CapFraction}"))));

        ExperimentResult simulated = new Laboratory(s_host, new ExperimentSettings { Replicas = 1 }).Run([like], null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(simulated.Domains.Skip(1).Sum(d => d.Score!.Value), simulated.Run.Combined!.Value, 9);
        Assert.Equal(guests, simulated.Domains.Skip(1).Count(d => d.Score > 0));

        ClientResultRow[] clients = [.. domains.Where(d => d.Role == "guest").Select(d => Client(d, 30)), Client(single[1], 60)];
        IReadOnlyList<GuestScoreRow> scores = [.. ScoreBook.Compute([run, alone], [.. domains, .. single], clients, BaseRule.Mean).GuestScores];
        LabComparison combined = LabComparisons.Of(new LabTables
        {
            Measured = new CalibrationTables { Runs = [run, alone], Domains = [.. domains, .. single], Clients = clients, DomainMetrics = [], HostMetrics = [] },
            Scores = scores,
            SimulatedRuns = [simulated.Run],
            SimulatedDomains = simulated.Domains,
        }).Single(c => c.Quantity == "combined");
        Assert.Equal((guests * 0.5, simulated.Run.Combined!.Value, null), (combined.Measured, combined.Simulated, combined.Pair));
    }

    /// <summary>Two runs alike spread by 14 %; one with other weights is no repeat of them, however alike its workloads.</summary>
    [Fact]
    public void Runs_of_other_shares_are_no_repeats()
    {
        GuestScoreRow[] scores = [.. new[] { ("a", 0.9), ("b", 1.1), ("c", 2.0) }.Select(r => new GuestScoreRow { Run = r.Item1, Kind = "weight", Workload = "1KB", Combined = r.Item2 })];
        RunDomainRow[] domains = [.. new[] { ("a", 128.0), ("b", 128), ("c", 512) }.Select(r => new RunDomainRow { Run = r.Item1, Weight = r.Item2 })];
        Assert.Equal(0.1414, new RepeatSpread(scores, s => s.Combined, _ => "", domains).Of("a", ""), 1e-4);
        Assert.Equal(0.1414, new RepeatSpread(scores, s => s.Combined, _ => "", domains).Of("c", ""), 1e-4);
        Assert.True(new RepeatSpread(scores, s => s.Combined, _ => "").Of("a", "") > 0.4);
    }

    private static (RunRow Run, RunDomainRow[] Domains) Manifest(string kind, string shares)
    {
        string guests = string.Join(',', shares.Split(' ').Select((share, i) => share.Split(':') is [var name, var weight, var cap]
            ? $$"""{"name":"{{name}}","domid":{{i + 1}},"vcpus":1,"weight":{{weight}},"cap_percent":{{cap}},"workload":"1KB","reply_bytes":1024,"offered_per_s":62}"""
            : ""));
        string rate = kind == "base" ? "\"rate_fraction\":1," : "";
        byte[] json = Encoding.UTF8.GetBytes($$$"""
            {"run":"{{{kind}}}-1","campaign":"made-up","kind":"{{{kind}}}",{{{rate}}}"load_s":3,"host":{"pcpus":1,"scheduler":"credit","nic":{"mbit":3.2,"burst_bytes":6000,"queue_bytes":800000}},
             "domains":[{"name":"Domain-0","domid":0,"vcpus":1,"role":"driver"},{{{guests}}}]}
            """);
        RunManifest? manifest = ManifestReader.Parse(json, "", out IReadOnlyList<ManifestProblem> problems);
        Assert.Empty(problems);
        return (Rows.Of(manifest!, null, "ok", 1), [.. manifest!.Domains.Select((d, i) => Rows.Of(manifest, d, i))]);
    }

    private static ClientResultRow Client(RunDomainRow domain, double perS) => new() { Run = domain.Run, Campaign = domain.Campaign, Domain = domain.Domain, Workload = domain.Workload, ThroughputPerS = perS };
}
