using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A scheduler for direct calls, and a record of what it asks of its host. Every vcpu wants to run when it is unparked.</summary>
internal class RecorderFor<TScheduler> : ISchedulerHost
    where TScheduler : IVcpuScheduler
{
    public RecorderFor(Func<ISchedulerHost, TScheduler> make) => Scheduler = make(this);

    public TScheduler Scheduler { get; }

    /// <summary>What was asked for, in order: "tickle pcpu", "park vcpu", "unpark vcpu".</summary>
    public List<string> Asked { get; } = [];

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
}
