using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>How soon a vcpu that sleeps mostly is served beside one that spins.</summary>
public sealed class BoostTests
{
    private const long WorkNs = 200 * Us;

    [Fact]
    public void Without_a_rate_limit_the_sleeper_is_served_as_if_it_were_alone() =>
        Assert.Equal(Enumerable.Repeat(WorkNs, 500), ServiceTimes(ratelimitUs: 0, beside: true));

    [Fact]
    public void Alone_it_is_served_at_once() => Assert.Equal(Enumerable.Repeat(WorkNs, 500), ServiceTimes(ratelimitUs: 1_000, beside: false));

    /// <summary>The spinner got the pcpu when the sleeper blocked, so a limit is felt only by those who come back before it is over.</summary>
    [Theory]
    [InlineData(700, 1_000, 300)]
    [InlineData(1_500, 1_000, 0)]
    [InlineData(1_500, 5_000, 3_500)]
    public void A_rate_limit_delays_it_by_what_the_spinner_has_left_of_it(int sleepUs, int ratelimitUs, int delayUs)
    {
        long[] times = ServiceTimes(ratelimitUs, beside: true, sleepUs);
        Assert.Equal(WorkNs + (delayUs * Us), times.Order().ElementAt(times.Length / 2));
    }

    [Fact]
    public void One_without_credits_waits_for_the_end_of_the_slice()
    {
        // It takes three quarters of the pcpu whenever it can, so it is over its share and not boosted.
        long[] times = ServiceTimes(ratelimitUs: 1_000, beside: true, sleepUs: 2_000, workNs: 15 * Ms);
        Assert.InRange(times.Average(), 15 * Ms + (5 * Ms), 15 * Ms + (30 * Ms));
    }

    private static long[] ServiceTimes(int ratelimitUs, bool beside, int sleepUs = 7_300, long workNs = WorkNs)
    {
        var sleeper = new TestKernel(workNs: 0);
        (TestKernel, VcpuShare)[] vcpus = [(sleeper, Share(0)), .. beside ? [(new TestKernel(Ms), Share(1))] : Array.Empty<(TestKernel, VcpuShare)>()];
        var rig = new MachineRig(1, default, new CreditSettings { RatelimitUs = ratelimitUs }, vcpus);
        rig.WakeAll();
        List<long> times = [];
        long askedNs = 50 * Ms;
        while (times.Count < 500)
        {
            long atNs = askedNs;
            rig.At(atNs, () =>
            {
                sleeper.Give(WorkLevel.Process, workNs);
                rig.Machine.Prod(0, atNs);
            });
            for (int had = sleeper.Log.Count; sleeper.Log.Count == had;)
                rig.RunUntil(Math.Max(rig.NowNs, atNs) + (10 * Us));
            times.Add(sleeper.Log[^1].AtNs - atNs);
            askedNs = sleeper.Log[^1].AtNs + (sleepUs * Us);
        }

        return [.. times];
    }
}
