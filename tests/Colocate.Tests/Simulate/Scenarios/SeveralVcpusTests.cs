using Colocate.Simulate.Machine;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>Domains of several vcpus, with a pcpu for each.</summary>
public sealed class SeveralVcpusTests
{
    private const int Driver = 0, First = 1, Second = 2;

    [Fact]
    public void An_idle_vcpu_of_a_guest_sleeps_while_one_request_at_a_time_comes()
    {
        HostModel model = Guest(vcpus: 2, SmallHost.Loaded(20, poisson: false));
        model.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        Assert.True(model.Clients[0]!.Replies > 30);
        Assert.True(model.Machine.Vcpus[First].Executions > 100);
        Assert.Equal((0L, 0L), (model.Machine.Vcpus[Second].Executions, model.Machine.Vcpus[Second].Wakes));
    }

    [Fact]
    public void Two_vcpus_share_the_processes_and_carry_what_one_cannot()
    {
        HostModel one = Guest(vcpus: 1, SmallHost.Loaded(2_000, timeoutS: 1)), two = Guest(vcpus: 2, SmallHost.Loaded(2_000, timeoutS: 1));
        one.AdvanceTo( SmallHost.Second, TestContext.Current.CancellationToken);
        two.AdvanceTo( SmallHost.Second, TestContext.Current.CancellationToken);
        Assert.InRange((double)two.Clients[0]!.Replies / one.Clients[0]!.Replies, 1.5, 2.5);
        // The first also receives; the second does processes and what they send.
        Assert.InRange(two.Machine.Vcpus[Second].InStateNs(RunState.Running) / 1e9, 0.5, 1);
        Assert.InRange(two.Machine.Vcpus[First].InStateNs(RunState.Running) / 1e9, 0.7, 1);
    }

    /// <summary>Whoever sends one large reply at a time keeps the second vcpu asleep, however many packets come in: they are the first one's.</summary>
    [Fact]
    public void Packets_come_in_on_the_first_vcpu()
    {
        HostModel model = Guest(vcpus: 2, SmallHost.Loaded(5, replyBytes: 102_400, poisson: false));
        model.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        Assert.True(model.Driver.Interfaces[0].Copies > 9 * 36);
        Assert.Equal(0, model.Machine.Vcpus[Second].Executions);
    }

    /// <summary>Monitoring takes a tenth of a pcpu, in 50 goes a second; each pays its upcall of 3 us as well, and each wake a switch of 5 us.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_driver_domains_processes_run_on_its_last_vcpu(int vcpus)
    {
        HostScenario scenario = SmallHost.Scenario(2, SmallHost.Idle()) with { DriverVcpus = vcpus, Pcpus = vcpus + 1 };
        var model = new HostModel(scenario, SmallHost.Parameters.With((ParameterCatalogue.Monitor, 0.1), (ParameterCatalogue.MonitorRate, 50), (ParameterCatalogue.Tick, 0)));
        model.AdvanceTo(2 * SmallHost.Second, TestContext.Current.CancellationToken);
        for (int v = Driver; v < vcpus - 1; v++)
            Assert.Equal(0, model.Machine.Vcpus[v].Executions);
        Assert.InRange(model.Machine.Vcpus[vcpus - 1].Executions, 99, 101);
        Assert.Equal(0.1 + (50 * 8e-6), model.Machine.Vcpus[vcpus - 1].InStateNs(RunState.Running) / 2e9, 0.002);
    }

    private static HostModel Guest(int vcpus, GuestScenario guest) => SmallHost.Model(SmallHost.Scenario(10, guest with { Vcpus = vcpus }) with { Pcpus = 1 + vcpus });
}
