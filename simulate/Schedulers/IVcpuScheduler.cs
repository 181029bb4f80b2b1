namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Decides which vcpu has which pcpu. It keeps run queues and priorities; the host keeps time, run states and the work that vcpus do.
/// Vcpus and pcpus are numbered from 0. Called by one thread, in the order of simulated time; no call allocates.
/// </summary>
public interface IVcpuScheduler
{
    /// <summary>Period of <see cref="Tick"/> on every pcpu, in ns; 0 when there are no ticks. Xen sets the timer anew when it is served, so it drifts.</summary>
    long TickNs { get; }

    /// <summary>Period of <see cref="Account"/> for the whole host, in ns; 0 when there is no accounting.</summary>
    long AccountNs { get; }

    /// <summary>Whether Xen sets the timer of <see cref="Account"/> anew from the moment it is served, so that it drifts, or for multiples of its period.</summary>
    bool AccountDrifts { get; }

    /// <summary>Wakes so far that put a vcpu before others because it had credits left; null: the scheduler knows no such boost.</summary>
    long? BoostedWakes(int vcpu) => null;

    /// <summary>A vcpu that was blocked is runnable again.</summary>
    void Wake(int vcpu, long nowNs);

    /// <summary>A scheduling decision on one pcpu: charges the vcpu that has it and picks the next one.</summary>
    /// <param name="pcpu">The pcpu.</param>
    /// <param name="currentRunnable">Whether the vcpu that has it could go on; false when it blocked or was parked, and when the pcpu is idle.</param>
    /// <param name="nowNs">Simulated time.</param>
    Dispatch Pick(int pcpu, bool currentRunnable, long nowNs);

    /// <summary>The periodic tick of one pcpu.</summary>
    void Tick(int pcpu, long nowNs);

    /// <summary>The periodic accounting of the whole host.</summary>
    void Account(long nowNs);
}
