using Colocate.Model.Metrics;
using Colocate.Model.Tables;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout;

/// <summary>A simulated window through the formulas that measured runs pass through.</summary>
public sealed class ResultRowsTests
{
    private const double Exact = 1e-9;
    private static readonly HostScenario s_scenario = SmallHost.Scenario(3, SmallHost.Loaded(500, poisson: false), SmallHost.Loaded(40, 51_200), SmallHost.Idle()) with { WindowStartS = 0.5, WindowS = 2 };
    private static readonly ScenarioResult s_result = SmallHost.Run(s_scenario);
    private static readonly SimulatedDomainRow[] s_domains = [ResultRows.Driver(s_result), .. Enumerable.Range(0, 3).Select(g => ResultRows.Guest(s_result, g))];
    private static readonly SimulatedRunRow s_host = ResultRows.Host(s_result);

    [Fact]
    public void States_of_a_domain_are_all_of_the_window() => Assert.All(s_domains, d =>
    {
        Assert.Equal(1, d.CpuFraction!.Value + d.WaitFraction!.Value + d.BlockFraction!.Value + d.OfflineFraction!.Value, Exact);
        Assert.Equal((d.CpuFraction, d.WaitFraction, d.BlockFraction), (d.CpuPerVcpuFraction, d.DomainWaitFraction, d.DomainBlockFraction));
        Assert.True(d is { CpuFraction: > 0.0001, WaitFraction: > 0.0001, BlockFraction: > 0.01 });
    });

    [Fact]
    public void Domains_and_idle_are_all_of_the_pcpu()
    {
        Assert.Equal(s_host.CpuFraction!.Value, s_domains.Sum(d => d.CpuFraction!.Value), Exact);
        Assert.Equal(1, s_host.CpuFraction.Value + s_host.IdleFraction!.Value, Exact);
        Assert.InRange(s_host.IdleFraction.Value, 0.05, 0.6);
    }

    [Fact]
    public void Counts_of_the_host_are_those_of_its_domains()
    {
        Assert.Equal(s_host.ExecutionsPerS!.Value, s_domains.Sum(d => d.ExecutionsPerS!.Value), Exact);
        Assert.Equal(s_host.EventChannelPerS!.Value, s_domains.Sum(d => d.EventChannelPerS!.Value), Exact);
        Assert.Equal(s_host.PagesPerS, s_domains[0].PagesPerS);
        Assert.Equal(s_domains[0].PagesPerS!.Value, s_domains.Skip(1).Sum(d => d.PagesPerS!.Value), Exact);
        Assert.Equal(s_host.PagesPerS!.Value, s_host.PagesMappedPerS!.Value + s_host.PagesTransferredPerS!.Value + s_host.PagesCopiedPerS!.Value, Exact);
        Assert.Equal((0.0, 0.0), (s_host.PagesTransferredPerS, s_host.LostRecordsPerS));
    }

    /// <summary>Every switch is to a vcpu, which is an execution, or to idle; and idle is left as often as it is entered.</summary>
    [Fact]
    public void Switches_are_executions_and_switches_to_idle()
    {
        HostActivity host = s_result.Host;
        long toIdle = host.Switches - host.Executions, fromIdle = host.Executions - host.GuestSwitches;
        Assert.InRange(toIdle - fromIdle, -1, 1);
        Assert.True(toIdle > 100 && host.GuestSwitches > 100);
    }

    [Fact]
    public void What_a_domain_does_in_an_execution_times_executions_is_what_it_does() => Assert.All(s_domains, d =>
    {
        Assert.Equal(d.CpuFraction!.Value * 1e6, d.CpuUsPerExecution!.Value * d.ExecutionsPerS!.Value, 1e-3);
        Assert.Equal(d.PagesPerS!.Value, d.PagesPerExecution!.Value * d.ExecutionsPerS.Value, 1e-6);
        Assert.Equal(d.SwitchesPerS, d.ExecutionsPerS);
        Assert.InRange(d.WakesPerS!.Value, 1, d.ExecutionsPerS.Value + 1);
    });

    [Fact]
    public void Nothing_was_lost_and_the_source_is_named()
    {
        Assert.All(s_domains, d => Assert.Equal(("simulated", "M", 0.0, false, "counted"), (d.CpuSource, d.Method, d.LostFraction, d.Lossy, d.PagesBasis)));
        Assert.Equal(("simulated", "M", 0.0, false), (s_host.CpuSource, s_host.Method, s_host.LostFraction, s_host.Lossy));
    }

    /// <summary>
    /// A connection is SYN, SYN-ACK, two packets in, their acknowledgement, the reply, its acknowledgements and three for the close. Copies: 6 for
    /// those in with 1 KiB, 3 for those out without payload, 2 for the reply; the reply is one page, mapped.
    /// </summary>
    [Fact]
    public void Pages_are_the_copies_and_maps_of_each_packet()
    {
        ScenarioResult result = SmallHost.Run(SmallHost.Scenario(4, SmallHost.Loaded(50, poisson: false)));
        PageCounts pages = result.Driver.Pages!.Value;
        Assert.Equal(11.0, pages.Copied!.Value / result.Guests[0].Requests, 0.05);
        Assert.Equal(1.0, pages.Mapped / result.Guests[0].Requests, 0.01);
        Assert.Equal(result.Guests[0].Activity.Pages, result.Driver.Pages);
    }

    [Fact]
    public void Throughput_times_sizes_is_the_network_traffic()
    {
        GuestResult guest = s_result.Guests[0];
        Assert.Equal(500, guest.ThroughputPerS!.Value, 1.0);
        double bytes = (guest.Requests * 69) + (guest.ThroughputPerS.Value * 3 * (1_024 + 245));
        Assert.Equal(bytes / 1_024 / 3, guest.NetKbPerS!.Value, 1e-6);
        Assert.Equal((guest.ThroughputPerS, guest.ReplyMs, guest.NetKbPerS), (s_domains[1].ThroughputPerS, s_domains[1].ReplyMs, s_domains[1].NetKbPerS));
    }

    [Fact]
    public void What_an_idle_guest_has_not_is_missing()
    {
        GuestResult idle = s_result.Guests[2];
        Assert.Equal((null, null, null, null, 0, 0), (idle.ThroughputPerS, idle.ReplyMs, idle.ConnectMs, idle.NetKbPerS, idle.Requests, idle.TimeOuts));
        Assert.Equal((null, null, null), (s_domains[3].ThroughputPerS, s_domains[3].ReplyMs, s_domains[3].NetKbPerS));
        // Eight times a second it has something of its own to do.
        Assert.InRange(s_domains[3].ExecutionsPerS!.Value, 8, 40);
    }

    /// <summary>The load is over before the first connection is opened.</summary>
    [Fact]
    public void Times_of_a_guest_that_never_answered_are_missing_and_its_throughput_is_zero()
    {
        GuestResult guest = SmallHost.Run(SmallHost.Scenario(0.002, SmallHost.Loaded(1))).Guests[0];
        Assert.Equal((0.0, null, null), (guest.ThroughputPerS, guest.ReplyMs, guest.ConnectMs));
    }
}
