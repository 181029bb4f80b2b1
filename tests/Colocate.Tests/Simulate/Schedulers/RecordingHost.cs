using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A credit scheduler for direct calls, and a record of what it asks of its host. Every vcpu wants to run when it is unparked.</summary>
internal sealed class RecordingHost : ISchedulerHost
{
    public const long Us = 1_000, Ms = 1_000_000;

    public RecordingHost(int pcpus, params VcpuShare[] vcpus)
        : this(new CreditSettings(), pcpus, vcpus)
    {
    }

    public RecordingHost(CreditSettings settings, int pcpus, params VcpuShare[] vcpus) => Scheduler = new CreditScheduler(this, settings, pcpus, vcpus);

    public CreditScheduler Scheduler { get; }

    /// <summary>What was asked for, in order: "tickle pcpu", "park vcpu", "unpark vcpu".</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Domains of equal weight without caps, with one vcpu each.</summary>
    public static VcpuShare[] EqualDomains(int domains) => [.. Enumerable.Range(0, domains).Select(d => new VcpuShare(d, 256, 0))];

    public void Tickle(int pcpu) => Asked.Add($"tickle {pcpu}");

    public void SetParked(int vcpu, bool parked)
    {
        Asked.Add(parked ? $"park {vcpu}" : $"unpark {vcpu}");
        if (!parked)
            Scheduler.Wake(vcpu, 0);
    }

    /// <summary>What has been asked for since the last call.</summary>
    public List<string> TakeAsked()
    {
        List<string> asked = [.. Asked];
        Asked.Clear();
        return asked;
    }

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
