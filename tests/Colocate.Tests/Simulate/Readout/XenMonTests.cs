using Colocate.Simulate.Machine;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Schedulers;
using Colocate.Tests.Simulate.Machine;
using CsCheck;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Readout;

/// <summary>What the records of Xen 3.4 become in the books of xenbaked.c (tag 3.4.0-rc3), in windows of 100 ns: a ns is a percent.</summary>
public sealed class XenMonTests
{
    private const int Idle = Dispatch.Idle;

    [Fact]
    public void On_one_pcpu_time_running_waiting_and_blocked_is_the_window()
    {
        XenMon monitor = Opened(1, 1, 1);
        Wake(monitor, 0, 0, 0);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 0);
        Wake(monitor, 0, 1, 0);
        monitor.Continue(0, 0, 1, 10);
        Switch(monitor, 0, 0, RunState.Runnable, 1, 30);
        Switch(monitor, 0, 1, RunState.Blocked, 0, 50);
        Wake(monitor, 0, 1, 60);
        Switch(monitor, 0, 0, RunState.Blocked, 1, 70);
        Switch(monitor, 0, 1, RunState.Blocked, Idle, 80);
        Wake(monitor, 0, 0, 90);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 95);
        monitor.Close(100);
        AssertPercents((55, 25, 20, 3), monitor, 0);
        AssertPercents((30, 40, 30, 2), monitor, 1);
    }

    /// <summary>It slept on pcpu 0, was woken from pcpu 1 and had to wait for pcpu 0: the wait is counted as wait and as blocked.</summary>
    [Fact]
    public void A_domain_woken_from_another_pcpu_is_blocked_until_it_runs_again_and_all_is_halved()
    {
        XenMon monitor = Opened(2, 1);
        Wake(monitor, 0, 0, 0);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 0);
        Switch(monitor, 0, 0, RunState.Blocked, Idle, 20);
        Wake(monitor, 1, 0, 40);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 60);
        monitor.Close(100);
        AssertPercents(((20 + 40) / 2.0, 20 / 2.0, 40 / 2.0, 2 / 2.0), monitor, 0);
    }

    /// <summary>It sleeps on pcpu 0 and goes on on pcpu 1: to the book of pcpu 0 it sleeps on.</summary>
    [Fact]
    public void A_domain_that_moves_stays_blocked_in_the_book_of_the_pcpu_where_it_slept()
    {
        XenMon monitor = Opened(2, 1);
        Wake(monitor, 0, 0, 0);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 0);
        Switch(monitor, 0, 0, RunState.Blocked, Idle, 20);
        Wake(monitor, 1, 0, 40);
        Switch(monitor, 1, Idle, RunState.Runnable, 0, 50);
        monitor.Close(100);
        AssertPercents(((20 + 50) / 2.0, 10 / 2.0, 80 / 2.0, 2 / 2.0), monitor, 0);
    }

    [Fact]
    public void A_vcpu_ends_the_blocked_time_of_another_vcpu_of_its_domain()
    {
        XenMon monitor = Opened(1, 2);
        Wake(monitor, 0, 0, 0);
        Wake(monitor, 0, 1, 0);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 0);
        Switch(monitor, 0, 0, RunState.Blocked, 1, 20);
        Switch(monitor, 0, 1, RunState.Blocked, Idle, 50);
        Wake(monitor, 0, 1, 60);
        Switch(monitor, 0, Idle, RunState.Runnable, 1, 60);
        monitor.Close(100);
        AssertPercents((90, 20, 10, 3), monitor, 0);
    }

    /// <summary>Xen 3.4 parks by pausing, which logs that the vcpu sleeps; unpausing logs a wake.</summary>
    [Fact]
    public void Time_that_a_cap_takes_away_is_blocked()
    {
        XenMon monitor = Opened(1, 1);
        Wake(monitor, 0, 0, 0);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 0);
        monitor.Park(0, 0, RunState.Running, 30);
        Switch(monitor, 0, 0, RunState.Offline, Idle, 30);
        monitor.Wake(0, 0, RunState.Offline, RunState.Runnable, 70);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 75);
        monitor.Close(100);
        AssertPercents((55, 5, 40, 2), monitor, 0);
    }

    /// <summary>A switch takes 5 ns on a core of its own: the domain waits until it is over, and nobody has the pcpu meanwhile. How long it slept before the window nobody knows.</summary>
    [Fact]
    public void A_switch_is_waiting()
    {
        var monitor = new XenMon(new DomainVcpus([1, 1]), 1);
        monitor.Open(new MachineRig(1, new MachineCosts(5, 0), new CreditSettings(), (new TestKernel(0), Share(0)), (new TestKernel(0), Share(1))).Machine, 0);
        Wake(monitor, 0, 0, 10);
        Switch(monitor, 0, Idle, RunState.Runnable, 0, 10);
        Wake(monitor, 0, 1, 20);
        Switch(monitor, 0, 0, RunState.Blocked, 1, 40);
        Switch(monitor, 0, 1, RunState.Blocked, Idle, 70);
        monitor.Close(100);
        AssertPercents((40 - 15, 5, 60, 1), monitor, 0);
        AssertPercents((70 - 45, 20 + 5, 30, 1), monitor, 1);
    }

    /// <summary>All begin and end asleep, so no interval reaches over an edge of the window, which holds many samples.</summary>
    [Fact]
    public void On_one_pcpu_the_books_are_the_run_states() => Gen.Select(Gen.Long[1, 20_000_000], Gen.Long[1, 30_000_000]).Array[1, 5].Sample(
        vcpus =>
        {
            MachineRig rig = new MachineRig(1, [.. vcpus.Select((v, i) => (new TestKernel(v.Item1, v.Item2) { Naps = 8 }, Share(i)))]).WakeAll();
            var monitor = new XenMon(new DomainVcpus([.. vcpus.Select(_ => 1)]), 1);
            monitor.Open(rig.Machine, 0);
            rig.RunUntil(4 * Second);
            monitor.Close(4 * Second);
            Assert.Null(rig.Machine.Trace);
            for (int v = 0; v < vcpus.Length; v++)
            {
                Assert.Equal(rig.Machine.Vcpus[v].InStateNs(RunState.Running) / 4e9, monitor.CpuFraction(v), 12);
                Assert.Equal(rig.Machine.Vcpus[v].InStateNs(RunState.Runnable) / 4e9, monitor.WaitFraction(v), 12);
                Assert.Equal(rig.Machine.Vcpus[v].InStateNs(RunState.Blocked) / 4e9, monitor.BlockFraction(v), 12);
                Assert.Equal(rig.Machine.Vcpus[v].Executions / 4.0, monitor.ExecutionsPerS(v), 9);
            }
        },
        iter: 40, threads: 1);

    /// <summary>Domains of so many vcpus, all asleep.</summary>
    private static XenMon Opened(int pcpus, params int[] vcpus)
    {
        var monitor = new XenMon(new DomainVcpus(vcpus), pcpus);
        monitor.Open(new MachineRig(pcpus, [.. vcpus.SelectMany((n, d) => Enumerable.Repeat((new TestKernel(0), Share(d)), n))]).Machine, 0);
        return monitor;
    }

    private static void Wake(XenMon monitor, int pcpu, int vcpu, long nowNs) => monitor.Wake(pcpu, vcpu, RunState.Blocked, RunState.Runnable, nowNs);

    private static void Switch(XenMon monitor, int pcpu, int from, RunState leavesTo, int to, long nowNs) => monitor.Switch(pcpu, from, leavesTo, to, 1, nowNs);

    private static void AssertPercents((double Cpu, double Wait, double Block, double Executions) expected, XenMon monitor, int domain)
    {
        Assert.Equal(expected.Cpu, 100 * monitor.CpuFraction(domain), 9);
        Assert.Equal(expected.Wait, 100 * monitor.WaitFraction(domain), 9);
        Assert.Equal(expected.Block, 100 * monitor.BlockFraction(domain), 9);
        Assert.Equal(expected.Executions, monitor.ExecutionsPerS(domain) * 100e-9, 9);
    }
}
