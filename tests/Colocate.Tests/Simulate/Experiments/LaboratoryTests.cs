using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Simulate.Experiments;

public sealed class LaboratoryTests
{
    private static readonly CalibratedHost s_host = CalibratedHosts.Slow with { LoadS = 1 };

    private static readonly Experiment s_pair = new("pair/1KB+30KB", "pair", null, 1, WhatIf.Scenario(s_host, [("1KB", 1), ("30KB", 1)]));

    private static readonly Experiment s_like = new("like/solo", "like", "solo", 0.5, WhatIf.Scenario(s_host, [("1KB", 0.5)]));

    [Fact]
    public void Rows_tell_what_was_simulated()
    {
        ExperimentResult result = Run(new ExperimentSettings { Replicas = 2, Level = 0.8 }, s_like)[0];
        Assert.Equal(("like/solo", "like", "solo", 0.5, 0.8, 2, 1.0), (result.Run.Scenario, result.Run.Kind, result.Run.LikeRun, result.Run.RateFraction, result.Run.Level, result.Run.Replicas, result.Run.SimulatedS));
        Assert.Equal([("like/solo", "Domain-0", 0, null), ("like/solo", "vm1", 1, "1KB")], result.Domains.Select(d => (d.Scenario, d.Domain, d.DomainIndex, d.Workload)));
        Assert.Equal((30.0, 58.5), (result.Domains[1].OfferedPerS, result.Domains[1].BasePerS));
        Assert.All(result.Domains, d => Assert.Equal(("M", "simulated", false, 0), (d.Method, d.CpuSource, d.Lossy, d.LostFraction)));
        Assert.Equal(("M", "simulated", false), (result.Run.Method, result.Run.CpuSource, result.Run.Lossy));
    }

    /// <summary>
    /// Three replicas are the 1/6, 1/2 and 5/6 quantiles of speed: -0.967, 0 and 0.967 standard deviations. One more run lies, with nine in ten,
    /// within 2.9200 (Student's t, two degrees of freedom) times the standard deviation times the root of 1 + 1/3.
    /// </summary>
    [Fact]
    public void A_result_is_the_mean_over_replicas_and_its_interval_that_of_one_more_run()
    {
        ScenarioResult[] replicas =
        [
            .. new[] { -0.9674216, 0, 0.9674216 }.Select((z, k) => HostModel.Run(
                s_pair.Host with { CpuSpeed = Math.Exp(0.05 * z), Seed = (7 * 1_000_003) + k }, s_host.Parameters, TestContext.Current.CancellationToken)),
        ];
        double[] combined = [.. replicas.Select(r => (r.Guests[0].ThroughputPerS!.Value / 58.5) + (r.Guests[1].ThroughputPerS!.Value / 11.25))];
        double mean = combined.Sum() / 3, sd = Math.Sqrt(combined.Sum(c => (c - mean) * (c - mean)) / 2);
        Assert.True(sd > 0.005);
        ExperimentResult result = Run(new ExperimentSettings { Replicas = 3, Seed = 7 }, s_pair)[0];
        Assert.Equal(mean, result.Run.Combined!.Value, 12);
        Assert.Equal(mean - (2.919986 * sd * Math.Sqrt(4 / 3.0)), result.Run.CombinedLow!.Value, 6);
        Assert.Equal(mean + (2.919986 * sd * Math.Sqrt(4 / 3.0)), result.Run.CombinedHigh!.Value, 6);
        Assert.Equal(mean, result.Domains[1].Score!.Value + result.Domains[2].Score!.Value, 12);
        Assert.Equal(replicas.Average(r => r.Guests[0].ThroughputPerS!.Value), result.Domains[1].ThroughputPerS!.Value, 12);
        Assert.Equal(replicas.Average(r => ResultRows.Driver(r).CpuFraction!.Value), result.Domains[0].CpuFraction!.Value, 12);
        Assert.Equal(replicas.Average(r => ResultRows.Host(r).SwitchesPerS!.Value), result.Run.SwitchesPerS!.Value, 9);
        Assert.Equal(replicas.Sum(r => r.SimEvents), result.Run.SimEvents);
    }

    /// <summary>With two replicas Student's distribution is Cauchy's: its quantile at 3/4 is 1, at 0.95 it is 6.3138.</summary>
    [Fact]
    public void A_higher_level_widens_the_interval_as_Students_distribution_does()
    {
        SimulatedRunRow half = Run(new ExperimentSettings { Replicas = 2, Level = 0.5 }, s_pair)[0].Run, most = Run(new ExperimentSettings { Replicas = 2, Level = 0.9 }, s_pair)[0].Run;
        Assert.Equal(half.Combined, most.Combined);
        Assert.Equal(6.313752, (most.CombinedHigh - most.Combined)!.Value / (half.CombinedHigh - half.Combined)!.Value, 4);
    }

    [Fact]
    public void One_replica_has_the_usual_speed_and_says_nothing_of_the_spread()
    {
        SimulatedRunRow run = Run(new ExperimentSettings { Replicas = 1 }, s_pair)[0].Run;
        ScenarioResult once = HostModel.Run(s_pair.Host with { Seed = 1_000_003 }, s_host.Parameters, TestContext.Current.CancellationToken);
        Assert.Equal((once.Guests[0].ThroughputPerS!.Value / 58.5) + (once.Guests[1].ThroughputPerS!.Value / 11.25), run.Combined!.Value, 12);
        Assert.Equal((null, null), (run.CombinedLow, run.CombinedHigh));
    }

    [Fact]
    public void Neither_the_order_of_experiments_nor_the_number_of_jobs_matters()
    {
        IReadOnlyList<ExperimentResult> one = Run(new ExperimentSettings { Replicas = 3, Jobs = 1 }, s_pair, s_like), two = Run(new ExperimentSettings { Replicas = 3, Jobs = 3 }, s_like, s_pair);
        Assert.Equal([one[0].Run, one[1].Run], [two[1].Run, two[0].Run]);
        Assert.Equal([.. one[0].Domains, .. one[1].Domains], [.. two[1].Domains, .. two[0].Domains]);
        Assert.NotEqual(one[0].Run, Run(new ExperimentSettings { Replicas = 3, Seed = 2 }, s_pair)[0].Run);
    }

    /// <summary>Chance is the same for a guest whoever else is there: the very same requests come, at the very same times.</summary>
    [Fact]
    public void The_same_replica_of_two_experiments_draws_the_same_arrivals()
    {
        Experiment alone = Poisson("alone", []), beside = Poisson("beside", [new GuestScenario { Domain = "vm2", Workload = "idle" }]);
        var settings = new ExperimentSettings { Replicas = 4 };
        IReadOnlyList<ExperimentResult> results = Run(settings, alone, beside);
        Assert.Equal(results[0].Domains[1].NetKbPerS, results[1].Domains[1].NetKbPerS);
        Assert.Equal(results[0].Run.CombinedLow, results[1].Run.CombinedLow);
        Assert.True(results[0].Run.CombinedLow < results[0].Run.CombinedHigh);
        Assert.NotEqual(results[0].Domains[1].NetKbPerS, Run(settings with { Seed = 2 }, alone)[0].Domains[1].NetKbPerS);

        static Experiment Poisson(string name, GuestScenario[] others)
        {
            HostScenario host = WhatIf.Scenario(s_host, [("1KB", 0.2)]);
            // The load ends with the last second, whoever is still being served then.
            GuestScenario guest = host.Guests[0] with { Client = host.Guests[0].Client! with { Load = new OpenLoad(12) { Poisson = true } } };
            return new Experiment(name, "what_if", null, null, host with { Guests = [guest, .. others], DurationS = 4 });
        }
    }

    [Fact]
    public void A_workload_without_a_base_case_has_neither_score_nor_combined_score()
    {
        GuestScenario known = s_pair.Host.Guests[0], unknown = s_pair.Host.Guests[1] with { Workload = "7KB", Client = new ClientSettings { Load = new OpenLoad(5), ReplyBytes = 7 * 1024 } };
        ExperimentResult result = Run(new ExperimentSettings { Replicas = 2 }, new Experiment("x", "like", "x", null, s_pair.Host with { Guests = [known, unknown] }))[0];
        Assert.Equal((null, null, null), (result.Run.Combined, result.Run.CombinedLow, result.Run.CombinedHigh));
        Assert.Equal((null, null), (result.Domains[2].BasePerS, result.Domains[2].Score));
        Assert.True(result.Domains[2].ThroughputPerS > 0 && result.Domains[1].Score > 0);
    }

    [Fact]
    public void Idle_guests_take_no_part_in_the_score()
    {
        ExperimentResult some = Run(new ExperimentSettings { Replicas = 2 }, s_pair with { Host = WhatIf.Scenario(s_host, [("1KB", 0.5), ("idle", 1)]) })[0];
        Assert.Equal(some.Domains[1].Score, some.Run.Combined);
        Assert.Equal(("idle", null, null, null, null, null, null), (some.Domains[2].Workload, some.Domains[2].OfferedPerS, some.Domains[2].ThroughputPerS, some.Domains[2].BasePerS, some.Domains[2].Score, some.Domains[2].ReplyMs, some.Domains[2].NetKbPerS));
        Assert.True(some.Domains[2].CpuFraction > 0);
        Assert.Null(Run(new ExperimentSettings { Replicas = 2 }, s_pair with { Host = WhatIf.Scenario(s_host, [("idle", 1)]) })[0].Run.Combined);
    }

    [Fact]
    public void Every_simulation_done_is_told_and_cancelling_ends_the_rest()
    {
        var told = new List<int>();
        using var cancellation = new CancellationTokenSource();
        var laboratory = new Laboratory(s_host, new ExperimentSettings { Replicas = 3 });
        laboratory.Run([s_like, s_like], new Listener(told.Add), TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5, 6], told);
        told.Clear();
        Assert.ThrowsAny<OperationCanceledException>(() => laboratory.Run([s_like, s_like], new Listener(done =>
        {
            told.Add(done);
            cancellation.Cancel();
        }), cancellation.Token));
        Assert.Equal([1], told);
    }

    private static IReadOnlyList<ExperimentResult> Run(ExperimentSettings settings, params Experiment[] experiments) => new Laboratory(s_host, settings).Run(experiments, null, TestContext.Current.CancellationToken);

    private sealed class Listener(Action<int> heard) : IProgress<int>
    {
        public void Report(int value) => heard(value);
    }
}
