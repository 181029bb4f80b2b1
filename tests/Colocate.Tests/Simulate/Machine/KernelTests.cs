using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Machine.MachineRig;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>What happens inside one vcpu that has a pcpu to itself.</summary>
public sealed class KernelTests
{
    [Fact]
    public void More_urgent_work_interrupts_and_the_rest_is_done_later()
    {
        var kernel = new TestKernel(workNs: 0, upcallNs: Ms);
        MachineRig rig = Rig(kernel);
        rig.At(0, () => Give(rig, kernel, WorkLevel.Process, 10 * Ms, 0));
        rig.At(2 * Ms, () => Give(rig, kernel, WorkLevel.Thread, 4 * Ms, 2 * Ms));
        rig.At(3 * Ms, () => Give(rig, kernel, WorkLevel.SoftIrq, 2 * Ms, 3 * Ms));
        rig.At(4 * Ms, () => rig.Machine.Interrupt(0, 4 * Ms));
        rig.RunUntil(Second);
        Assert.Equal([("upcall", 5 * Ms), ("SoftIrq", 6 * Ms), ("Thread", 9 * Ms), ("Process", 17 * Ms)], kernel.Log);
        Assert.Equal(17 * Ms, rig.RanNs(0));
    }

    [Fact]
    public void Work_of_one_level_is_done_in_order_and_does_not_interrupt_itself()
    {
        var kernel = new TestKernel(workNs: 0);
        MachineRig rig = Rig(kernel);
        rig.At(0, () => Give(rig, kernel, WorkLevel.SoftIrq, 3 * Ms, 0));
        rig.At(Ms, () => Give(rig, kernel, WorkLevel.SoftIrq, Ms, Ms));
        rig.RunUntil(Second);
        Assert.Equal([("SoftIrq", 3 * Ms), ("SoftIrq", 4 * Ms)], kernel.Log);
    }

    [Fact]
    public void Events_that_come_before_the_handler_runs_are_one()
    {
        var kernel = new TestKernel(workNs: 0, upcallNs: 2 * Ms);
        MachineRig rig = Rig(kernel);
        rig.At(0, () => rig.Machine.Interrupt(0, 0));
        rig.At(Ms, () => rig.Machine.Interrupt(0, Ms));
        rig.At(Ms + 1, () => rig.Machine.Interrupt(0, Ms + 1));
        rig.RunUntil(Second);
        // The first is in its handler when the others come.
        Assert.Equal([("upcall", 2 * Ms), ("upcall", 4 * Ms)], kernel.Log);
        Assert.Equal(1, rig.Machine.Vcpus[0].Wakes);
    }

    [Fact]
    public void An_interrupt_wakes_a_blocked_vcpu_and_costs_a_switch_and_an_upcall()
    {
        var kernel = new TestKernel(workNs: 0, upcallNs: 20 * Us);
        MachineRig rig = Rig(kernel, new MachineCosts(300 * Us, 100 * Us));
        rig.At(Ms, () => rig.Machine.Interrupt(0, Ms));
        rig.At(9 * Ms, () => rig.Machine.Interrupt(0, 9 * Ms));
        rig.RunUntil(Second);
        Assert.Equal([("upcall", Ms + (320 * Us)), ("upcall", (9 * Ms) + (320 * Us))], kernel.Log);
        Assert.Equal((2, 640 * Us), (rig.Machine.Vcpus[0].Executions, rig.RanNs(0)));
    }

    /// <summary>The way to sleep takes 2 ms. What comes within them finds the vcpu awake; it then goes the rest of the way, finds that it worked meanwhile, and goes anew.</summary>
    [Theory]
    [InlineData(4, 1, 3 + 1 + 1 + 1 + 2)]
    [InlineData(9, 2, (3 + 2) + (1 + 2))]
    public void An_event_on_the_way_to_sleep_needs_no_other_execution(int secondMs, int executions, int ranMs)
    {
        TestKernel kernel = new(workNs: 0) { IdleEntryNs = 2 * Ms };
        MachineRig rig = Rig(kernel);
        rig.At(0, () => Give(rig, kernel, WorkLevel.Process, 3 * Ms, 0));
        rig.At(secondMs * Ms, () => Give(rig, kernel, WorkLevel.Process, Ms, secondMs * Ms));
        rig.RunUntil(Second);
        Assert.Equal([("Process", 3 * Ms), ("Process", (secondMs + 1) * Ms)], kernel.Log);
        Assert.Equal((executions, ranMs * Ms), (rig.Machine.Vcpus[0].Executions, rig.RanNs(0)));
    }

    [Fact]
    public void A_busy_kernel_ticks_250_times_a_second_and_pays_for_it()
    {
        var kernel = new TestKernel(workNs: Ms, tickNs: 40 * Us);
        MachineRig rig = Rig(kernel).WakeAll().RunUntil(10 * Second);
        Assert.Equal((10 * Second) - (2_500 * 40 * Us), kernel.WorkedNs, (double)(2 * Ms));
        Assert.Equal(10 * Second, rig.RanNs(0));
    }

    [Fact]
    public void An_idle_kernel_stops_its_tick_unless_something_waits_for_it()
    {
        TestKernel still = new(workNs: 0, tickNs: 40 * Us), ticking = new(workNs: 0, tickNs: 40 * Us) { WantsTicks = true };
        foreach (TestKernel kernel in (TestKernel[])[still, ticking])
        {
            MachineRig rig = Rig(kernel);
            rig.At(0, () => rig.Machine.Interrupt(0, 0));
            rig.RunUntil(Second - 1);
            Assert.Equal(kernel.WantsTicks ? 250 : 1, rig.Machine.Vcpus[0].Executions);
            Assert.Equal(kernel.WantsTicks ? 249 * 40 * Us : 0, rig.RanNs(0));
        }
    }

    [Fact]
    public void A_preempted_piece_is_finished_when_its_vcpu_runs_again()
    {
        TestKernel slow = new(workNs: 0), brief = new(workNs: 0);
        var rig = new MachineRig(1, default, new CreditSettings { RatelimitUs = 0 }, (slow, Share(0)), (brief, Share(1)));
        // A tick ends the boost of the first, so the second preempts it.
        rig.At(0, () => Give(rig, slow, WorkLevel.Process, 20 * Ms, 0, vcpu: 0));
        rig.At(15 * Ms, () => Give(rig, brief, WorkLevel.Process, 2 * Ms, 15 * Ms, vcpu: 1));
        rig.RunUntil(Second);
        Assert.Equal([("Process", 17 * Ms)], brief.Log);
        Assert.Equal([("Process", 22 * Ms)], slow.Log);
        Assert.Equal((2, 2 * Ms), (rig.Machine.Vcpus[0].Executions, rig.Machine.Vcpus[0].InStateNs(RunState.Runnable)));
    }

    private static MachineRig Rig(TestKernel kernel, MachineCosts costs = default) => new(1, costs, new CreditSettings(), (kernel, Share(0)));

    private static void Give(MachineRig rig, TestKernel kernel, WorkLevel level, long costNs, long nowNs, int vcpu = 0)
    {
        kernel.Give(level, costNs);
        rig.Machine.Prod(vcpu, nowNs);
    }
}
