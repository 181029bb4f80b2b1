using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Paper;

/// <summary>A search of two generations over two base cases, made cheap by low rates.</summary>
public sealed class PaperCalibrationTests
{
    private static readonly IReadOnlyList<PublishedBaseCase> s_cases = [.. PaperFiles.BaseCases.Where(c => c.WorkloadKb is 4 or 100).Select(c => c with { ThroughputPerS = c.WorkloadKb == 4 ? 20 : 3 })];

    [Fact]
    public void Only_base_cases_are_seen_and_one_or_two_simulations_at_once_give_the_same_bytes()
    {
        (CalibratedHost host, CalibrationResult result) = PaperCalibration.Fit(s_cases, PaperTestbed.TwoPcpus, new CalibrationSettings { Evaluations = 2, Jobs = 1 }, cancellation: TestContext.Current.CancellationToken);
        (CalibratedHost same, _) = PaperCalibration.Fit(s_cases, PaperTestbed.TwoPcpus, new CalibrationSettings { Evaluations = 2, Jobs = 2 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Written(host), Written(same));
        Assert.Equal(["4KB", "100KB"], host.Runs);
        Assert.All(result.Runs, r => Assert.Single(r.Scenario.Guests));
        Assert.Equal([(4 * 1024L, 20.0), (100 * 1024, 3)], host.Workloads.Select(w => (w.ReplyBytes, w.BasePerS)));
        Assert.Equal(result.Simulated.Select(s => s.ThroughputPerS), host.Workloads.Select(w => (double?)w.SimulatedBasePerS));
        Assert.Equal((HostGeneration.Xen34, 2, 2, 2, "credit34", 100.0, null), (host.Generation, host.Pcpus, host.ThreadsPerCore, host.GuestVcpus, host.Scheduler, host.NicMbit, host.NicBurstBytes));
        Assert.All(host.Fitted, f => Assert.InRange(host.Parameters[f.Definition], f.Low, f.High));
        Assert.Contains(host.Fitted, f => f.Definition == ParameterCatalogue.SharedSpeed);
        Assert.Equal((0.05, 60), (host.Parameters[ParameterCatalogue.Monitor], host.Parameters[ParameterCatalogue.MonitorRate]));
    }

    /// <summary>No surface can be laid through fewer candidates than parameters; the best of them is the answer.</summary>
    [Fact]
    public void A_search_of_fewer_candidates_than_parameters_ends_with_the_best()
    {
        (CalibratedHost host, CalibrationResult result) = PaperCalibration.Fit([s_cases[1]], PaperTestbed.TwoPcpus, new CalibrationSettings { Evaluations = 9, Jobs = 2 }, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(result.Evaluations, 1, 9);
        Assert.True(result.Evaluations < host.Fitted.Count && double.IsFinite(host.Loss), $"{result.Evaluations} candidates for {host.Fitted.Count} parameters, loss {host.Loss}");
    }

    [Fact]
    public void On_one_pcpu_there_is_no_speed_of_threads_to_fit()
    {
        (CalibratedHost host, _) = PaperCalibration.Fit([s_cases[0]], PaperTestbed.OnePcpu, new CalibrationSettings { Evaluations = 2, Jobs = 2 }, cancellation: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(host.Fitted, f => f.Definition == ParameterCatalogue.SharedSpeed);
        Assert.Equal((1, 1, 1), (host.Pcpus, host.ThreadsPerCore, host.GuestVcpus));
    }

    [Fact]
    public void A_host_says_its_settings_and_reads_every_domain_of_what_it_simulated()
    {
        CalibratedHost host = Host();
        var paper = new PaperHost(host, new ExperimentSettings { Replicas = 1 });
        PaperSettings settings = paper.Settings;
        // One parameter searched, and the five weights of events.
        Assert.Equal((2, 100.0, "3.4.0", 0.04, 1 + 5), (settings.Pcpus, settings.NicMbit, settings.Hypervisor, settings.MonitorCpuFraction, paper.FreeParameters));
        Assert.Equal([1, 100], settings.WorkloadsKb);
        Assert.Equal([256, 256], settings.GuestWeights);
        Assert.Equal([0.0, 0], settings.GuestCapFractions);
        Assert.Null(new PaperHost(host with { Generation = HostGeneration.Xen417 }, new ExperimentSettings()).Settings.Hypervisor);

        IReadOnlyList<ClaimReading> readings = paper.Run([ClaimExperiment.Pair(100, 1, 50), ClaimExperiment.Alone(1)], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([2, 1], readings.Select(r => r.Guests.Count));
        GuestReading large = readings[0].Guests[0], small = readings[0].Guests[1];
        Assert.Equal((20.0, 100.0, 200.0), (large.OfferedPerS, small.OfferedPerS, readings[1].Guests[0].OfferedPerS));
        Assert.Equal(20, large.ThroughputPerS, 3.0);
        Assert.Equal(100, small.ThroughputPerS, 3.0);
        Assert.Equal(20 * (102_400 + 245 + 69) / 1024.0, large.NetKbPerS, 400.0);
        Assert.Equal(readings[0].CpuFraction, readings[0].Driver.CpuFraction + large.CpuFraction + small.CpuFraction, 9);
        Assert.All([large, small], g => Assert.True(g is { FirstByteMs: > 0, BoostedWakesPerExecution: > 0 and <= 1, ExecutionsPerS: > 0, WaitFraction: > 0, BlockFraction: > 0 }, $"{g}"));
        Assert.True(readings[0] is { EventsPerS: > 0, SwitchesPerS: > 0, PagesPerS: > 0 });
    }

    private static CalibratedHost Host() => new()
    {
        Parameters = SmallHost.Parameters.With((ParameterCatalogue.Monitor, 0.08), (ParameterCatalogue.HostEventsPerSwitch, 2)),
        Fitted = [new FittedParameter(ParameterCatalogue.Request, 200, 100, 300)],
        Workloads =
        [
            new CalibratedWorkload { Workload = "1KB", ReplyBytes = 1024, BasePerS = 200, SimulatedBasePerS = 200, TimeoutS = 10, Poisson = false, Workers = 8, Backlog = 7 },
            new CalibratedWorkload { Workload = "100KB", ReplyBytes = 102_400, BasePerS = 40, SimulatedBasePerS = 40, TimeoutS = 10, Poisson = false, Workers = 8, Backlog = 7 },
        ],
        Generation = HostGeneration.Xen34,
        ThreadsPerCore = 2,
        DriverVcpus = 2,
        GuestVcpus = 2,
        Pcpus = 2,
        Scheduler = "credit34",
        TsliceMs = 30,
        RatelimitUs = 0,
        NicMbit = 100,
        NicBurstBytes = null,
        NicQueueBytes = 800_000,
        LoadS = 6,
        SpeedSd = 0,
        Seed = 1,
        Runs = ["1KB"],
        Evaluations = 1,
        Loss = 1,
    };

    private static byte[] Written(CalibratedHost host)
    {
        using var stream = new MemoryStream();
        ParameterFile.Write(stream, host);
        return stream.ToArray();
    }
}
