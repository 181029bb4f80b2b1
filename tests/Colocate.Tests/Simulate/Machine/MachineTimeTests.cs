using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using CsCheck;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>Where the time goes, to the ns: hosts of any size with sleepers, spinners, weights and a cap.</summary>
public sealed class MachineTimeTests
{
    private static readonly Gen<(long WorkNs, long SleepNs, int Weight)> s_vcpu =
        Gen.Select(Gen.Long[1, 20_000_000], Gen.OneOf(Gen.Const(0L), Gen.Long[1, 30_000_000]), Gen.Int[1, 1024]);

    private static readonly Gen<Host> s_hosts = Gen.Select(Gen.Int[1, 3], s_vcpu.Array[1, 6], Gen.Int[0, 4], (pcpus, vcpus, quarters) => new Host(pcpus, vcpus, quarters * 0.25));

    [Fact]
    public void After_every_event_a_vcpu_has_one_place_and_no_pcpu_idles_while_one_waits() => s_hosts.Sample(
        host =>
        {
            MachineRig rig = host.Build(default);
            rig.RunUntil(300 * Ms, () =>
            {
                rig.AssertOnePlaceEach();
                rig.AssertNoneIdlesWhileOneWaits();
            });
        },
        iter: 100, threads: 1);

    [Fact]
    public void States_of_a_vcpu_add_up_to_wall_time_and_pcpus_run_one_vcpu_or_idle() => s_hosts.Sample(
        host => host.Build(new MachineCosts(1_700, 900)).RunUntil(400 * Ms).AssertTimesAreAsSeen(),
        iter: 100, threads: 1);

    /// <summary>Everybody sleeps at the end, so what was paid is what was worked and what the switches took.</summary>
    [Fact]
    public void A_vcpu_runs_for_its_work_its_switches_and_its_cold_starts_and_for_nothing_else() => s_hosts.Where(h => h.Vcpus.All(v => v.SleepNs > 0)).Sample(
        host =>
        {
            MachineRig rig = host.Build(new MachineCosts(1_700, 900), naps: 5);
            rig.RunUntil(10 * Second);
            for (int v = 0; v < host.Vcpus.Length; v++)
            {
                Assert.Equal(RunState.Blocked, rig.Machine.Vcpus[v].State);
                Assert.Equal((5 * host.Vcpus[v].WorkNs) + (1_700 * rig.Machine.Vcpus[v].Executions) + (900 * rig.ColdStarts[v]), rig.RanNs(v));
            }
        },
        iter: 100, threads: 1);

    [Fact]
    public void Executions_wakes_and_switches_are_counted_once_each()
    {
        // Two nappers that never meet, on one pcpu: 10 ms apart, each for 2 ms, five times.
        TestKernel first = new(2 * Ms, 18 * Ms) { Naps = 5 }, second = new(2 * Ms, 18 * Ms) { Naps = 5 };
        var rig = new MachineRig(1, (first, Share(0)), (second, Share(1)));
        rig.At(0, () => rig.Machine.Prod(0, 0));
        rig.At(10 * Ms, () => rig.Machine.Prod(1, 10 * Ms));
        rig.RunUntil(200 * Ms);
        Assert.All(rig.Machine.Vcpus, v => Assert.Equal((5, 5), (v.Executions, v.Wakes)));
        Assert.Equal((20, 0), (rig.Machine.Pcpus[0].Switches, rig.Machine.Pcpus[0].GuestSwitches));
        Assert.Equal([5L, 4], rig.ColdStarts.OrderDescending());
    }

    [Fact]
    public void Spinners_switch_from_one_to_the_other_after_one_slice_or_two()
    {
        MachineRig rig = new MachineRig(1, (new TestKernel(Ms), Share(0)), (new TestKernel(Ms), Share(1))).WakeAll().RunUntil(Second + Ms);
        Assert.InRange(rig.Machine.Pcpus[0].Switches, 1000 / 60, 1000 / 30 + 1);
        Assert.Equal(rig.Machine.Pcpus[0].Switches - 1, rig.Machine.Pcpus[0].GuestSwitches);
        Assert.All(rig.Machine.Vcpus, v => Assert.Equal(1, v.Wakes));
    }

    private sealed record Host(int Pcpus, (long WorkNs, long SleepNs, int Weight)[] Vcpus, double Cap)
    {
        public MachineRig Build(MachineCosts costs, int naps = int.MaxValue) => new MachineRig(
            Pcpus, costs, new CreditSettings(),
            [.. Vcpus.Select((v, i) => (new TestKernel(v.WorkNs, v.SleepNs) { Naps = naps }, Share(i, v.Weight, i == 0 ? Cap : 0)))]).WakeAll();
    }
}
