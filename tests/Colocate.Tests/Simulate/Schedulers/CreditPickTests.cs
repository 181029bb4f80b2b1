using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditPickTests
{
    [Fact]
    public void Within_the_rate_limit_a_running_vcpu_goes_on_for_the_rest_of_it()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0, 5 * Ms);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Scheduler.Wake(1, (5 * Ms) + 107_150);
        Assert.Equal(["tickle 0"], host.Asked);
        Assert.Equal(new Dispatch(0, 892_850), host.Scheduler.Pick(0, currentRunnable: true, (5 * Ms) + 107_150));
        Assert.Equal(new Dispatch(0, 1), host.Scheduler.Pick(0, currentRunnable: true, (6 * Ms) - 1));
        Assert.Equal(new Dispatch(1, 30 * Ms), host.Scheduler.Pick(0, currentRunnable: true, 6 * Ms));
    }

    [Fact]
    public void The_rate_limit_counts_from_the_start_of_the_run_across_slices()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        Assert.Equal(new Dispatch(0, 30 * Ms), host.Scheduler.Pick(0, currentRunnable: true, 30 * Ms));
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Scheduler.Wake(1, 30 * Ms);
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: true, (30 * Ms) + 1).Vcpu);
    }

    [Fact]
    public void A_vcpu_that_blocks_leaves_at_once_whatever_the_rate_limit()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Over);
        Assert.Equal(new Dispatch(1, 30 * Ms), host.Scheduler.Pick(0, currentRunnable: false, 1));
        Assert.Empty(host.Waiting(0));
    }

    [Fact]
    public void Without_a_rate_limit_a_wake_takes_the_pcpu_away_at_once()
    {
        var host = new RecordingHost(new CreditSettings { RatelimitUs = 0 }, 1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Scheduler.Wake(1, 0);
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: true, 0).Vcpu);
        Assert.Equal([0], host.Waiting(0));
    }

    [Fact]
    public void Equals_take_turns_of_one_slice()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(3));
        for (int vcpu = 0; vcpu < 3; vcpu++)
            host.Queue(vcpu, 0, CreditPriority.Under);
        Assert.Equal(Enumerable.Range(0, 7).Select(slice => new Dispatch(slice % 3, 30 * Ms)), Enumerable.Range(0, 7).Select(slice => host.Scheduler.Pick(0, slice > 0, slice * 30 * Ms)));
    }

    [Fact]
    public void A_running_vcpu_goes_on_before_lower_classes()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Under);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: true, 30 * Ms).Vcpu);
    }

    [Fact]
    public void A_pcpu_that_nobody_wants_idles_without_end()
    {
        var host = new RecordingHost(2, RecordingHost.EqualDomains(1));
        Assert.Equal(new Dispatch(Dispatch.Idle, long.MaxValue), host.Scheduler.Pick(0, currentRunnable: false, 0));
        host.Start(0, pcpu: 0);
        Assert.Equal(new Dispatch(Dispatch.Idle, long.MaxValue), host.Scheduler.Pick(0, currentRunnable: false, 1));
    }

    [Theory]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Boost), 2)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Under), 3)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Boost), 3)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Over), 2)]
    public void A_pcpu_whose_next_vcpu_has_no_credits_left_takes_one_of_a_higher_class_from_another(string own, string others, int expected)
    {
        var host = new RecordingHost(2, RecordingHost.EqualDomains(5));
        host.Start(0, pcpu: 0);
        host.Start(1, pcpu: 1);
        host.Queue(2, 0, Enum.Parse<CreditPriority>(own));
        host.Queue(3, 1, Enum.Parse<CreditPriority>(others));
        host.Queue(4, 1, Enum.Parse<CreditPriority>(others));
        Assert.Equal(expected, host.Scheduler.Pick(0, currentRunnable: false, Ms).Vcpu);
        Assert.Equal(expected == 3 ? [2] : [], host.Waiting(0));
        Assert.Equal(expected == 3 ? [4] : [3, 4], host.Waiting(1));
        Assert.Equal(0, host.Scheduler.Vcpus[expected].Pcpu);
    }

    [Fact]
    public void An_idle_pcpu_takes_any_vcpu_from_the_pcpu_after_the_one_it_robbed_last()
    {
        var host = new RecordingHost(3, RecordingHost.EqualDomains(6));
        host.Start(0, pcpu: 1);
        host.Start(1, pcpu: 2);
        for (int vcpu = 2; vcpu < 6; vcpu++)
            host.Queue(vcpu, 1 + (vcpu % 2), CreditPriority.Over);
        Assert.Equal([2, 3, 4, 5, Dispatch.Idle], Enumerable.Range(0, 5).Select(ms => host.Scheduler.Pick(0, currentRunnable: false, ms * Ms).Vcpu));
    }

    [Fact]
    public void The_queue_of_an_idle_pcpu_is_left_to_it()
    {
        var host = new RecordingHost(2, RecordingHost.EqualDomains(1));
        host.Scheduler.Wake(0, 0);
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(1, currentRunnable: false, 0).Vcpu);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
    }
}
