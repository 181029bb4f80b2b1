using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>Closed forms of who gets how much, on the real machine under the real scheduler.</summary>
public sealed class MachineShareTests
{
    private const long Slice = 30 * Ms;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lone_spinner_has_a_pcpu_all_the_time(int pcpus)
    {
        MachineRig rig = new MachineRig(pcpus, (Spinner(), Share(0))).WakeAll().RunUntil(Second);
        Assert.Equal(Second, rig.RanNs(0));
        Assert.Equal((pcpus - 1) * Second, rig.Machine.Pcpus.Sum(p => p.IdleNs));
        Assert.Equal(1, rig.Machine.Vcpus[0].Executions);
    }

    /// <summary>Accounting drifts against the slices, so one may have two slices in a row; it has them back later.</summary>
    [Fact]
    public void Two_equal_spinners_share_a_pcpu_evenly_to_within_two_slices()
    {
        MachineRig rig = new MachineRig(1, (Spinner(), Share(0)), (Spinner(), Share(1))).WakeAll();
        for (long endNs = Second; endNs <= 60 * Second; endNs += Second)
        {
            rig.RunUntil(endNs);
            Assert.InRange(rig.RanNs(0) - rig.RanNs(1), -2 * Slice, 2 * Slice);
            Assert.Equal(endNs, rig.RanNs(0) + rig.RanNs(1));
        }
    }

    /// <summary>Credits are cut at one slice's below zero and halved above, so far from equal weights the smaller gets a little more.</summary>
    [Theory]
    [InlineData(512, 256)]
    [InlineData(256, 768)]
    public void Spinners_share_a_pcpu_by_weight(int first, int second)
    {
        MachineRig rig = new MachineRig(1, (Spinner(), Share(0, first)), (Spinner(), Share(1, second))).WakeAll().RunUntil(60 * Second);
        Assert.Equal((double)first / (first + second), rig.RanNs(0) / (60.0 * Second), 0.02);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    public void Equal_spinners_share_all_pcpus_and_none_idles(int pcpus, int spinners)
    {
        MachineRig rig = new MachineRig(pcpus, [.. Enumerable.Range(0, spinners).Select(i => (Spinner(), Share(i)))]).WakeAll().RunUntil(20 * Second);
        Assert.All(Enumerable.Range(0, spinners), v => Assert.Equal((double)pcpus / spinners, rig.RanNs(v) / (20.0 * Second), 0.02));
        Assert.All(rig.Machine.Pcpus, p => Assert.Equal(0, p.IdleNs));
    }

    [Theory]
    [InlineData(1, 0.25, false)]
    [InlineData(1, 0.25, true)]
    [InlineData(2, 0.4, true)]
    public void A_cap_holds_to_within_an_accounting_period_and_the_others_get_the_rest(int pcpus, double cap, bool beside)
    {
        (TestKernel, VcpuShare)[] vcpus = [(Spinner(), Share(0, cap: cap)), .. beside ? [(Spinner(), Share(1))] : Array.Empty<(TestKernel, VcpuShare)>()];
        MachineRig rig = new MachineRig(pcpus, vcpus).WakeAll();
        rig.RunUntil(10 * Second);
        // The accounting period of the machine is a little longer than the nominal one that credits are given for.
        double given = rig.RanNs(0) / (10.0 * Second);
        Assert.InRange(given, (cap * 30 / 30.05) - 0.003, cap + 0.003);
        Assert.Equal(10 * Second - rig.RanNs(0), rig.Machine.Vcpus[0].InStateNs(RunState.Offline) + rig.Machine.Vcpus[0].InStateNs(RunState.Runnable));
        if (beside)
            Assert.Equal(pcpus == 1 ? 10 * Second - rig.RanNs(0) : 10 * Second, rig.RanNs(1));
    }

    [Fact]
    public void A_capped_vcpu_that_sleeps_while_parked_wakes_when_it_may_run_again()
    {
        // Half of the time it would run, a fifth it may.
        var napper = new TestKernel(5 * Ms, 5 * Ms);
        MachineRig rig = new MachineRig(1, (napper, Share(0, cap: 0.2))).WakeAll().RunUntil(10 * Second, null);
        Assert.Equal(0.2, rig.RanNs(0) / (10.0 * Second), 0.004);
        rig.AssertTimesAreAsSeen();
        Assert.True(rig.Machine.Vcpus[0].InStateNs(RunState.Offline) > Second);
    }

    [Fact]
    public void Work_that_fits_is_done_on_time_whoever_spins_beside_it()
    {
        var napper = new TestKernel(Ms, 9 * Ms);
        MachineRig rig = new MachineRig(1, (napper, Share(0)), (Spinner(), Share(1))).WakeAll().RunUntil(10 * Second);
        // Each round takes 10 ms and what the rate limit of 1 ms may add.
        Assert.InRange(napper.Begun, 10_000 / 11, 10_000 / 10);
        Assert.Equal(10 * Second, rig.RanNs(0) + rig.RanNs(1));
    }

    private static TestKernel Spinner() => new(workNs: 700 * Us);
}
