using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

public sealed class SimulatedPairsTests
{
    [Fact]
    public void Saturated_pairs_are_read_in_canonical_order_and_nothing_else()
    {
        SimulatedPairs pairs = SimulatedPairs.From(
            [
                Run("pair/100KB+4KB", "pair", 1), Run("pair/4KB+4KB", "pair", 1), Run("sweep/1KB+4KB@0.5", "sweep", 0.5), Run("sweep/1KB+4KB@1", "sweep", 1),
                Run("base/4KB", "base", 1), Run("like/r1", "like", 1), Run("pair/1KB+9KB", "pair", 1), Run("pair/1KB+8KB@0.5", "pair", 0.5),
            ],
            [
                .. Pair("pair/100KB+4KB", ("100KB", 0.9), ("4KB", 0.6)), .. Pair("pair/4KB+4KB", ("4KB", 0.5), ("4KB", 0.4)), .. Pair("sweep/1KB+4KB@0.5", ("1KB", 9), ("4KB", 9)),
                .. Pair("sweep/1KB+4KB@1", ("1KB", 9), ("4KB", 9)), .. Pair("base/4KB", ("4KB", 1), ("idle", null)), .. Pair("like/r1", ("1KB", 9), ("4KB", 9)),
                .. Pair("pair/1KB+9KB", ("1KB", 0.5), ("9KB", null)), .. Pair("pair/1KB+8KB@0.5", ("1KB", 9), ("8KB", 9)),
            ]);
        Assert.Equal(2, pairs.Count);
        Assert.Equal(new Halves(0.6, 0.9), pairs[WorkloadPair.Of("100KB", "4KB")]);
        Assert.Equal(new Halves(0.45, 0.45), pairs[WorkloadPair.Of("4KB", "4KB")]);
        Assert.Null(pairs[WorkloadPair.Of("1KB", "9KB")]);
    }

    [Fact]
    public void Halves_follow_the_order_asked_for()
    {
        var pairs = new SimulatedPairs([new(WorkloadPair.Of("4KB", "100KB"), new Halves(0.6, 0.9))]);
        SoloProfile small = SmallLab.Profiles[1], large = SmallLab.Profiles[5];
        Assert.Equal(new Halves(0.6, 0.9), pairs.Of(small, large).Simulated);
        Assert.Equal(new Halves(0.9, 0.6), pairs.Of(large, small).Simulated);
        Assert.Equal(pairs.Of(large, small), pairs.Of(small, large).Swap());
        Assert.Null(pairs.Of(small, small).Simulated);
        Assert.Contains("0.9", pairs.Of(large, small).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_pairs_come_before_those_of_others_and_repeats_are_averaged()
    {
        WorkloadPair shared = WorkloadPair.Of("a", "b"), foreign = WorkloadPair.Of("a", "c");
        var own = new SimulatedPairs([new(shared, new Halves(0.25, 0.5)), new(shared, new Halves(0.75, 1))]);
        SimulatedPairs both = own.Or(new SimulatedPairs([new(shared, new Halves(0, 0)), new(foreign, new Halves(1, 1))]));
        Assert.Equal((2, new Halves(0.5, 0.75), new Halves(1, 1)), (both.Count, both[shared], both[foreign]));
    }

    [Fact]
    public void A_set_keeps_the_simulated_pairs_of_its_workloads_and_its_parts_keep_them_too()
    {
        var everything = new SimulatedPairs(WorkloadPair.All(SmallLab.Names.Append("never measured")).Select(p => KeyValuePair.Create(p, new Halves(0.5, 0.75))));
        var set = new TrainingSet(SmallLab.Profiles, SmallLab.Pairs, everything);
        Assert.Equal(6 * 7 / 2, set.Simulated.Count);
        Assert.True(set.IsSimulated);
        TrainingSet part = set.Without(p => p.Contains("4KB"));
        Assert.Equal(5 * 6 / 2, part.Simulated.Count);
        Assert.Equal(new Halves(0.5, 0.75), part.Known(WorkloadPair.Of("1KB", "10KB")).Simulated);
        Assert.NotEqual(SmallLab.Set.Digest(), set.Digest());
        Assert.False(SmallLab.Set.IsSimulated);
    }

    private static SimulatedRunRow Run(string scenario, string kind, double rate) => new() { Scenario = scenario, Kind = kind, RateFraction = rate };

    private static IEnumerable<SimulatedDomainRow> Pair(string scenario, params (string Workload, double? Score)[] guests) =>
    [
        new() { Scenario = scenario, Domain = "Domain-0", DomainIndex = 0 },
        .. guests.Select((g, i) => new SimulatedDomainRow { Scenario = scenario, Domain = $"vm{i + 1}", DomainIndex = i + 1, Workload = g.Workload, Score = g.Score }),
    ];
}
