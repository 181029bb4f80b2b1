using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;
using Colocate.Tests.Simulate.Machine;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class NullSchedulerTests
{
    private static readonly VcpuShare s_a = new(0, 256, 0), s_b = new(1, 256, 0);

    [Fact]
    public void Every_vcpu_has_a_pcpu_of_its_own_and_runs_there_as_long_as_it_likes()
    {
        RecorderFor<NullScheduler> host = Host(2, s_a, s_b);
        host.Scheduler.Wake(1, 0);
        host.Scheduler.Wake(0, 0);
        Assert.Equal(["tickle 1", "tickle 0"], host.TakeAsked());
        Assert.Equal(new Dispatch(1, long.MaxValue), host.Scheduler.Pick(1, currentRunnable: false, 0));
        Assert.Equal(new Dispatch(0, long.MaxValue), host.Scheduler.Pick(0, currentRunnable: false, 0));
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(1, currentRunnable: false, 5).Vcpu);
        Assert.Equal(Dispatch.Idle, host.Scheduler.Pick(1, currentRunnable: false, 6).Vcpu);
        host.Scheduler.Wake(1, 7);
        Assert.Equal(1, host.Scheduler.Pick(1, currentRunnable: false, 7).Vcpu);
    }

    [Fact]
    public void Pcpus_are_given_in_the_order_of_the_vcpus_and_who_comes_late_has_none()
    {
        RecorderFor<NullScheduler> host = Host(3, s_a, s_a, s_b, s_b);
        for (int vcpu = 3; vcpu >= 0; vcpu--)
            host.Scheduler.Wake(vcpu, 0);
        Assert.Equal(["tickle 2", "tickle 1", "tickle 0"], host.Asked);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(p => host.Scheduler.Pick(p, currentRunnable: false, 0).Vcpu));
    }

    [Fact]
    public void A_pinned_vcpu_gets_a_free_pcpu_of_its_own_or_none()
    {
        RecorderFor<NullScheduler> host = Host(3, s_a with { Affinity = 0b100 }, s_b with { Affinity = 0b100 }, new VcpuShare(2, 256, 0));
        for (int vcpu = 0; vcpu < 3; vcpu++)
            host.Scheduler.Wake(vcpu, 0);
        Assert.Equal(["tickle 2", "tickle 0"], host.Asked);
    }

    [Fact]
    public void The_second_vcpu_of_a_domain_prefers_the_second_pcpu()
    {
        RecorderFor<NullScheduler> host = Host(3, s_a with { Affinity = 0b100 }, s_a);
        host.Scheduler.Wake(1, 0);
        Assert.Equal(["tickle 1"], host.Asked);
    }

    [Fact]
    public void On_the_machine_a_vcpu_without_a_pcpu_waits_for_ever()
    {
        var rig = new MachineRig(1, default, (host, shares) => new NullScheduler(host, 1, shares), (new TestKernel(Ms), s_a), (new TestKernel(Ms), s_b));
        rig.WakeAll().RunUntil(1_000 * Ms);
        Assert.Equal((1_000 * Ms, 0L), (rig.RanNs(0), rig.RanNs(1)));
        Assert.Equal(1_000 * Ms, rig.Machine.Vcpus[1].InStateNs(RunState.Runnable));
        Assert.Equal(1, rig.Machine.Vcpus[0].Executions);
    }

    [Fact]
    public void Weights_and_caps_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Host(1, new VcpuShare(0, 512, 0)));
        Assert.Throws<ArgumentException>(() => Host(1, new VcpuShare(0, 256, 0.5)));
    }

    private static RecorderFor<NullScheduler> Host(int pcpus, params VcpuShare[] vcpus) => new(host => new NullScheduler(host, pcpus, vcpus));
}
