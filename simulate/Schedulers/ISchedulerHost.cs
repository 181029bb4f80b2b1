namespace Colocate.Simulate.Schedulers;

/// <summary>What a scheduler asks of the host it decides for.</summary>
public interface ISchedulerHost
{
    /// <summary>Asks for a decision on a pcpu as soon as the current step of the simulation is over; asking twice is asking once.</summary>
    void Tickle(int pcpu);

    /// <summary>
    /// Takes a vcpu out of (or puts it back into) what may run, because its domain used up its cap. The scheduler has already taken it off
    /// its run queue; when it has a pcpu, the host asks for a decision there. Putting back wakes it when it wants to run.
    /// </summary>
    void SetParked(int vcpu, bool parked);
}
