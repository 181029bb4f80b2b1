using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditWakeTests
{
    [Fact]
    public void A_wake_of_a_vcpu_that_has_a_pcpu_or_waits_for_one_does_nothing()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Queue(1, 0, CreditPriority.Under);
        host.Scheduler.Wake(0, 0);
        host.Scheduler.Wake(1, 0);
        Assert.Equal([1], host.Waiting(0));
        Assert.All(host.Scheduler.Vcpus, v => Assert.Equal(CreditPriority.Under, v.Priority));
        Assert.Empty(host.Asked);
    }

    [Theory]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Boost))]
    [InlineData(nameof(CreditPriority.Boost), nameof(CreditPriority.Boost))]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Over))]
    public void Who_wakes_with_credits_left_is_boosted(string asleep, string awake)
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(1));
        host.Scheduler.Vcpus[0].Priority = Enum.Parse<CreditPriority>(asleep);
        host.Scheduler.Wake(0, 0);
        Assert.Equal(Enum.Parse<CreditPriority>(awake), host.Scheduler.Vcpus[0].Priority);
    }

    [Fact]
    public void Who_wakes_queues_where_it_ran_last()
    {
        var host = new RecordingHost(2, RecordingHost.EqualDomains(3));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Under);
        Assert.Equal(1, host.Scheduler.Pick(1, currentRunnable: false, 0).Vcpu);
        host.Scheduler.Pick(1, currentRunnable: false, 10);
        host.Scheduler.Wake(1, 20);
        Assert.Equal([1], host.Waiting(1));
    }

    [Fact]
    public void Its_own_pcpu_is_asked_when_it_is_idle()
    {
        var host = new RecordingHost(3, RecordingHost.EqualDomains(1));
        host.Scheduler.Vcpus[0].Pcpu = 1;
        host.Scheduler.Wake(0, 0);
        Assert.Equal(["tickle 1"], host.Asked);
    }

    [Fact]
    public void One_idle_pcpu_in_turn_is_asked_rather_than_a_busy_one_whatever_the_classes()
    {
        var host = new RecordingHost(4, RecordingHost.EqualDomains(5));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Over;
        for (int vcpu = 1; vcpu < 5; vcpu++)
            host.Scheduler.Wake(vcpu, 0);
        Assert.Equal(["tickle 1", "tickle 2", "tickle 3", "tickle 0"], host.Asked);
    }

    [Theory]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Under), true)]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Over), true)]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Boost), false)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Over), false)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Under), false)]
    public void A_busy_pcpu_is_asked_only_for_a_vcpu_of_a_strictly_higher_class(string wakes, string running, bool asked)
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = Enum.Parse<CreditPriority>(running);
        host.Scheduler.Vcpus[1].Priority = Enum.Parse<CreditPriority>(wakes);
        host.Scheduler.Wake(1, 0);
        Assert.Equal(asked ? ["tickle 0"] : [], host.Asked);
    }
}
