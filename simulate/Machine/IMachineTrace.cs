namespace Colocate.Simulate.Machine;

/// <summary>
/// Told what a machine and its kernels do, in the order in which it happens; the machine's numbers of vcpus and pcpus count from 0. Called by the
/// machine's thread; no call may allocate, for there is one per event.
/// </summary>
public interface IMachineTrace
{
    /// <summary>Joins a machine: from now on it is told. Called between two events, with all times up to date.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Open(HostMachine machine, long nowNs);

    /// <summary>Leaves the machine.</summary>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Close(long nowNs);

    /// <summary>A blocked vcpu, or one whose cap lets it go on, is woken.</summary>
    /// <param name="pcpu">Where the cause was.</param>
    /// <param name="vcpu">The vcpu.</param>
    /// <param name="from">Its state before: blocked or offline.</param>
    /// <param name="to">Its state after: runnable, or offline while its cap holds it.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Wake(int pcpu, int vcpu, RunState from, RunState to, long nowNs);

    /// <summary>The scheduler takes a vcpu out because its domain used up its cap: a runnable one goes offline now, a running one when it leaves its pcpu.</summary>
    /// <param name="pcpu">Where the scheduler found out.</param>
    /// <param name="vcpu">The vcpu.</param>
    /// <param name="from">Its state before.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Park(int pcpu, int vcpu, RunState from, long nowNs);

    /// <summary>A pcpu goes from one vcpu to another.</summary>
    /// <param name="pcpu">The pcpu.</param>
    /// <param name="from">The vcpu that had it; <see cref="Schedulers.Dispatch.Idle"/> when none.</param>
    /// <param name="leavesTo">The state in which that vcpu leaves; runnable for idle.</param>
    /// <param name="to">The vcpu that gets it, runnable until now; <see cref="Schedulers.Dispatch.Idle"/> when none.</param>
    /// <param name="sliceNs">Its slice, in ns; <see cref="long.MaxValue"/> = no limit.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Switch(int pcpu, int from, RunState leavesTo, int to, long sliceNs, long nowNs);

    /// <summary>The scheduler decided, and the pcpu stays with whom it was.</summary>
    /// <param name="pcpu">The pcpu.</param>
    /// <param name="vcpu">The vcpu that has it; <see cref="Schedulers.Dispatch.Idle"/> when none.</param>
    /// <param name="sliceNs">Its slice, in ns; <see cref="long.MaxValue"/> = no limit.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void Continue(int pcpu, int vcpu, long sliceNs, long nowNs);

    /// <summary>A running vcpu sends an event.</summary>
    void Notify(int vcpu, long nowNs);

    /// <summary>A running vcpu asks for grant copies in one hypercall; none when there are no operations.</summary>
    void GrantCopy(int vcpu, long operations, long nowNs);

    /// <summary>A running vcpu maps pages of another domain in one hypercall; none when there are no pages.</summary>
    /// <param name="vcpu">Who maps.</param>
    /// <param name="granter">A vcpu of the domain whose pages they are.</param>
    /// <param name="pages">How many.</param>
    /// <param name="nowNs">Simulated time, in ns.</param>
    void GrantMap(int vcpu, int granter, long pages, long nowNs);

    /// <summary>A running vcpu unmaps such pages; parameters as in <see cref="GrantMap"/>.</summary>
    void GrantUnmap(int vcpu, int granter, long pages, long nowNs);
}
