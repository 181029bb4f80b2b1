using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Scenarios;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class RecordedRunTests
{
    private static readonly RunRow s_run = Run("pair-1-30") with { LoadS = 22, TraceStartsAfterS = 3, TsliceMs = 20, RatelimitUs = 500, Pcpus = 2, NicMbit = 6.5, NicBurstBytes = 7000, NicQueueBytes = 500_000 };

    private static readonly RunDomainRow[] s_domains =
    [
        Driver("pair-1-30") with { Weight = 512 },
        Guest("pair-1-30", 1, Small.At(86)) with { Weight = 300, CapFraction = 0.4, ServerWorkers = 5, ServerBacklog = 3, ClientTimeoutS = 7, ClientArrivals = "poisson" },
        Guest("pair-1-30", 2, Large.At(12.5)),
        Guest("pair-1-30", 3, Idle) with { ServerWorkers = null, ServerBacklog = null, ClientTimeoutS = null, ClientArrivals = null },
    ];

    [Fact]
    public void Rows_become_the_run_that_they_describe()
    {
        HostScenario scenario = Accepted(s_run, [.. s_domains.Reverse()], 15);
        Assert.Equal((22, 3, 15, 2, 6.5, 7000, 500_000), (scenario.DurationS, scenario.WindowStartS, scenario.WindowS, scenario.Pcpus, scenario.NicMbit, scenario.NicBurstBytes, scenario.NicQueueBytes));
        Assert.Equal((20, 500, 512, 1.0), (scenario.Scheduler.TsliceMs, scenario.Scheduler.RatelimitUs, scenario.DriverWeight, scenario.CpuSpeed));
        Assert.Equal([("vm1", "1KB", 300, 0.4), ("vm2", "30KB", 256, 0), ("vm3", "idle", 256, 0)], scenario.Guests.Select(g => (g.Domain, g.Workload, g.Weight, g.CapFraction)));
        Assert.Equal((86, 1024, 7, true), Asked(scenario, 0));
        Assert.Equal((12.5, 30 * 1024, 10, false), Asked(scenario, 1));
        Assert.Equal([(5, 3), (8, 8), (8, 8)], scenario.Guests.Select(g => (g.Server.Workers, g.Server.Backlog)));
        Assert.Null(scenario.Guests[2].Client);
    }

    [Fact]
    public void Domains_have_the_vcpus_that_they_had()
    {
        HostScenario scenario = Accepted(s_run, [s_domains[0] with { Vcpus = 3 }, s_domains[1] with { Vcpus = 2 }, s_domains[2]], 15);
        Assert.Equal((3, 2, 1), (scenario.DriverVcpus, scenario.Guests[0].Vcpus, scenario.Guests[1].Vcpus));
    }

    [Fact]
    public void What_the_manifest_leaves_out_is_as_Xen_and_the_tools_have_it()
    {
        RunRow bare = s_run with { TsliceMs = null, RatelimitUs = null, NicBurstBytes = null, NicQueueBytes = null, TraceStartsAfterS = null, Scheduler = null };
        HostScenario scenario = Accepted(bare, [Guest("r", 1, Small) with { Weight = null, CapFraction = null, ServerWorkers = null, ServerBacklog = null, ClientTimeoutS = null, ClientArrivals = null }], null);
        Assert.Equal((30, 1000, 256, 1_000_000L, null), (scenario.Scheduler.TsliceMs, scenario.Scheduler.RatelimitUs, scenario.DriverWeight, scenario.NicQueueBytes, scenario.NicBurstBytes));
        Assert.Equal((256, 0.0, 8, 8, 10.0, false), (scenario.Guests[0].Weight, scenario.Guests[0].CapFraction, scenario.Guests[0].Server.Workers, scenario.Guests[0].Server.Backlog, scenario.Guests[0].Client!.TimeoutS, Asked(scenario, 0).Poisson));
    }

    /// <summary>Metrics of a trace that outlasts the load are those to the end of the load; one that began after it says nothing of when.</summary>
    [Theory]
    [InlineData(22.0, 3.0, 15.0, 22, 3, 15.0)]
    [InlineData(22.0, 3.0, null, 22, 0, null)]
    [InlineData(22.0, 10.0, 15.0, 22, 10, null)]
    [InlineData(22.0, null, 30.0, 22, 0, null)]
    [InlineData(22.0, 99.0, 15.0, 22, 0, null)]
    public void The_window_lies_within_the_load(double? loadS, double? startsAfterS, double? windowS, double duration, double start, double? length)
    {
        HostScenario scenario = Accepted(s_run with { LoadS = loadS, TraceStartsAfterS = startsAfterS }, s_domains, windowS);
        Assert.Equal((duration, start, length), (scenario.DurationS, scenario.WindowStartS, scenario.WindowS));
    }

    [Theory]
    [InlineData(null, 12.0, 12)]
    [InlineData(0.0, 12.0, 12)]
    [InlineData(null, null, 20)]
    [InlineData(15.0, 12.0, 15)]
    public void An_idle_run_lasts_as_long_as_is_known_of_it(double? loadS, double? windowS, double duration) =>
        Assert.Equal(duration, Accepted(s_run with { LoadS = loadS }, [s_domains[0], s_domains[3]], windowS).DurationS);

    [Fact]
    public void An_idle_domain_that_did_not_exist_is_not_there_and_a_loaded_one_must_have_existed()
    {
        Assert.Equal(["vm1", "vm2"], Accepted(s_run, [s_domains[0], s_domains[1], s_domains[2], s_domains[3] with { Domid = null }], 15).Guests.Select(g => g.Domain));
        AssertRefused("vm1 is loaded and has no domid", s_run, d => d with { Domid = null });
    }

    [Fact]
    public void What_a_simulation_needs_and_the_manifest_lacks_is_the_reason()
    {
        AssertRefused("the manifest does not give the rate of the network card", s_run with { NicMbit = null });
        AssertRefused("the manifest does not say how long the load lasted", s_run with { LoadS = null });
        AssertRefused("the manifest does not say how long the load lasted", s_run with { LoadS = 0 });
        AssertRefused("the manifest does not give the offered rate of vm1", s_run, d => d with { OfferedPerS = null });
        AssertRefused("the manifest does not give the offered rate of vm1", s_run, d => d with { OfferedPerS = 0 });
        AssertRefused("the manifest does not give the reply size of vm1", s_run, d => d with { ReplyBytes = null });
    }

    [Fact]
    public void What_the_simulator_does_not_model_is_the_reason()
    {
        AssertRefused("2000000 requests per second were offered to vm1, the simulator takes up to 1000000", s_run, d => d with { OfferedPerS = 2e6 });
        AssertRefused("a reply of vm1 has 2000000000000 bytes, the simulator takes up to 1000000000000", s_run, d => d with { ReplyBytes = 2_000_000_000_000 });
        AssertRefused("the scheduler was rtds, the simulator knows credit, credit34, credit2, null", s_run with { Scheduler = "rtds" });
        AssertRefused("a time slice of 0.5 ms is outside Xen's 1 to 1000", s_run with { TsliceMs = 0.5 });
        AssertRefused("a time slice of 2000 ms is outside Xen's 1 to 1000", s_run with { TsliceMs = 2000 });
        AssertRefused("a rate limit of 50 us is neither 0 nor within Xen's 100 to 500000", s_run with { RatelimitUs = 50 });
        AssertRefused("the client of vm1 gives up at once", s_run, d => d with { ClientTimeoutS = 0 });
        AssertRefused("the cap of vm1 is 0.5 %, neither 0 nor within Xen's 1 to 65535", s_run, d => d with { CapFraction = 0.005 });
        Assert.Equal(0, Accepted(s_run with { RatelimitUs = 0 }, s_domains, 15).Scheduler.RatelimitUs);
    }

    [Theory]
    [InlineData("Xen 4.17.7", "credit", "credit", 20, 500)]
    [InlineData("Xen 3.4.1", "credit", "credit34", null, null)]
    [InlineData("Xen 4.17.7", "credit2", "credit2", null, 500)]
    [InlineData("Xen 4.17.7", "Null", "null", null, null)]
    [InlineData(null, "credit34", "credit34", null, null)]
    public void The_scheduler_is_the_one_of_the_hypervisor_with_the_settings_it_has(string? hypervisor, string recorded, string name, int? tsliceMs, int? ratelimitUs)
    {
        RunDomainRow[] domains = [.. s_domains.Select(d => d with { Weight = 256, CapFraction = 0 })];
        HostScenario scenario = Accepted(s_run with { Hypervisor = hypervisor, Scheduler = recorded }, domains, 15);
        Assert.Equal((name, tsliceMs, ratelimitUs), (scenario.SchedulerName, scenario.Scheduler.TsliceMs, scenario.Scheduler.RatelimitUs));
    }

    [Fact]
    public void Shares_that_the_scheduler_does_not_know_are_the_reason()
    {
        RunRow none = s_run with { Scheduler = "null" };
        Assert.Null(RecordedRun.Scenario(none, [.. s_domains.Select(d => d with { Weight = 256, CapFraction = d.Domain == "vm1" ? 0.5 : 0 })], 15, out string? capped));
        Assert.Equal("vm1 has a weight or a cap, which the scheduler null does not know", capped);
        AssertRefused("the cap of vm1 is 150 %, and credit2 takes up to 100 % for each vcpu", s_run with { Scheduler = "credit2" }, d => d with { CapFraction = 1.5 });
    }

    [Fact]
    public void A_card_without_burst_or_queue_has_the_usual_ones()
    {
        HostScenario scenario = Accepted(s_run with { NicBurstBytes = 0, NicQueueBytes = 0 }, s_domains, 15);
        Assert.Equal((null, 1_000_000L), (scenario.NicBurstBytes, scenario.NicQueueBytes));
    }

    private static (double OfferedPerS, long ReplyBytes, double TimeoutS, bool Poisson) Asked(HostScenario scenario, int guest) =>
        scenario.Guests[guest].Client is { Load: OpenLoad load } client ? (load.OfferedPerS, client.ReplyBytes, client.TimeoutS, load.Poisson) : default;

    private static HostScenario Accepted(RunRow run, IReadOnlyList<RunDomainRow> domains, double? windowS)
    {
        HostScenario? scenario = RecordedRun.Scenario(run, domains, windowS, out string? reason);
        Assert.Null(reason);
        return scenario!;
    }

    private static void AssertRefused(string expected, RunRow run, Func<RunDomainRow, RunDomainRow>? edit = null)
    {
        Assert.Null(RecordedRun.Scenario(run, [s_domains[0], edit is null ? s_domains[1] : edit(s_domains[1]), s_domains[2]], 15, out string? reason));
        Assert.Equal(expected, reason);
    }
}
