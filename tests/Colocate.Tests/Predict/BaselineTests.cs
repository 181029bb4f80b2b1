using Colocate.Model.Runs;
using Colocate.Predict.Baselines;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

public sealed class BaselineTests
{
    /// <summary>Tables I and II of the IEEE CLOUD 2010 paper: total CPU in per cent, net I/O in KB/s, 100 Mbit/s card.</summary>
    private static readonly Dictionary<string, (double Cpu, double Net)> s_paper = new()
    {
        ["1"] = (97.50, 2018), ["4"] = (97.46, 7021), ["10"] = (70.44, 11048), ["30"] = (54.87, 11271),
        ["50"] = (49.62, 11262), ["70"] = (47.10, 11255), ["100"] = (44.40, 11208),
    };

    private static readonly TrainingSet s_paperSet = new(
        s_paper.Select(w => new SoloProfile(w.Key, [new("host_cpu_fraction", w.Value.Cpu / 100), new("net_kb_per_s", w.Value.Net), new("nic_mbit", 100)])),
        s_paper.Keys.Select(w => MeasuredPair.Of(w, w, 0.5, 0.5, 1)));

    [Theory]
    [InlineData("1", "1", 1.00)]
    [InlineData("1", "4", 1.00)]
    [InlineData("1", "10", 1.27)]
    [InlineData("1", "30", 1.40)]
    [InlineData("1", "50", 1.44)]
    [InlineData("1", "70", 1.47)]
    [InlineData("1", "100", 1.49)]
    public void Constant_demand_bound_of_the_published_tables(string a, string b, double expected)
    {
        Assert.Equal(expected, Predict("constant_demand", s_paperSet, a, b), 0.005);
        Assert.Equal(expected, Predict("constant_demand", s_paperSet, b, a), 0.005);
    }

    [Fact]
    public void Proportional_share_slows_both_alike()
    {
        // One CPU: (0.975 + 0.444) x = 0.975; the link, (0.1756 + 0.9752) x = 0.981, binds later.
        Assert.Equal(2 * 0.975 / (0.975 + 0.444), Predict("proportional_share", s_paperSet, "1", "100"), 1e-9);
    }

    [Fact]
    public void Optimal_edge_gives_equal_workloads_equal_halves()
    {
        PairInput pair = SoloSpace.Fit(s_paperSet).Pair(s_paperSet.Known(WorkloadPair.Of("1", "1")));
        Halves halves = ConstantDemand.Bound(pair);
        Assert.Equal((0.5, 0.5), (Math.Round(halves.A, 12), Math.Round(halves.B, 12)));
    }

    [Fact]
    public void Unknown_resources_bind_nothing()
    {
        var set = new TrainingSet(
            new[] { "a", "b", "c" }.Select((w, i) => new SoloProfile(w, [new("size", 10.0 + i)])),
            [MeasuredPair.Of("a", "b", 0.5, 0.5, 1), MeasuredPair.Of("b", "c", 0.5, 0.5, 1), MeasuredPair.Of("a", "c", 0.5, 0.5, 1)]);
        Assert.Equal(2, Predict("constant_demand", set, "a", "b"), 1e-12);
    }

    [Fact]
    public void Mean_is_weighted_by_repeats()
    {
        TrainingSet set = Tiny((1.0, 1), (1.0, 1), (1.6, 4));
        Assert.Equal((1.0 + 1.0 + (4 * 1.6)) / 6, Predict("mean", set, "1KB", "4KB"), 1e-12);
    }

    [Fact]
    public void Bottleneck_rule_gives_one_to_the_same_and_the_mean_of_mixed_pairs_to_different_classes()
    {
        SoloProfile[] profiles = [SmallLab.Profile("cpu1", 0.97, 0.2), SmallLab.Profile("cpu2", 0.95, 0.3), SmallLab.Profile("net1", 0.5, 0.97), SmallLab.Profile("net2", 0.4, 0.98)];
        var set = new TrainingSet(profiles,
        [
            MeasuredPair.Of("cpu1", "cpu2", 0.3, 0.3, 1), MeasuredPair.Of("cpu1", "net1", 0.6, 0.6, 1), MeasuredPair.Of("cpu2", "net2", 0.8, 0.8, 3),
        ]);
        Assert.Equal(1, Predict("bottleneck", set, "cpu1", "cpu2"));
        Assert.Equal(1, Predict("bottleneck", set, "net1", "net2"));
        Assert.Equal((1.2 + (3 * 1.6)) / 4, Predict("bottleneck", set, "cpu1", "net2"), 1e-12);
    }

    [Fact]
    public void Additive_effects_recover_an_additive_table_and_give_an_unseen_workload_none()
    {
        double[] effects = [-0.20, -0.05, 0.0, 0.05, 0.08, 0.12];
        var set = new TrainingSet(
            SmallLab.Profiles,
            SmallLab.Pairs.Select(p => MeasuredPair.Of(p.Pair.A, p.Pair.B, (1.1 + Effect(p.Pair.A) + Effect(p.Pair.B)) / 2, (1.1 + Effect(p.Pair.A) + Effect(p.Pair.B)) / 2, p.Weight)));
        Assert.Equal(1.1 - 0.20 - 0.05, Predict("additive", set, "1KB", "4KB"), 1e-6);
        Assert.DoesNotContain(set.Pairs, p => p.Pair is { A: "1KB", B: "4KB" });
        double unseen = BaselineCatalogue.All.Single(b => b.Name == "additive").Fit(set, 1).Combined(new(SmallLab.Profile("new", 0.5, 0.5), set.Profile("100KB")!));
        Assert.Equal(1.1 + 0.12, unseen, 1e-6);

        double Effect(string w) => effects[Array.IndexOf(SmallLab.Names, w)];
    }

    [Fact]
    public void Nearest_pairs_average_the_square_root_of_the_pairs_either_way_round()
    {
        // Four pairs: two neighbours. (a, d) lies nearest to (a, c) and (b, d); the far pairs must not enter.
        SoloProfile[] profiles = [SmallLab.Profile("a", 0.9, 0.1), SmallLab.Profile("b", 0.88, 0.12), SmallLab.Profile("c", 0.3, 0.92), SmallLab.Profile("d", 0.28, 0.9)];
        var set = new TrainingSet(profiles,
        [
            MeasuredPair.Of("a", "b", 0.1, 0.1, 9), MeasuredPair.Of("c", "d", 0.1, 0.1, 9), MeasuredPair.Of("a", "c", 0.7, 0.8, 1), MeasuredPair.Of("b", "d", 0.6, 0.6, 2),
        ]);
        Assert.Equal((1.5 + (2 * 1.2)) / 3, Predict("nearest_pairs", set, "a", "d"), 1e-12);
        Assert.Equal((1.5 + (2 * 1.2)) / 3, Predict("nearest_pairs", set, "d", "a"), 1e-12);
    }

    private static double Predict(string baseline, TrainingSet set, string a, string b) =>
        BaselineCatalogue.All.Single(x => x.Name == baseline).Fit(set, 1).Combined(set.Simulated.Of(set.Profile(a)!, set.Profile(b)!));

    private static TrainingSet Tiny(params (double Combined, double Weight)[] pairs) => new(
        SmallLab.Profiles,
        pairs.Select((p, i) => MeasuredPair.Of(SmallLab.Names[i], SmallLab.Names[i + 1], p.Combined / 2, p.Combined / 2, p.Weight)));
}
