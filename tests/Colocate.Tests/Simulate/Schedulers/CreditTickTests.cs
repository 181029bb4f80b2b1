using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditTickTests
{
    [Fact]
    public void A_tick_ends_the_boost_of_the_vcpu_it_finds_and_makes_it_earn()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Boost);
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([(CreditPriority.Under, true), (CreditPriority.Boost, false)], host.Scheduler.Vcpus.Select(v => (v.Priority, v.Active)));
        Assert.Empty(host.Asked);
    }

    [Fact]
    public void A_tick_leaves_a_vcpu_without_credits_in_its_class()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(1));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Over;
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal(CreditPriority.Over, host.Scheduler.Vcpus[0].Priority);
    }

    [Fact]
    public void A_tick_of_an_idle_pcpu_does_nothing()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(1));
        host.Queue(0, 0, CreditPriority.Boost);
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal((CreditPriority.Boost, false, 0), (host.Scheduler.Vcpus[0].Priority, host.Scheduler.Vcpus[0].Active, host.Scheduler.Vcpus[0].Credit));
        Assert.Empty(host.Asked);
    }

    [Fact]
    public void The_queue_is_sorted_by_the_first_tick_after_accounting_only()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(3));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Under);
        host.Queue(2, 0, CreditPriority.Under);
        host.Scheduler.Vcpus[1].Priority = CreditPriority.Over;
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([1, 2], host.Waiting(0));
        host.Scheduler.Account(30 * Ms);
        Assert.Equal([1, 2], host.Waiting(0));
        host.Scheduler.Tick(0, 30 * Ms);
        Assert.Equal([2, 1], host.Waiting(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_vcpu_that_earned_already_leaves_for_an_idle_pcpu_when_others_wait_for_its_own(int waiting)
    {
        var host = new RecordingHost(3, RecordingHost.EqualDomains(3));
        host.Start(0, pcpu: 1);
        for (int vcpu = 1; vcpu <= waiting; vcpu++)
            host.Queue(vcpu, 1, CreditPriority.Over);
        host.Scheduler.Tick(1, 10 * Ms);
        Assert.Empty(host.TakeAsked());
        host.Scheduler.Tick(1, 20 * Ms);
        Assert.Equal(["tickle 1"], host.TakeAsked());
        Assert.Equal(1, host.Scheduler.Pick(1, currentRunnable: true, 20 * Ms).Vcpu);
        Assert.Equal(["tickle 2"], host.TakeAsked());
        Assert.Equal(0, host.Scheduler.Pick(2, currentRunnable: false, 20 * Ms).Vcpu);
        Assert.Equal(CreditPriority.Under, host.Scheduler.Vcpus[0].Priority);
    }

    [Fact]
    public void It_stays_when_nobody_waits_or_no_pcpu_idles()
    {
        var host = new RecordingHost(2, RecordingHost.EqualDomains(3));
        host.Start(0, pcpu: 0);
        host.Scheduler.Tick(0, 10 * Ms);
        host.Scheduler.Tick(0, 20 * Ms);
        host.Start(1, pcpu: 1);
        host.Queue(2, 0, CreditPriority.Under);
        host.Scheduler.Tick(0, 30 * Ms);
        Assert.Empty(host.Asked);
    }
}
