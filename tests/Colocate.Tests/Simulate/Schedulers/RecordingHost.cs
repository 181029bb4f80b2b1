using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A credit scheduler for direct calls.</summary>
internal sealed class RecordingHost(CreditSettings settings, int pcpus, params VcpuShare[] vcpus)
    : RecorderFor<CreditScheduler>(host => new CreditScheduler(host, settings, pcpus, vcpus))
{
    public const long Us = 1_000, Ms = 1_000_000;

    public RecordingHost(int pcpus, params VcpuShare[] vcpus)
        : this(new CreditSettings(), pcpus, vcpus)
    {
    }

    /// <summary>Domains of equal weight without caps, with one vcpu each.</summary>
    public static VcpuShare[] EqualDomains(int domains) => [.. Enumerable.Range(0, domains).Select(d => new VcpuShare(d, 256, 0))];

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
