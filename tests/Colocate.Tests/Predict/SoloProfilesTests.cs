using Colocate.Model.Tables;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

public sealed class SoloProfilesTests
{
    private static readonly SoloTables s_tables = new()
    {
        Runs =
        [
            Run("base-1", "base", 1), Run("base-2", "base", 1), Run("slow", "base", 0.5), Run("solo", "solo", 1), Run("other-guest", "basevm2", 1), Run("pair", "pair", 1),
        ],
        Domains = [.. new[] { "base-1", "base-2", "slow", "solo", "other-guest", "pair" }.SelectMany(r => new[] { Domain(r, 0, "Domain-0", null), Domain(r, 1, "vm1", "1KB"), Domain(r, 2, "vm2", "idle") })],
        BaseCases = [new() { Campaign = "c", Workload = "1KB", ThroughputPerS = 70 }, new() { Campaign = "paper", Workload = "9KB", ThroughputPerS = 40 }],
        Clients = [Client("base-1", 100, 5), Client("base-2", 200, null), Client("slow", 9e9, 9e9), Client("solo", 9e9, 9e9), Client("pair", 9e9, 9e9), Client("other-guest", 9e9, 9e9)],
        Hosts = [new() { Campaign = "c", Run = "base-1", CpuFraction = 0.9 }, new() { Campaign = "c", Run = "pair", CpuFraction = 9e9 }],
        DomainMetrics =
        [
            new() { Campaign = "c", Run = "base-1", Domain = "Domain-0", CpuFraction = 0.3 },
            new() { Campaign = "c", Run = "base-1", Domain = "vm1", CpuFraction = 0.6 },
            new() { Campaign = "c", Run = "base-1", Domain = "vm2", CpuFraction = 0.01 },
        ],
    };

    [Fact]
    public void Means_over_saturated_base_runs_that_have_the_figure()
    {
        SoloProfile profile = SoloProfiles.From(s_tables)[0];
        Assert.Equal("1KB", profile.Workload);
        Assert.Equal((70, 150, 5, 0.9, 0.3, 0.6), (profile["throughput_per_s"], profile["net_kb_per_s"], profile["reply_ms"], profile["host_cpu_fraction"], profile["dom0_cpu_fraction"], profile["guest_cpu_fraction"]));
        Assert.Null(profile["pages_per_s"]);
        Assert.Equal(150 * 1024 * 8 * (1538.0 / 1448) / 3.2e6, profile["net_fraction"]!.Value, 1e-12);
    }

    [Fact]
    public void A_base_case_without_runs_is_a_profile_of_its_throughput_alone()
    {
        SoloProfile profile = SoloProfiles.From(s_tables)[1];
        Assert.Equal(("9KB", 40), (profile.Workload, profile["throughput_per_s"]));
        Assert.Equal(1, profile.Features.Values.Count(v => v is not null));
    }

    [Fact]
    public void A_demand_is_use_over_throughput_and_unknown_without_either()
    {
        SoloProfile profile = SoloProfiles.From(s_tables)[0];
        Assert.Equal(1000 * 0.3 / 70, profile["dom0_cpu_ms_per_request"]!.Value, 1e-12);
        Assert.Equal(1000 * 0.6 / 70, profile["guest_cpu_ms_per_request"]!.Value, 1e-12);
        Assert.Equal(150.0 / 70, profile["net_kb_per_request"]!.Value, 1e-12);
        Assert.Null(profile["pages_per_request"]);
        Assert.Null(new SoloProfile("still", [new("throughput_per_s", 0), new("net_kb_per_s", 5)])["net_kb_per_request"]);
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(14, true)]
    public void From_a_hundred_pairs_on_every_listed_column_is_used(int workloads, bool all)
    {
        // 91 and 105 pairs.
        SoloProfile[] profiles = [.. Enumerable.Range(1, workloads).Select(i => new SoloProfile($"w{i}", [new("throughput_per_s", i), new("reply_ms", 2 * i), new("of_my_own", 3 * i)]))];
        var set = new TrainingSet(profiles, profiles.SelectMany((a, i) => profiles.Skip(i).Select(b => MeasuredPair.Of(a.Workload, b.Workload, 0.5, 0.5, 1))));
        Assert.Equal(all ? ["of_my_own", "reply_ms", "throughput_per_s"] : ["of_my_own", "throughput_per_s"], SoloSpace.Fit(set).Columns.Select(c => c.Name));
    }

    [Fact]
    public void Unknown_values_become_the_training_mean_and_mostly_unknown_columns_go()
    {
        var set = new TrainingSet(
            [Solo("a", 0.2, null, null), Solo("b", 0.4, 10, null), Solo("c", null, 40, 7), Solo("d", 0.9, null, null)],
            [MeasuredPair.Of("a", "b", 0.5, 0.5, 1), MeasuredPair.Of("b", "c", 0.5, 0.5, 1), MeasuredPair.Of("c", "d", 0.5, 0.5, 1)]);
        SoloSpace space = SoloSpace.Fit(set);
        Assert.Equal(["share", "size"], space.Columns.Select(c => c.Name));
        PairInput pair = space.Pair(new(set.Profile("c")!, set.Profile("a")!));
        Assert.Equal([0.5, 40], pair.A);
        Assert.Equal([0.2, 25], pair.B);
        Assert.True(space.Columns[0].IsShared);
        Assert.False(space.Columns[1].IsShared);
    }

    [Fact]
    public void Columns_over_more_than_a_decade_are_compared_by_logarithm()
    {
        var set = new TrainingSet(
            [Solo("a", 0.2, 1, null), Solo("b", 0.4, 100, null), Solo("c", 0.5, null, null)],
            [MeasuredPair.Of("a", "b", 0.5, 0.5, 1), MeasuredPair.Of("b", "c", 0.5, 0.5, 1), MeasuredPair.Of("c", "a", 0.5, 0.5, 1)]);
        PairInput pair = SoloSpace.Fit(set).Pair(new(set.Profile("b")!, set.Profile("c")!));
        Assert.Equal(Math.Log(100), pair.A[1], 1e-12);
        Assert.Equal(Math.Log(10), pair.B[1], 1e-12);
    }

    private static SoloProfile Solo(string name, double? share, double? size, double? rare) => new(name, [new("share", share), new("size", size), new("rare", rare)]);

    private static RunRow Run(string id, string kind, double rate) => new() { Campaign = "c", Run = id, Kind = kind, RateFraction = rate, NicMbit = 3.2 };

    private static RunDomainRow Domain(string run, int index, string name, string? workload) =>
        new() { Campaign = "c", Run = run, Domain = name, DomainIndex = index, Role = index == 0 ? "driver" : "guest", Workload = workload };

    private static ClientResultRow Client(string run, double net, double? reply) => new() { Campaign = "c", Run = run, Domain = "vm1", NetKbPerS = net, ReplyMs = reply };
}
