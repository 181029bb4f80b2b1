using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class FittedHostTests
{
    private static readonly ExperimentSettings s_once = new() { Replicas = 1 };

    /// <summary>Three runs of one campaign at 10/s and one of another at 30/s: 20/s, not 15/s; and simulated the same way.</summary>
    [Fact]
    public void B_is_the_mean_over_campaigns_of_their_means_measured_and_simulated_alike()
    {
        SyntheticLab lab = new SyntheticLab(HostParameters.Start)
            .Add("a1", "base", [Small.At(10)], loadS: 2, campaign: "a").Add("a2", "base", [Small.At(10)], loadS: 2, campaign: "a").Add("a3", "base", [Small.At(10)], loadS: 2, campaign: "a")
            .Add("b1", "base", [Small.At(30)], loadS: 2, campaign: "b");
        CalibrationRun[] runs = [.. lab.Runs];
        runs[0] = runs[0] with { Measured = runs[0].Measured with { ThroughputPerS = 4 } };
        CalibratedWorkload workload = Assert.Single(Host(runs).Workloads);
        Assert.Equal((((4 + 10 + 10) / 3.0) + 30) / 2, workload.BasePerS, 9);
        Assert.Equal((10 + 30) / 2.0, workload.SimulatedBasePerS, 9);
    }

    [Fact]
    public void Runs_of_another_host_than_that_of_the_first_base_run_are_left_out_of_account()
    {
        CalibratedHost host = Host(new SyntheticLab(HostParameters.Start)
            .Add("a", "base", [Small.At(10)], loadS: 2).Add("b", "base", [Small.At(30)], loadS: 8, edit: r => r with { NicMbit = 100 })
            .Add("c", "base", [Large.At(5)], loadS: 8, edit: r => r with { Pcpus = 2 }).Runs);
        CalibratedWorkload only = Assert.Single(host.Workloads);
        Assert.Equal(("1KB", 10.0, 10.0, 3.2, 1, 2.0), (only.Workload, only.BasePerS, only.SimulatedBasePerS, host.NicMbit, host.Pcpus, host.LoadS));
    }

    [Fact]
    public void The_host_is_that_of_the_base_runs()
    {
        static RunRow Other(RunRow run) => run with { TsliceMs = 20, RatelimitUs = 0, Pcpus = 2, NicMbit = 5, NicBurstBytes = 9000, NicQueueBytes = 123_456 };
        IReadOnlyList<CalibrationRun> runs = new SyntheticLab(HostParameters.Start)
            .Add("base-30", "base", [Large.At(5)], loadS: 3, edit: Other).Add("base-1", "base", [Idle, Small.At(20)], loadS: 2, edit: Other).Add("solo", "solo", [Small.At(5)], 0.5, loadS: 1, edit: Other).Runs;
        CalibratedHost host = FittedHost.From(
            new CalibrationResult(HostParameters.Start, FittedParameter.Catalogue, runs, [], [], [], [Math.Exp(0.1), Math.Exp(-0.2), 1], 7.5, 33), s_once, 5, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((2, 20, 0, 5.0, 9000L, 123_456L, 3.0), (host.Pcpus, host.TsliceMs, host.RatelimitUs, host.NicMbit, host.NicBurstBytes, host.NicQueueBytes, host.LoadS));
        Assert.Equal((5L, 33, 7.5), (host.Seed, host.Evaluations, host.Loss));
        // Around their mean, -1/30.
        Assert.Equal(Math.Sqrt(((4 * 4) + (5 * 5) + (1 * 1)) / 3.0) / 30, host.SpeedSd, 12);
        Assert.Equal(["base-1", "base-30", "solo"], host.Runs);
        Assert.Equal([("1KB", 1024L), ("30KB", 30 * 1024L)], host.Workloads.Select(w => (w.Workload, w.ReplyBytes)));
        Assert.Equal((10.0, false, 8, 8), (host.Workloads[0].TimeoutS, host.Workloads[0].Poisson, host.Workloads[0].Workers, host.Workloads[0].Backlog));
    }

    [Fact]
    public void Workloads_stand_in_the_order_of_people()
    {
        SyntheticLab lab = new(HostParameters.Start);
        foreach (string name in (string[])["100KB", "10KB", "1KB", "4KB"])
            lab.Add("base-" + name, "base", [Small.At(5) with { Workload = name }], loadS: 1);
        Assert.Equal(["1KB", "4KB", "10KB", "100KB"], Host(lab.Runs).Workloads.Select(w => w.Workload));
    }

    [Fact]
    public void A_workload_that_was_never_answered_has_no_B_and_is_not_offered()
    {
        CalibrationRun[] runs = [.. new SyntheticLab(HostParameters.Start).Add("a", "base", [Small.At(10)], loadS: 1).Add("b", "base", [Large.At(5)], loadS: 1).Runs];
        runs[1] = runs[1] with { Measured = runs[1].Measured with { ThroughputPerS = 0 } };
        Assert.Equal(["1KB"], Host(runs).Workloads.Select(w => w.Workload));
    }

    private static CalibratedHost Host(IReadOnlyList<CalibrationRun> runs) => FittedHost.From(
        new CalibrationResult(HostParameters.Start, FittedParameter.Catalogue, runs, [], [], [], [.. runs.Select(_ => 1.0)], 0, 0), s_once, 1, cancellation: TestContext.Current.CancellationToken);
}
