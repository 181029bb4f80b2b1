using Colocate.Simulate.Schedulers;
using CsCheck;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditChargeTests
{
    [Theory]
    [InlineData(30_000, 300)]
    [InlineData(100, 1)]
    [InlineData(99, 0)]
    [InlineData(1_250, 12)]
    [InlineData(0, 0)]
    public void Running_costs_one_credit_per_100_us(int ranUs, int credits)
    {
        var vcpu = new CreditVcpu(0, 0, 0);
        vcpu.Charge(ranUs * Us);
        Assert.Equal(-credits, vcpu.Credit);
    }

    [Fact]
    public void What_a_charge_leaves_over_counts_twice_until_a_credit_is_paid_ahead()
    {
        var vcpu = new CreditVcpu(0, 0, 0);
        List<int> charged = [];
        for (int burst = 0; burst < 9; burst++)
        {
            vcpu.Charge(30 * Us);
            charged.Add(-vcpu.Credit);
        }

        Assert.Equal([0, 0, 1, 2, 2, 2, 2, 2, 3], charged);
    }

    [Fact]
    public void However_often_a_vcpu_is_charged_it_pays_within_one_credit_of_what_it_ran() => Gen.Long[0, 3_000_000].Array[1, 200].Sample(
        bursts =>
        {
            var vcpu = new CreditVcpu(0, 0, 0);
            long ranNs = 0;
            foreach (long burst in bursts)
            {
                vcpu.Charge(burst);
                ranNs += burst;
                Assert.InRange((-vcpu.Credit * CreditSettings.NsPerCredit) - ranNs, -CreditSettings.NsPerCredit + 1, CreditSettings.NsPerCredit - 1);
            }
        },
        iter: 1000, threads: 1);

    [Fact]
    public void A_decision_and_a_tick_charge_whoever_has_the_pcpu_and_only_for_its_own_time()
    {
        var host = new RecordingHost(1, RecordingHost.EqualDomains(2));
        host.Start(0, pcpu: 0, 3 * Ms);
        host.Scheduler.Tick(0, 5 * Ms);
        Assert.Equal(-20, host.Scheduler.Vcpus[0].Credit);
        host.Queue(1, 0, CreditPriority.Under);
        Assert.Equal(1, host.Scheduler.Pick(0, currentRunnable: true, 6 * Ms).Vcpu);
        host.Scheduler.Tick(0, 10 * Ms);
        Assert.Equal([-30, -40], host.Scheduler.Vcpus.Select(v => v.Credit));
    }
}
