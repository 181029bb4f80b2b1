using Colocate.Model.Errors;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Simulate.Experiments;

public sealed class WhatIfTests
{
    [Fact]
    public void Workloads_come_with_their_own_load_and_server_on_the_calibrated_host()
    {
        HostScenario scenario = WhatIf.Scenario(CalibratedHosts.Slow with { TsliceMs = 10, RatelimitUs = 0, Pcpus = 2 }, [("30KB", 0.5), ("idle", 1), ("1KB", 2)]);
        Assert.Equal((4, 2, 3.2, 6000, 800_000, 10, 0), (scenario.DurationS, scenario.Pcpus, scenario.NicMbit, scenario.NicBurstBytes, scenario.NicQueueBytes, scenario.Scheduler.TsliceMs, scenario.Scheduler.RatelimitUs));
        Assert.Equal([("vm1", "30KB"), ("vm2", "idle"), ("vm3", "1KB")], scenario.Guests.Select(g => (g.Domain, g.Workload)));
        Assert.Equal([(5.75, 30720L, 9.5, true), null, (120, 1024, 10, false)], scenario.Guests.Select(g => g.Client is { Load: OpenLoad load } c ? (load.OfferedPerS, c.ReplyBytes, c.TimeoutS, load.Poisson) : ((double, long, double, bool)?)null));
        Assert.Equal([(6, 5), (8, 8), (8, 7)], scenario.Guests.Select(g => (g.Server.Workers, g.Server.Backlog)));
    }

    [Theory]
    [InlineData("credit2", null, "credit2", null, 500)]
    [InlineData("credit2", "credit", "credit", 10, 500)]
    [InlineData("credit", "credit34", "credit34", null, null)]
    public void The_scheduler_is_the_hosts_own_unless_named_and_gets_the_settings_it_has(string calibrated, string? asked, string name, int? tsliceMs, int? ratelimitUs)
    {
        HostScenario scenario = WhatIf.Scenario(CalibratedHosts.Slow with { Scheduler = calibrated, TsliceMs = 10, RatelimitUs = 500 }, [("1KB", 1)], asked);
        Assert.Equal((name, tsliceMs, ratelimitUs), (scenario.SchedulerName, scenario.Scheduler.TsliceMs, scenario.Scheduler.RatelimitUs));
    }

    [Fact]
    public void A_workload_that_was_never_measured_alone_is_named_beside_those_that_were()
    {
        RequestException e = Assert.Throws<RequestException>(() => WhatIf.Scenario(CalibratedHosts.Slow, [("1KB", 1), ("2KB", 1)]));
        Assert.Equal((ExitCode.NothingMatched, "the simulator was not calibrated with a workload '2KB'", "use one of: 1KB, 30KB, idle, cpu or cpu:0.5"), (e.ExitCode, e.Message, e.Remedy));
    }
}
