using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A credit scheduler of Xen 3.4 for direct calls.</summary>
internal sealed class Credit34Host(int pcpus, params VcpuShare[] vcpus) : RecorderFor<Credit34Scheduler>(host => new Credit34Scheduler(host, pcpus, vcpus))
{
    /// <summary>Wakes a vcpu and gives it an idle pcpu at once.</summary>
    public void Start(int vcpu, int pcpu, long nowNs = 0)
    {
        Scheduler.Vcpus[vcpu].Pcpu = pcpu;
        Scheduler.Wake(vcpu, nowNs);
        Assert.Equal(vcpu, Scheduler.Pick(pcpu, currentRunnable: false, nowNs).Vcpu);
        Asked.Clear();
    }

    /// <summary>Puts a vcpu of a class into a pcpu's queue.</summary>
    public void Queue(int vcpu, int pcpu, CreditPriority priority)
    {
        CreditVcpu queued = Scheduler.Vcpus[vcpu];
        (queued.Pcpu, queued.Priority) = (pcpu, priority);
        Scheduler.Pcpus[pcpu].Queue.Insert(queued);
    }

    /// <summary>Vcpus that wait for a pcpu, in order.</summary>
    public int[] Waiting(int pcpu) => [.. Scheduler.Pcpus[pcpu].Queue.Entries.ToArray().Select(v => v.Id)];
}
