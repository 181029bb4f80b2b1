using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using CsCheck;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>Pcpus 0 and 1 are threads of one core, 2 and 3 of another.</summary>
public sealed class HyperThreadTests
{
    private static MachineCosts Threads(double sharedSpeed) => new(0, 0, ThreadsPerCore: 2, SharedSpeed: sharedSpeed);

    [Theory]
    [InlineData(new[] { 0 }, 1.0)]
    [InlineData(new[] { 0, 1 }, 0.62)]
    [InlineData(new[] { 1, 2 }, 1.0)]
    [InlineData(new[] { 2, 3 }, 0.62)]
    public void Two_spinners_of_one_core_proceed_at_shared_speed_and_others_at_full_speed(int[] pinned, double speed)
    {
        TestKernel[] kernels = [.. pinned.Select(_ => new TestKernel(Ms))];
        new MachineRig(4, Threads(0.62), new CreditSettings(), [.. kernels.Select((k, i) => (k, On(i, pinned[i])))]).WakeAll().RunUntil(Second);
        Assert.All(kernels, k => Assert.InRange(k.WorkedNs, (long)(speed * Second) - Ms, (long)(speed * Second)));
    }

    /// <summary>One works 10 ms from the start, the other 3 ms from 4 ms on; at half speed both take what they take.</summary>
    [Fact]
    public void A_piece_goes_on_at_another_speed_from_the_moment_that_its_neighbour_begins_or_ends()
    {
        TestKernel first = new(10 * Ms, Second), second = new(3 * Ms, Second);
        var rig = new MachineRig(2, Threads(0.5), new CreditSettings(), (first, On(0, 0)), (second, On(1, 1)));
        rig.At(0, () => rig.Machine.Prod(0, 0));
        rig.At(4 * Ms, () => rig.Machine.Prod(1, 4 * Ms));
        rig.RunUntil(100 * Ms);
        Assert.Equal([("own", 13 * Ms)], first.Log);
        Assert.Equal([("own", 10 * Ms)], second.Log);
        Assert.Equal((13 * Ms, 6 * Ms), (rig.RanNs(0), rig.RanNs(1)));
    }

    [Fact]
    public void Time_is_as_seen_and_work_lies_between_shared_and_full_speed() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.Long[100_000, 20_000_000], Gen.Long[1, 30_000_000]).Array[1, 6], Gen.Double[0.3, 1]).Sample(
            (pcpus, vcpus, speed) =>
            {
                TestKernel[] kernels = [.. vcpus.Select(v => new TestKernel(v.Item1, v.Item2) { Naps = 5 })];
                MachineRig rig = new MachineRig(pcpus, Threads(speed), new CreditSettings(), [.. kernels.Select((k, i) => (k, Share(i)))]).WakeAll();
                rig.RunUntil(5 * Second, rig.AssertOnePlaceEach);
                rig.AssertTimesAreAsSeen();
                for (int v = 0; v < vcpus.Length; v++)
                {
                    Assert.Equal(5 * vcpus[v].Item1, kernels[v].WorkedNs);
                    // Each change of speed rounds by less than two ns.
                    Assert.InRange(rig.RanNs(v), kernels[v].WorkedNs, (long)(kernels[v].WorkedNs / speed) + 10_000);
                }
            },
            iter: 60, threads: 1);

    /// <summary>The second runs for 1 ms on the other thread, or on another core, between two runs of the first.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Caches_are_cold_when_another_vcpu_had_the_core(int otherPcpu, bool cold)
    {
        TestKernel first = new(0), second = new(0);
        var rig = new MachineRig(4, new MachineCosts(0, 100 * Us, ThreadsPerCore: 2), new CreditSettings(), (first, On(0, 0)), (second, On(1, otherPcpu)));
        Give(rig, first, 0, Ms, 0);
        Give(rig, second, 1, Ms, 2 * Ms);
        Give(rig, first, 0, Ms, 4 * Ms);
        rig.RunUntil(Second);
        Assert.Equal((2 * Ms) + (cold ? 100 * Us : 0), rig.RanNs(0));
    }

    /// <summary>It takes 0.4 ms to fill the caches of a vcpu: before all else, or half of the time for as long as it takes.</summary>
    [Theory]
    [InlineData(0.0, 1, 500 * Us, 1_500 * Us)]
    [InlineData(0.5, 1, 200 * Us, 1_400 * Us)]
    [InlineData(0.5, 2, 500 * Us, 1_500 * Us)]
    public void Caches_fill_before_or_during_the_work_that_misses_them(double share, int pieces, long firstNs, long lastNs)
    {
        TestKernel kernel = new(0), other = new(0);
        var rig = new MachineRig(1, new MachineCosts(0, 400 * Us, RefillShare: share), new CreditSettings(), (kernel, Share(0)), (other, Share(1)));
        Give(rig, other, 1, Ms, 0);
        long[] work = share == 0 ? [100 * Us, Ms] : pieces == 1 ? [100 * Us, 900 * Us] : [250 * Us, 850 * Us];
        foreach (long costNs in work)
            Give(rig, kernel, 0, costNs, 2 * Ms);
        rig.RunUntil(Second);
        Assert.Equal([("Process", (2 * Ms) + firstNs), ("Process", (2 * Ms) + lastNs)], kernel.Log);
        Assert.Equal(lastNs, rig.RanNs(0));
    }

    private static void Give(MachineRig rig, TestKernel kernel, int vcpu, long costNs, long atNs) => rig.At(atNs, () =>
    {
        kernel.Give(WorkLevel.Process, costNs);
        rig.Machine.Prod(vcpu, atNs);
    });

    private static VcpuShare On(int domain, int pcpu) => new(domain, 256, 0, VcpuShare.AffinityOf([pcpu]));
}
