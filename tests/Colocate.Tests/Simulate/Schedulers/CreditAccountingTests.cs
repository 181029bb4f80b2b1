using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditAccountingTests
{
    /// <summary>Pcpus; weight, cap in percent and active vcpus of each domain, in the order of the pass; credits that each of their vcpus gets.</summary>
    public static TheoryData<int, (int Weight, int CapPercent, int Vcpus)[], int[]> Grants => new()
    {
        { 1, [(256, 0, 1), (256, 0, 1)], [150, 150] },
        { 1, [(512, 0, 1), (256, 0, 1)], [200, 100] },
        { 1, [(1, 0, 1), (65535, 0, 1)], [1, 300] },
        { 1, [(256, 0, 2), (256, 0, 1)], [100, 100] },
        { 1, [(256, 0, 1), (256, 0, 1), (256, 0, 1), (256, 0, 1), (256, 0, 1), (256, 0, 1), (256, 0, 1)], [43, 43, 43, 43, 43, 43, 43] },
        { 2, [(256, 0, 1)], [300] },
        { 2, [(1024, 0, 1), (256, 0, 1), (256, 0, 1)], [300, 150, 150] },
        { 1, [(256, 25, 1), (256, 0, 1)], [75, 225] },
        { 1, [(256, 25, 2), (256, 0, 1)], [38, 225] },
        { 4, [(256, 150, 2), (256, 33, 1)], [225, 99] },
        { 1, [(256, 0, 1), (256, 25, 1)], [150, 75] },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void Credits_are_given_by_weight_up_to_cap_and_one_slice_for_a_vcpu_the_surplus_to_who_comes_later(int pcpus, (int Weight, int CapPercent, int Vcpus)[] domains, int[] credits)
    {
        VcpuShare[] shares = [.. domains.SelectMany((d, number) => Enumerable.Repeat(new VcpuShare(number, d.Weight, d.CapPercent / 100.0), d.Vcpus))];
        RecordingHost host = Active(pcpus, shares);
        host.Scheduler.Account(30 * Ms);
        Assert.Equal(domains.SelectMany((d, number) => Enumerable.Repeat(credits[number], d.Vcpus)), host.Scheduler.Vcpus.Select(v => v.Credit));
    }

    [Fact]
    public void A_domain_with_surplus_comes_first_in_the_next_pass_when_others_could_have_used_more()
    {
        RecordingHost host = Active(1, new(0, 256, 0), new(1, 256, 0.25));
        Assert.Equal([150, 75], AfterAccounting(host));
        SetCredits(host, 0, 0);
        Assert.Equal([225, 75], AfterAccounting(host));
    }

    [Fact]
    public void A_vcpu_that_is_not_active_gets_nothing_and_keeps_its_class()
    {
        RecordingHost host = Active(1, RecordingHost.EqualDomains(1));
        var asleep = new RecordingHost(1, RecordingHost.EqualDomains(1));
        foreach (RecordingHost each in new[] { host, asleep })
            each.Scheduler.Vcpus[0].Priority = CreditPriority.Boost;
        Assert.Equal([300], AfterAccounting(host));
        Assert.Equal([0], AfterAccounting(asleep));
        Assert.Equal((CreditPriority.Under, CreditPriority.Boost), (host.Scheduler.Vcpus[0].Priority, asleep.Scheduler.Vcpus[0].Priority));
    }

    [Fact]
    public void What_all_active_vcpus_owe_together_is_given_on_top_in_the_next_pass()
    {
        RecordingHost host = Active(1, RecordingHost.EqualDomains(2));
        SetCredits(host, -280, -220);
        Assert.Equal([-130, -70], AfterAccounting(host));
        Assert.Equal([-130 + 250, -70 + 250], AfterAccounting(host));
        Assert.Equal([120 + 150, 180 + 150 - 165], AfterAccounting(host));
    }

    [Theory]
    [InlineData(-301, -1, nameof(CreditPriority.Over))]
    [InlineData(-300, 0, nameof(CreditPriority.Under))]
    [InlineData(-600, -300, nameof(CreditPriority.Over))]
    [InlineData(-999, -300, nameof(CreditPriority.Over))]
    [InlineData(0, 300, nameof(CreditPriority.Under))]
    public void The_class_follows_the_sign_of_the_credits_which_stop_at_minus_one_slice(int before, int after, string priority)
    {
        RecordingHost host = Active(1, RecordingHost.EqualDomains(1));
        host.Scheduler.Vcpus[0].Priority = CreditPriority.Boost;
        SetCredits(host, before);
        Assert.Equal([after], AfterAccounting(host));
        Assert.Equal(Enum.Parse<CreditPriority>(priority), host.Scheduler.Vcpus[0].Priority);
    }

    [Fact]
    public void A_vcpu_with_more_than_one_slice_of_credits_keeps_half_and_stops_earning_until_a_tick_finds_it()
    {
        RecordingHost host = Active(1, RecordingHost.EqualDomains(1));
        SetCredits(host, 1);
        Assert.Equal([150], AfterAccounting(host));
        Assert.False(host.Scheduler.Vcpus[0].Active);
        Assert.Equal([150], AfterAccounting(host));
        host.Start(0, pcpu: 0, 60 * Ms);
        host.Scheduler.Tick(0, 70 * Ms);
        Assert.Equal([150 - 100 + 300 - 175], AfterAccounting(host));
    }

    [Theory]
    [InlineData(-151, true)]
    [InlineData(-150, false)]
    public void A_vcpu_that_owes_more_than_its_cap_gives_is_parked_and_taken_off_its_queue(int before, bool parked)
    {
        RecordingHost host = Active(1, new VcpuShare(0, 256, 0.25));
        host.Queue(0, 0, CreditPriority.Under);
        SetCredits(host, before);
        host.Scheduler.Account(30 * Ms);
        Assert.Equal(parked ? ["park 0"] : [], host.Asked);
        Assert.Equal(parked ? [] : [0], host.Waiting(0));
        Assert.Equal(parked, host.Scheduler.Vcpus[0].Parked);
    }

    [Fact]
    public void Without_a_cap_nobody_is_parked()
    {
        RecordingHost host = Active(1, RecordingHost.EqualDomains(1));
        SetCredits(host, -2000);
        host.Scheduler.Account(30 * Ms);
        Assert.Empty(host.Asked);
    }

    [Fact]
    public void The_cap_is_shared_by_the_active_vcpus_of_the_domain()
    {
        RecordingHost host = Active(2, new VcpuShare(0, 256, 0.25), new VcpuShare(0, 256, 0.25));
        SetCredits(host, -38 - 38, -38 - 39);
        host.Scheduler.Account(30 * Ms);
        Assert.Equal(["park 1"], host.Asked);
    }

    [Fact]
    public void A_parked_vcpu_is_unparked_when_it_owes_nothing_more_and_wakes_without_a_boost()
    {
        RecordingHost host = Active(1, new VcpuShare(0, 256, 0.25));
        SetCredits(host, -225);
        Assert.Equal([-150], AfterAccounting(host));
        Assert.Equal([-75], AfterAccounting(host));
        Assert.Equal(["park 0"], host.TakeAsked());
        Assert.Equal([0], AfterAccounting(host));
        Assert.Equal(["unpark 0", "tickle 0"], host.TakeAsked());
        Assert.Equal((CreditPriority.Under, false), (host.Scheduler.Vcpus[0].Priority, host.Scheduler.Vcpus[0].Parked));
        Assert.Equal([0], host.Waiting(0));
    }

    [Fact]
    public void A_vcpu_that_is_parked_while_it_runs_keeps_its_pcpu_until_the_decision()
    {
        var host = new RecordingHost(1, new VcpuShare(0, 256, 0.25));
        host.Start(0, pcpu: 0);
        host.Scheduler.Tick(0, 30 * Ms);
        host.Scheduler.Account(30 * Ms);
        Assert.Equal(["park 0"], host.Asked);
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(0, currentRunnable: false, 30 * Ms).Vcpu);
        Assert.Equal(-225, host.Scheduler.Vcpus[0].Credit);
    }

    /// <summary>A host whose vcpus are all active and blocked and have no credits. The first joined last, so its domain is the first of a pass.</summary>
    private static RecordingHost Active(int pcpus, params VcpuShare[] vcpus)
    {
        var host = new RecordingHost(pcpus, vcpus);
        for (int vcpu = vcpus.Length - 1; vcpu >= 0; vcpu--)
        {
            host.Start(vcpu, pcpu: 0);
            host.Scheduler.Tick(0, 0);
            host.Scheduler.Pick(0, currentRunnable: false, 0);
        }

        return host;
    }

    private static void SetCredits(RecordingHost host, params int[] credits)
    {
        for (int vcpu = 0; vcpu < credits.Length; vcpu++)
            host.Scheduler.Vcpus[vcpu].Credit = credits[vcpu];
    }

    private static int[] AfterAccounting(RecordingHost host)
    {
        host.Scheduler.Account(0);
        return [.. host.Scheduler.Vcpus.Select(v => v.Credit)];
    }
}
