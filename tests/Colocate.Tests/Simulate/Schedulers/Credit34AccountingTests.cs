using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>Accounting of Xen 3.4, where it differs from later versions, and what both share as far as it decides.</summary>
public sealed class Credit34AccountingTests
{
    /// <summary>Pcpus; weight, cap in percent and active vcpus of each domain, in the order of the pass; credits that each of their vcpus gets.</summary>
    public static TheoryData<int, (int Weight, int CapPercent, int Vcpus)[], int[]> Grants => new()
    {
        { 1, [(256, 0, 1), (256, 0, 1)], [150, 150] },
        { 1, [(512, 0, 1), (256, 0, 1)], [200, 100] },
        { 1, [(256, 0, 2), (256, 0, 1)], [75, 150] },
        { 2, [(256, 0, 2), (256, 0, 2)], [150, 150] },
        { 2, [(256, 150, 2), (256, 0, 2)], [150, 150] },
        { 2, [(256, 50, 2), (256, 0, 2)], [75, 225] },
        { 1, [(256, 25, 1), (256, 0, 1)], [75, 225] },
        { 2, [(256, 0, 1)], [300] },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void The_weight_of_a_domain_counts_once_however_many_of_its_vcpus_earn(int pcpus, (int Weight, int CapPercent, int Vcpus)[] domains, int[] credits)
    {
        VcpuShare[] shares = [.. domains.SelectMany((d, number) => Enumerable.Repeat(new VcpuShare(number, d.Weight, d.CapPercent / 100.0), d.Vcpus))];
        Credit34Host host = Active(pcpus, shares);
        host.Scheduler.Account(30 * Ms);
        Assert.Equal(domains.SelectMany((d, number) => Enumerable.Repeat(credits[number], d.Vcpus)), host.Scheduler.Vcpus.Select(v => v.Credit));
    }

    [Fact]
    public void A_vcpu_with_more_than_one_slice_of_credits_loses_all_and_stops_earning_until_a_tick_finds_it()
    {
        Credit34Host host = Active(1, EqualDomains(1));
        host.Scheduler.Vcpus[0].Credit = 1;
        host.Scheduler.Account(0);
        Assert.Equal((0, false, CreditPriority.Under), (host.Scheduler.Vcpus[0].Credit, host.Scheduler.Vcpus[0].Active, host.Scheduler.Vcpus[0].Priority));
        host.Scheduler.Account(0);
        Assert.Equal(0, host.Scheduler.Vcpus[0].Credit);
    }

    [Fact]
    public void A_vcpu_that_leaves_takes_the_weight_of_its_domain_with_it_only_when_it_is_the_last()
    {
        VcpuShare pair = new(0, 512, 0), single = new(1, 256, 0);
        Credit34Host host = Active(1, pair, pair, single);
        foreach ((int vcpu, int credit) in new[] { (0, 300), (1, -1000), (2, -1000) })
            host.Scheduler.Vcpus[vcpu].Credit = credit;
        host.Scheduler.Account(0);
        Assert.Equal([false, true, true], host.Scheduler.Vcpus.Select(v => v.Active));
        foreach (CreditVcpu vcpu in host.Scheduler.Vcpus)
            vcpu.Credit = 0;
        host.Scheduler.Account(0);
        // What all owed, 600, comes on top of the 300 of the pcpu; weights 2 to 1.
        Assert.Equal([0, 0, 300], host.Scheduler.Vcpus.Select(v => v.Active ? v.Credit : 0));
        Assert.False(host.Scheduler.Vcpus[1].Active);
    }

    [Theory]
    [InlineData(-301, -1, nameof(CreditPriority.Over))]
    [InlineData(-300, 0, nameof(CreditPriority.Under))]
    [InlineData(-999, -300, nameof(CreditPriority.Over))]
    public void The_class_follows_the_sign_of_the_credits_which_stop_at_minus_one_slice(int before, int after, string priority)
    {
        Credit34Host host = Active(1, EqualDomains(1));
        (host.Scheduler.Vcpus[0].Credit, host.Scheduler.Vcpus[0].Priority) = (before, CreditPriority.Boost);
        host.Scheduler.Account(0);
        Assert.Equal((after, Enum.Parse<CreditPriority>(priority)), (host.Scheduler.Vcpus[0].Credit, host.Scheduler.Vcpus[0].Priority));
    }

    [Fact]
    public void Who_owes_more_than_its_cap_gives_is_parked_until_it_owes_nothing_and_wakes_without_a_boost()
    {
        Credit34Host host = Active(1, new VcpuShare(0, 256, 0.25));
        host.Queue(0, 0, CreditPriority.Under);
        host.Scheduler.Vcpus[0].Credit = -151;
        host.Scheduler.Account(0);
        Assert.Equal(["park 0"], host.TakeAsked());
        Assert.Empty(host.Waiting(0));
        host.Scheduler.Account(0);
        Assert.Empty(host.TakeAsked());
        host.Scheduler.Account(0);
        Assert.Equal(["unpark 0", "tickle 0"], host.TakeAsked());
        Assert.Equal(CreditPriority.Under, host.Scheduler.Vcpus[0].Priority);
    }

    /// <summary>A host whose vcpus are all active and blocked and have no credits. The first joined last, so its domain is the first of a pass.</summary>
    private static Credit34Host Active(int pcpus, params VcpuShare[] vcpus)
    {
        var host = new Credit34Host(pcpus, vcpus);
        for (int vcpu = vcpus.Length - 1; vcpu >= 0; vcpu--)
        {
            host.Start(vcpu, pcpu: 0);
            host.Scheduler.Tick(0, 0);
            host.Scheduler.Pick(0, currentRunnable: false, 0);
            host.Scheduler.Vcpus[vcpu].Credit = 0;
        }

        return host;
    }
}
