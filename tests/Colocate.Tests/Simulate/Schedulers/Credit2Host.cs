using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A credit2 scheduler for direct calls.</summary>
internal sealed class Credit2Host(int ratelimitUs, int pcpus, params VcpuShare[] vcpus)
    : RecorderFor<Credit2Scheduler>(host => new Credit2Scheduler(host, ratelimitUs, pcpus, vcpus))
{
    public const int CreditMs = 1_000_000;

    public Credit2Host(int pcpus, params VcpuShare[] vcpus)
        : this(1_000, pcpus, vcpus)
    {
    }

    /// <summary>Wakes a vcpu with some credit and gives it an idle pcpu at once.</summary>
    public void Start(int vcpu, int pcpu, long nowNs = 0, int credit = Credit2Scheduler.CreditInit)
    {
        (Scheduler.Vcpus[vcpu].Pcpu, Scheduler.Vcpus[vcpu].Credit) = (pcpu, credit);
        Scheduler.Wake(vcpu, nowNs);
        Assert.Equal(vcpu, Scheduler.Pick(pcpu, currentRunnable: false, nowNs).Vcpu);
        Asked.Clear();
    }

    /// <summary>Puts a vcpu that had a pcpu last into the queue.</summary>
    public void Queue(int vcpu, int pcpu, int credit)
    {
        Credit2Vcpu queued = Scheduler.Vcpus[vcpu];
        (queued.Pcpu, queued.Credit) = (pcpu, credit);
        Scheduler.Queue.Insert(queued);
    }

    /// <summary>Vcpus that wait, in order.</summary>
    public int[] Waiting => [.. Scheduler.Queue.Entries.ToArray().Select(v => v.Id)];
}
