using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>Budgets: what caps are to credit2.</summary>
public sealed class Credit2CapTests
{
    [Fact]
    public void A_slice_ends_with_the_budget_but_not_within_the_rate_limit()
    {
        var half = new Credit2Host(1, new VcpuShare(0, 256, 0.5));
        half.Scheduler.Wake(0, 0);
        Assert.Equal(new Dispatch(0, 5 * Ms), half.Scheduler.Pick(0, currentRunnable: false, 0));
        var little = new Credit2Host(1, new VcpuShare(0, 256, 0.04));
        little.Scheduler.Wake(0, 0);
        Assert.Equal(new Dispatch(0, 1 * Ms), little.Scheduler.Pick(0, currentRunnable: false, 0));
    }

    [Fact]
    public void Who_used_up_the_budget_is_parked_until_the_next_replenishment()
    {
        var host = new Credit2Host(1, new VcpuShare(0, 256, 0.5));
        host.Scheduler.Wake(0, 0);
        host.Scheduler.Pick(0, currentRunnable: false, 0);
        host.TakeAsked();
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(0, currentRunnable: true, 5 * Ms).Vcpu);
        Assert.Equal(["park 0"], host.TakeAsked());
        host.Scheduler.Account(10 * Ms);
        Assert.Equal(["unpark 0", "tickle 0"], host.TakeAsked());
        Assert.Equal(new Dispatch(0, 5 * Ms), host.Scheduler.Pick(0, currentRunnable: false, 10 * Ms));
    }

    [Fact]
    public void What_was_overrun_comes_off_the_next_budgets()
    {
        var host = new Credit2Host(1, new VcpuShare(0, 256, 0.1));
        host.Scheduler.Wake(0, 0);
        host.Scheduler.Pick(0, currentRunnable: false, 0);
        host.Scheduler.Pick(0, currentRunnable: true, 2_500 * Us);
        Assert.True(host.Scheduler.Vcpus[0].Parked);
        host.Scheduler.Account(10 * Ms);
        Assert.True(host.Scheduler.Vcpus[0].Parked);
        host.Scheduler.Account(20 * Ms);
        Assert.False(host.Scheduler.Vcpus[0].Parked);
        host.Scheduler.Pick(0, currentRunnable: false, 20 * Ms);
        Assert.Equal(500 * Us, host.Scheduler.Vcpus[0].BudgetNs);
    }

    [Fact]
    public void What_is_left_of_a_budget_is_not_saved()
    {
        var host = new Credit2Host(1, new VcpuShare(0, 256, 0.5));
        for (int period = 1; period < 4; period++)
            host.Scheduler.Account(period * 10 * Ms);
        host.Scheduler.Wake(0, 40 * Ms);
        Assert.Equal(new Dispatch(0, 5 * Ms), host.Scheduler.Pick(0, currentRunnable: false, 40 * Ms));
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(0, currentRunnable: true, 45 * Ms).Vcpu);
    }

    [Fact]
    public void Each_vcpu_takes_its_part_of_the_budget_and_brings_back_what_it_did_not_use_for_those_who_wait()
    {
        VcpuShare share = new(0, 256, 0.6);
        var host = new Credit2Host(2, share, share);
        host.Start(0, pcpu: 0);
        host.Start(1, pcpu: 1);
        Assert.Equal([3 * Ms, 3 * Ms], host.Scheduler.Vcpus.Select(v => v.BudgetNs));
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(0, currentRunnable: true, 3 * Ms).Vcpu);
        Assert.Equal(["park 0"], host.TakeAsked());
        // The other has 500 us left when it blocks, which the parked one may use.
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(1, currentRunnable: false, 2_500 * Us).Vcpu);
        Assert.Equal(["unpark 0", "tickle 0"], host.TakeAsked());
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: false, 3 * Ms).Vcpu);
        Assert.Equal(500 * Us, host.Scheduler.Vcpus[0].BudgetNs);
    }

    [Fact]
    public void Who_waits_without_budget_is_parked_when_its_turn_comes_and_the_next_runs()
    {
        VcpuShare capped = new(0, 256, 0.5);
        var host = new Credit2Host(1, capped, capped, new VcpuShare(1, 256, 0));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, 2 * Credit2Host.CreditMs);
        host.Queue(2, 0, 1 * Credit2Host.CreditMs);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: true, 2_500 * Us).Vcpu);
        Assert.Equal(2, host.Scheduler.Pick(0, currentRunnable: true, 5_000 * Us).Vcpu);
        Assert.Equal(["park 0", "park 1"], host.Asked);
    }

    [Fact]
    public void A_cap_above_one_pcpu_for_each_vcpu_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Credit2Host(4, new VcpuShare(0, 256, 1.01)));
}
