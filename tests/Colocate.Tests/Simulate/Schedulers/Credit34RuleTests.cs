using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>The rules of Xen 3.4's credit scheduler, one by one.</summary>
public sealed class Credit34RuleTests
{
    [Fact]
    public void It_ticks_every_10_ms_and_accounts_every_30_ms_and_both_timers_drift()
    {
        var host = new Credit34Host(1, EqualDomains(1));
        Assert.Equal((10 * Ms, 30 * Ms, true), (host.Scheduler.TickNs, host.Scheduler.AccountNs, host.Scheduler.AccountDrifts));
    }

    [Fact]
    public void Whoever_a_tick_finds_running_pays_for_all_of_it_and_who_ran_between_ticks_pays_nothing()
    {
        var host = new Credit34Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0, 1 * Ms);
        host.Queue(1, 0, CreditPriority.Under);
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: false, 9_999 * Us).Vcpu);
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([0, -100], host.Scheduler.Vcpus.Select(v => v.Credit));
        Assert.Equal([false, true], host.Scheduler.Vcpus.Select(v => v.Active));
    }

    [Fact]
    public void A_tick_ends_the_boost_of_who_runs_and_of_nobody_else()
    {
        var host = new Credit34Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Scheduler.Wake(1, 0);
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([CreditPriority.Under, CreditPriority.Boost], host.Scheduler.Vcpus.Select(v => v.Priority));
    }

    [Fact]
    public void A_tick_on_an_idle_pcpu_charges_nobody()
    {
        var host = new Credit34Host(1, EqualDomains(1));
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal(0, host.Scheduler.Vcpus[0].Credit);
        Assert.Empty(host.Asked);
    }

    [Fact]
    public void There_is_no_rate_limit_and_every_slice_is_30_ms()
    {
        var host = new Credit34Host(1, EqualDomains(2));
        host.Scheduler.Wake(0, 0);
        Assert.Equal(new Dispatch(0, 30 * Ms), host.Scheduler.Pick(0, currentRunnable: false, 0));
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Scheduler.Wake(1, 1);
        Assert.Equal(new Dispatch(1, 30 * Ms), host.Scheduler.Pick(0, currentRunnable: true, 1));
    }

    [Theory]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Boost))]
    [InlineData(nameof(CreditPriority.Boost), nameof(CreditPriority.Boost))]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Over))]
    public void Who_wakes_with_credits_left_is_boosted_and_over_stays_over(string asleep, string awake)
    {
        var host = new Credit34Host(1, EqualDomains(1));
        host.Scheduler.Vcpus[0].Priority = Enum.Parse<CreditPriority>(asleep);
        host.Scheduler.Wake(0, 0);
        Assert.Equal(Enum.Parse<CreditPriority>(awake), host.Scheduler.Vcpus[0].Priority);
    }

    [Theory]
    [InlineData(nameof(CreditPriority.Boost), false)]
    [InlineData(nameof(CreditPriority.Under), true)]
    [InlineData(nameof(CreditPriority.Over), true)]
    public void Boost_preempts_lower_classes_and_never_boost(string running, bool preempts)
    {
        var host = new Credit34Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = Enum.Parse<CreditPriority>(running);
        host.Scheduler.Wake(1, 0);
        Assert.Equal(preempts ? ["tickle 0"] : [], host.Asked);
    }

    [Fact]
    public void Equals_take_turns_at_every_decision_so_a_yield_is_like_any_other()
    {
        var host = new Credit34Host(1, EqualDomains(3));
        host.Start(0, pcpu: 0);
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Under;
        host.Queue(1, 0, CreditPriority.Under);
        host.Queue(2, 0, CreditPriority.Over);
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: true, 1).Vcpu);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: true, 2).Vcpu);
        Assert.Equal([1, 2], host.Waiting(0));
    }

    [Fact]
    public void A_wake_on_a_busy_pcpu_asks_every_idle_one_and_goes_on_doing_so()
    {
        var host = new Credit34Host(4, EqualDomains(3));
        host.Start(0, pcpu: 1);
        foreach (int vcpu in new[] { 1, 2 })
        {
            host.Scheduler.Vcpus[vcpu].Pcpu = 1;
            host.Scheduler.Wake(vcpu, 0);
            Assert.Equal(["tickle 0", "tickle 2", "tickle 3"], host.TakeAsked());
        }
    }

    [Fact]
    public void A_wake_on_an_idle_pcpu_asks_that_one_alone()
    {
        var host = new Credit34Host(3, EqualDomains(1));
        host.Scheduler.Vcpus[0].Pcpu = 1;
        host.Scheduler.Wake(0, 0);
        Assert.Equal(["tickle 1"], host.Asked);
    }

    [Theory]
    [InlineData(null, nameof(CreditPriority.Over), true)]
    [InlineData(null, nameof(CreditPriority.Boost), true)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Under), true)]
    [InlineData(nameof(CreditPriority.Over), nameof(CreditPriority.Over), false)]
    [InlineData(nameof(CreditPriority.Under), nameof(CreditPriority.Boost), false)]
    public void A_pcpu_steals_only_when_its_own_first_is_over_or_nobody_and_only_of_a_higher_class(string? own, string other, bool steals)
    {
        var host = new Credit34Host(2, EqualDomains(3));
        host.Start(0, pcpu: 1);
        host.Queue(1, 1, Enum.Parse<CreditPriority>(other));
        if (own is not null)
            host.Queue(2, 0, Enum.Parse<CreditPriority>(own));
        Assert.Equal(steals ? 1 : 2, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
        Assert.Equal(steals ? 0 : 1, host.Scheduler.Vcpus[1].Pcpu);
    }

    [Fact]
    public void It_looks_at_its_next_neighbour_first_and_never_at_idle_pcpus()
    {
        var host = new Credit34Host(4, EqualDomains(5));
        host.Start(0, pcpu: 0);
        host.Start(1, pcpu: 3);
        host.Queue(2, 0, CreditPriority.Under);
        host.Queue(3, 3, CreditPriority.Under);
        host.Queue(4, 2, CreditPriority.Under);
        Assert.Equal(3, host.Scheduler.Pick(1, currentRunnable: false, 0).Vcpu);
    }

    [Fact]
    public void A_tick_never_moves_a_running_vcpu_on_cores_without_threads()
    {
        var host = new Credit34Host(2, EqualDomains(2));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Over);
        host.Scheduler.Tick(0, 10 * Ms);
        host.Scheduler.Tick(0, 20 * Ms);
        Assert.Empty(host.Asked);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: true, 20 * Ms).Vcpu);
    }

    [Fact]
    public void The_queue_is_sorted_at_the_first_tick_after_accounting()
    {
        var host = new Credit34Host(1, EqualDomains(3));
        host.Start(0, pcpu: 0);
        host.Queue(1, 0, CreditPriority.Under);
        host.Queue(2, 0, CreditPriority.Under);
        host.Scheduler.Vcpus[1].Priority = CreditPriority.Over;
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([1, 2], host.Waiting(0));
        host.Scheduler.Account(30 * Ms);
        host.Scheduler.Tick(0, 30 * Ms);
        Assert.Equal([2, 1], host.Waiting(0));
    }

    [Fact]
    public void A_guest_is_made_on_the_pcpu_with_fewest_vcpus_and_the_highest_of_equals()
    {
        VcpuShare driver = new(0, 256, 0), one = new(1, 256, 0), two = new(2, 256, 0), three = new(3, 256, 0);
        Assert.Equal([0, 1, 2, 2, 0, 1], new Credit34Host(3, driver, driver, driver, one, one, two).Scheduler.Vcpus.Select(v => v.Pcpu));
        Assert.Equal([0, 2, 1, 2], new Credit34Host(3, driver, one, two, three).Scheduler.Vcpus.Select(v => v.Pcpu));
    }
}
