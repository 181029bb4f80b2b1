using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.Credit2Host;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>The rules of credit2, one by one.</summary>
public sealed class Credit2RuleTests
{
    [Fact]
    public void It_has_no_tick_and_accounts_only_for_caps_without_drift()
    {
        Credit2Scheduler free = new Credit2Host(1, EqualDomains(1)).Scheduler, capped = new Credit2Host(1, new VcpuShare(0, 256, 0.5)).Scheduler;
        Assert.Equal((0, 0, 0, 10 * Ms), (free.TickNs, free.AccountNs, capped.TickNs, capped.AccountNs));
        Assert.False(capped.AccountDrifts);
    }

    [Fact]
    public void Who_waits_is_ordered_by_credit_and_queues_behind_its_equals()
    {
        var host = new Credit2Host(1, EqualDomains(4));
        host.Queue(0, 0, 5);
        host.Queue(1, 0, -5);
        host.Queue(2, 0, 5);
        host.Queue(3, 0, 9);
        Assert.Equal([3, 0, 2, 1], host.Waiting);
    }

    [Theory]
    [InlineData(256, 1_000_000)]
    [InlineData(128, 1_000_000)]
    [InlineData(512, 2_000_000)]
    [InlineData(640, 2_500_000)]
    public void Credit_burns_at_the_greatest_weight_over_ones_own(int greatest, int burnt)
    {
        var host = new Credit2Host(1, new VcpuShare(0, greatest, 0), new VcpuShare(1, 256, 0));
        host.Start(1, pcpu: 0);
        host.Scheduler.Pick(0, currentRunnable: false, 1 * Ms);
        Assert.Equal(Credit2Scheduler.CreditInit - burnt, host.Scheduler.Vcpus[1].Credit);
    }

    [Fact]
    public void What_the_division_leaves_over_is_charged_later()
    {
        var host = new Credit2Host(1, new VcpuShare(0, 3, 0), new VcpuShare(1, 1, 0), new VcpuShare(2, 2, 0));
        Credit2Vcpu vcpu = host.Scheduler.Vcpus[2];
        List<int> burnt = [];
        for (int ns = 1; ns <= 4; ns++)
        {
            vcpu.Charge(3, ns);
            burnt.Add(Credit2Scheduler.CreditInit - vcpu.Credit);
        }

        Assert.Equal([1, 3, 4, 6], burnt);
    }

    [Fact]
    public void Credit_stops_at_minus_10_ms()
    {
        var host = new Credit2Host(1, EqualDomains(1));
        host.Scheduler.Vcpus[0].Charge(256, 50 * Ms);
        Assert.Equal(-10 * CreditMs, host.Scheduler.Vcpus[0].Credit);
    }

    [Fact]
    public void Nobody_is_boosted_who_wakes_with_less_credit_waits()
    {
        var host = new Credit2Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0, 0, credit: 8 * CreditMs);
        host.Scheduler.Vcpus[1].Credit = 3 * CreditMs;
        host.Scheduler.Wake(1, 2 * Ms);
        Assert.Empty(host.Asked);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: true, 2 * Ms).Vcpu);
    }

    [Theory]
    [InlineData(949, false)]
    [InlineData(950, false)]
    [InlineData(951, true)]
    public void Who_wakes_with_more_credit_asks_for_the_pcpu_50_us_before_the_rate_limit_is_over(int ranUs, bool asks)
    {
        var host = new Credit2Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0, 0, credit: 5 * CreditMs);
        host.Scheduler.Wake(1, ranUs * Us);
        Assert.Equal(asks ? ["tickle 0"] : [], host.Asked);
    }

    [Fact]
    public void Within_the_rate_limit_a_running_vcpu_goes_on_for_at_least_500_us()
    {
        var host = new Credit2Host(1, EqualDomains(2));
        host.Start(0, pcpu: 0, 0, credit: 5 * CreditMs);
        host.Queue(1, 0, 9 * CreditMs);
        Assert.Equal(new Dispatch(0, 700 * Us), host.Scheduler.Pick(0, currentRunnable: true, 300 * Us));
        Assert.Equal(new Dispatch(0, 500 * Us), host.Scheduler.Pick(0, currentRunnable: true, 999 * Us));
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: true, 1_000 * Us).Vcpu);
    }

    [Theory]
    [InlineData(10, null, 10_000)]
    [InlineData(12, null, 10_000)]
    [InlineData(4, null, 4_000)]
    [InlineData(4, 1, 3_000)]
    [InlineData(4, -2, 4_000)]
    [InlineData(4, 4, 1_000)]
    public void A_slice_lasts_until_the_credit_is_that_of_the_next_or_0_from_the_rate_limit_to_10_ms(int creditMs, int? nextMs, int sliceUs)
    {
        var host = new Credit2Host(1, EqualDomains(2));
        host.Queue(0, 0, creditMs * CreditMs);
        if (nextMs is { } next)
            host.Queue(1, 0, next * CreditMs);
        Assert.Equal(new Dispatch(0, sliceUs * Us), host.Scheduler.Pick(0, currentRunnable: false, 0));
    }

    [Fact]
    public void Without_a_rate_limit_no_slice_is_shorter_than_500_us()
    {
        var host = new Credit2Host(0, 1, EqualDomains(2));
        host.Queue(0, 0, 5 * CreditMs);
        host.Queue(1, 0, (5 * CreditMs) - 1);
        Assert.Equal(new Dispatch(0, 500 * Us), host.Scheduler.Pick(0, currentRunnable: false, 0));
    }

    [Fact]
    public void A_lighter_vcpu_reaches_the_credit_of_the_next_sooner()
    {
        var host = new Credit2Host(1, new VcpuShare(0, 256, 0), new VcpuShare(1, 512, 0));
        host.Queue(0, 0, 8 * CreditMs);
        host.Queue(1, 0, 2 * CreditMs);
        Assert.Equal(new Dispatch(0, 3 * Ms), host.Scheduler.Pick(0, currentRunnable: false, 0));
    }

    [Fact]
    public void When_nobody_has_credit_left_all_get_10_ms_and_keep_at_most_500_us()
    {
        var host = new Credit2Host(1, EqualDomains(4));
        host.Queue(0, 0, -CreditMs);
        host.Queue(1, 0, -3 * CreditMs);
        (host.Scheduler.Vcpus[2].Credit, host.Scheduler.Vcpus[3].Credit) = (CreditMs / 4, 7 * CreditMs);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
        Assert.Equal([9_000_000, 7_000_000, 10_250_000, 10_500_000], host.Scheduler.Vcpus.Select(v => v.Credit));
    }

    [Fact]
    public void Nobody_gets_new_credit_while_the_next_has_some()
    {
        var host = new Credit2Host(2, EqualDomains(2));
        host.Queue(0, 0, -CreditMs);
        host.Queue(1, 1, 1);
        // The one with credit is left to the other pcpu: moving is not worth it for so little.
        host.Scheduler.Vcpus[1].TickledPcpu = 1;
        host.Scheduler.Pcpus[1].Tickled = true;
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
        Assert.Equal(-CreditMs, host.Scheduler.Vcpus[0].Credit);
    }

    [Fact]
    public void A_reset_gives_twice_as_much_when_the_chosen_one_is_as_low_as_it_can_be()
    {
        var host = new Credit2Host(1, EqualDomains(1));
        host.Queue(0, 0, Credit2Scheduler.CreditMin);
        Assert.Equal(0, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
        Assert.Equal(10 * CreditMs, host.Scheduler.Vcpus[0].Credit);
    }

    [Fact]
    public void A_wake_asks_its_last_pcpu_when_idle_else_the_next_idle_one_and_none_twice()
    {
        var host = new Credit2Host(3, EqualDomains(4));
        host.Start(0, pcpu: 1);
        for (int vcpu = 1; vcpu < 4; vcpu++)
        {
            host.Scheduler.Vcpus[vcpu].Pcpu = 2;
            host.Scheduler.Wake(vcpu, 0);
        }

        Assert.Equal(["tickle 2", "tickle 0"], host.Asked);
    }

    [Theory]
    [InlineData(4_400_000, null)]
    [InlineData(4_600_000, 0)]
    [InlineData(6_100_000, 1)]
    public void A_busy_pcpu_is_taken_away_where_the_lead_is_greatest_after_500_us_for_a_move_but_ones_last_first(int credit, int? asked)
    {
        // What each has left at 2 ms: 6, 4 and 5 ms. The waking one had pcpu 1 or 0 last.
        var host = new Credit2Host(3, EqualDomains(4));
        foreach ((int vcpu, int left) in new[] { (0, 4), (1, 6), (2, 5) })
            host.Start(vcpu, pcpu: vcpu, 0, credit: (left + 2) * CreditMs);
        (host.Scheduler.Vcpus[3].Pcpu, host.Scheduler.Vcpus[3].Credit) = (1, credit);
        host.Scheduler.Wake(3, 2 * Ms);
        Assert.Equal(asked is { } pcpu ? [$"tickle {pcpu}"] : [], host.Asked);
    }

    [Fact]
    public void A_busy_pcpu_that_was_asked_already_is_not_asked_again_before_it_decides()
    {
        var host = new Credit2Host(1, EqualDomains(3));
        host.Start(0, pcpu: 0, 0, credit: 4 * CreditMs);
        (host.Scheduler.Vcpus[1].Pcpu, host.Scheduler.Vcpus[2].Pcpu) = (0, 0);
        host.Scheduler.Wake(1, 2 * Ms);
        host.Scheduler.Wake(2, 2 * Ms);
        Assert.Equal(["tickle 0"], host.Asked);
    }

    [Theory]
    [InlineData(499, false)]
    [InlineData(501, true)]
    public void A_vcpu_moves_for_500_us_of_credit_and_gets_50_us_for_it(int leadUs, bool moves)
    {
        var host = new Credit2Host(2, EqualDomains(2));
        host.Start(0, pcpu: 0, 0, credit: 5 * CreditMs);
        host.Queue(1, 1, (3 * CreditMs) + (leadUs * 1_000));
        Assert.Equal(moves ? 1 : 0, host.Scheduler.Pick(0, currentRunnable: true, 2 * Ms).Vcpu);
        Assert.Equal((3 * CreditMs) + (leadUs * 1_000) + (moves ? 50_000 : 0), host.Scheduler.Vcpus[1].Credit);
    }

    [Theory]
    [InlineData(499, Dispatch.Idle)]
    [InlineData(500, 1)]
    public void Even_an_idle_pcpu_leaves_a_vcpu_with_next_to_no_credit_where_it_was(int aboveLeastUs, int taken)
    {
        var host = new Credit2Host(2, EqualDomains(2));
        host.Queue(1, 1, Credit2Scheduler.CreditMin + (aboveLeastUs * 1_000) - 1);
        Assert.Equal(taken, host.Scheduler.Pick(0, currentRunnable: false, 0).Vcpu);
    }

    [Fact]
    public void Vcpus_start_on_one_pcpu_after_the_other() =>
        Assert.Equal([1, 2, 0, 1], new Credit2Host(3, EqualDomains(4)).Scheduler.Vcpus.Select(v => v.Pcpu));
}
