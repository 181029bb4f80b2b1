using Colocate.Simulate.Engine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Machine;

/// <summary>
/// Pcpus and vcpus: carries out what the scheduler decides, lets the kernels work while their vcpus run, and keeps the run states. The
/// calendar's owner hands it the events of the kinds in <see cref="MachineEvent"/>.
/// </summary>
public sealed class HostMachine : ISchedulerHost
{
    /// <summary>Period of the timer tick of a busy Linux kernel: 250 Hz, the Debian default (CONFIG_HZ).</summary>
    public const long KernelTickNs = 4_000_000;

    /// <summary>
    /// Xen's credit scheduler sets its tick and accounting timers anew from the moment they are served, so both drift, each at its own pace: by about these times in
    /// traces of the lab. Exactly periodic ones would keep one phase to each other for a whole run.
    /// </summary>
    private const long TickLateNs = 100_000, AccountLateNs = 40_000;

    private readonly EventCalendar _calendar;
    private readonly PcpuWork _work;
    private readonly Pcpu[] _pcpus;
    private readonly Vcpu[] _vcpus;
    private IVcpuScheduler _scheduler = null!;
    private bool _anyTickled;
    private long _nowNs;

    /// <summary>Makes a machine whose vcpus are all blocked.</summary>
    /// <param name="calendar">Where its events go; it has <see cref="Places"/> places for the machine.</param>
    /// <param name="costs">What the hypervisor takes for itself.</param>
    /// <param name="pcpus">Physical cpus; at least 1.</param>
    /// <param name="kernels">What runs in each vcpu.</param>
    public HostMachine(EventCalendar calendar, MachineCosts costs, int pcpus, IReadOnlyList<Kernel> kernels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        _calendar = calendar;
        _pcpus = [.. Enumerable.Range(0, pcpus).Select(_ => new Pcpu())];
        _vcpus = [.. kernels.Select(k => new Vcpu(k))];
        _work = new PcpuWork(calendar, costs, _pcpus, _vcpus);
    }

    /// <summary>Places in the calendar that a machine takes: the end of the work in hand and of the slice, for each pcpu.</summary>
    public static int Places(int pcpus) => 2 * pcpus;

    /// <summary>What every vcpu did so far, by number; up to date after <see cref="Settle"/>.</summary>
    public IReadOnlyList<Vcpu> Vcpus => _vcpus;

    /// <summary>What every pcpu did so far, by number; up to date after <see cref="Settle"/>.</summary>
    public IReadOnlyList<Pcpu> Pcpus => _pcpus;

    /// <summary>Who is told what happens; null when nobody is. Set between two events.</summary>
    public IMachineTrace? Trace { get; set; }

    /// <summary>Wakes so far that gave a vcpu the scheduler's boost; null where it knows none.</summary>
    public long? BoostedWakes(int vcpu) => _scheduler.BoostedWakes(vcpu);

    /// <summary>Time that a switch takes on a pcpu now, in ns.</summary>
    internal long SwitchNs(int pcpu) => _work.SwitchNs(pcpu);

    /// <summary>Sets the scheduler and starts its clocks at time 0.</summary>
    public void Start(IVcpuScheduler scheduler)
    {
        _scheduler = scheduler;
        for (int p = 0; p < _pcpus.Length && scheduler.TickNs > 0; p++)
            _calendar.Schedule(scheduler.TickNs, (int)MachineEvent.SchedulerTick, p);
        if (scheduler.AccountNs > 0)
            _calendar.Schedule(scheduler.AccountNs, (int)MachineEvent.Accounting, 0);
    }

    /// <summary>An event for a domain: wakes a blocked vcpu, interrupts a running one.</summary>
    public void Interrupt(int vcpu, long nowNs)
    {
        _vcpus[vcpu].Kernel.Raise();
        Prod(vcpu, nowNs);
    }

    /// <summary>A kernel has new work without an event, for instance a process of its own that became due.</summary>
    public void Prod(int vcpu, long nowNs)
    {
        Vcpu v = _vcpus[vcpu];
        if (v.State == RunState.Blocked)
            Unblock(vcpu, nowNs);
        else if (v.State == RunState.Running && !_pcpus[v.Pcpu].InEffect)
            Reselect(v.Pcpu, nowNs);
    }

    /// <inheritdoc/>
    public void Tickle(int pcpu) => _anyTickled = _pcpus[pcpu].Tickled = true;

    /// <inheritdoc/>
    public void SetParked(int vcpu, bool parked)
    {
        Vcpu v = _vcpus[vcpu];
        v.Parked = parked;
        if (parked)
            Trace?.Park(CausePcpu(v), vcpu, v.State, _nowNs);
        if (parked && v.State == RunState.Running)
            Tickle(v.Pcpu);
        else if (parked && v.State == RunState.Runnable)
            v.Enter(RunState.Offline, _nowNs);
        else if (!parked && v.State == RunState.Offline)
            Unblock(vcpu, _nowNs);
    }

    /// <summary>Handles one event of the machine's own kinds.</summary>
    public void Handle(in ScheduledEvent e)
    {
        _nowNs = e.TimeNs;
        switch ((MachineEvent)e.Kind)
        {
            case MachineEvent.WorkDone:
                WorkDone(e.Target, e.TimeNs);
                break;
            case MachineEvent.SliceEnd:
                Reschedule(e.Target, e.TimeNs);
                break;
            case MachineEvent.SchedulerTick:
                _scheduler.Tick(e.Target, e.TimeNs);
                _calendar.Schedule(e.TimeNs + _scheduler.TickNs + TickLateNs, (int)MachineEvent.SchedulerTick, e.Target);
                break;
            case MachineEvent.Accounting:
                _scheduler.Account(e.TimeNs);
                _calendar.Schedule(e.TimeNs + _scheduler.AccountNs + (_scheduler.AccountDrifts ? AccountLateNs : 0), (int)MachineEvent.Accounting, 0);
                break;
            case MachineEvent.KernelTick:
                KernelTick(e.Target, e.TimeNs);
                break;
            default:
                break;
        }

        FollowScheduler(e.TimeNs);
    }

    /// <summary>Carries out what the scheduler asked for since the last decision. To be called after every event that may have woken a vcpu.</summary>
    public void FollowScheduler(long nowNs)
    {
        while (_anyTickled)
        {
            _anyTickled = false;
            for (int p = 0; p < _pcpus.Length; p++)
            {
                if (_pcpus[p].Tickled)
                    Reschedule(p, nowNs);
            }
        }
    }

    /// <summary>Brings all run-state times up to a time, normally the end of the run.</summary>
    public void Settle(long nowNs)
    {
        foreach (Vcpu v in _vcpus)
            v.Account(nowNs);
        foreach (Pcpu p in _pcpus)
            p.Account(nowNs);
    }

    private void Unblock(int vcpu, long nowNs)
    {
        Vcpu v = _vcpus[vcpu];
        Trace?.Wake(CausePcpu(v), vcpu, v.State, v.Parked ? RunState.Offline : RunState.Runnable, nowNs);
        if (v.Parked)
        {
            v.Enter(RunState.Offline, nowNs);
            return;
        }

        v.Enter(RunState.Runnable, nowNs);
        v.Wakes++;
        if (!v.TickArmed)
            ArmTick(vcpu, nowNs);
        _scheduler.Wake(vcpu, nowNs);
    }

    /// <summary>Where what happens to a vcpu comes from: the pcpu on which an effect unfolds; interrupts and timers go to its own.</summary>
    private int CausePcpu(Vcpu v) => Array.FindIndex(_pcpus, static p => p.InEffect) is var p and >= 0 ? p : v.Pcpu;

    private static int SlicePlace(int pcpu) => (2 * pcpu) + 1;

    private void ArmTick(int vcpu, long nowNs)
    {
        _vcpus[vcpu].TickArmed = true;
        _calendar.Schedule(((nowNs / KernelTickNs) + 1) * KernelTickNs, (int)MachineEvent.KernelTick, vcpu);
    }

    /// <summary>A kernel's own tick: it goes on while there is work, and while the kernel wants it although it is idle.</summary>
    private void KernelTick(int vcpu, long nowNs)
    {
        Vcpu v = _vcpus[vcpu];
        v.TickArmed = false;
        if (v.State == RunState.Blocked && !v.Kernel.TicksWhileIdle(nowNs))
            return;
        v.Kernel.RaiseTick();
        Prod(vcpu, nowNs);
        if (!v.TickArmed)
            ArmTick(vcpu, nowNs);
    }

    private void WorkDone(int pcpu, long nowNs)
    {
        Pcpu p = _pcpus[pcpu];
        Kernel kernel = _vcpus[p.Current].Kernel;
        _work.Suspend(p, nowNs);
        int level = p.Level;
        // Effects may interrupt the very vcpu that causes them: it then goes on from here and needs no second push.
        p.InEffect = true;
        kernel.Finish(level, nowNs);
        p.InEffect = false;
        int next = kernel.Select(nowNs);
        if (next >= 0)
            _work.Resume(pcpu, next, nowNs);
        else
            Reschedule(pcpu, nowNs);
    }

    private void Reselect(int pcpu, long nowNs)
    {
        Pcpu p = _pcpus[pcpu];
        int level = _vcpus[p.Current].Kernel.Select(nowNs);
        if (level == p.Level)
            return;
        _work.Suspend(p, nowNs);
        _work.Resume(pcpu, level, nowNs);
    }

    private void Reschedule(int pcpu, long nowNs)
    {
        _nowNs = nowNs;
        Pcpu p = _pcpus[pcpu];
        p.Tickled = false;
        Vcpu? leaving = p.Current == Dispatch.Idle ? null : _vcpus[p.Current];
        if (leaving is not null)
            _work.Suspend(p, nowNs);
        int level = leaving is null ? -1 : leaving.Kernel.Select(nowNs);
        bool wantsMore = level >= 0;
        Dispatch next = _scheduler.Pick(pcpu, wantsMore && !leaving!.Parked, nowNs);
        if (next.SliceNs == long.MaxValue)
            _calendar.CallOff(SlicePlace(pcpu));
        else
            _calendar.Put(SlicePlace(pcpu), nowNs + next.SliceNs, (int)MachineEvent.SliceEnd, pcpu);
        if (next.Vcpu == p.Current)
        {
            Trace?.Continue(pcpu, next.Vcpu, next.SliceNs, nowNs);
            if (leaving is not null)
                _work.Resume(pcpu, level, nowNs);
            return;
        }

        bool idles = next.Vcpu == Dispatch.Idle || leaving is null;
        leaving?.Enter(!wantsMore ? RunState.Blocked : leaving.Parked ? RunState.Offline : RunState.Runnable, nowNs);
        Trace?.Switch(pcpu, p.Current, leaving?.State ?? RunState.Runnable, next.Vcpu, next.SliceNs, nowNs);
        p.Switch(next.Vcpu, nowNs);
        if (next.Vcpu == Dispatch.Idle)
            _work.Stop(pcpu);
        else
            _work.PutOn(pcpu, next.Vcpu, nowNs);
        if (idles)
            _work.AdaptSiblings(pcpu, nowNs);
    }
}
