using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>The real machine and scheduler with test kernels in the vcpus, and what an observer sees between events.</summary>
internal sealed class MachineRig
{
    public const long Us = 1_000, Ms = 1_000_000, Second = 1_000_000_000;
    private const int Alarm = 1000, Stop = 1001, External = 1002;

    private readonly EventCalendar _calendar;
    private readonly TestKernel[] _kernels;
    private readonly long[,] _seenNs;
    private readonly long[] _seenIdleNs;
    private readonly int[] _last;
    private readonly List<Action> _externals = [];

    public MachineRig(int pcpus, params (TestKernel Kernel, VcpuShare Share)[] vcpus)
        : this(pcpus, default, new CreditSettings(), vcpus)
    {
    }

    public MachineRig(int pcpus, MachineCosts costs, CreditSettings settings, params (TestKernel Kernel, VcpuShare Share)[] vcpus)
        : this(pcpus, costs, (host, shares) => new CreditScheduler(host, settings, pcpus, shares), vcpus)
    {
    }

    public MachineRig(int pcpus, MachineCosts costs, Func<ISchedulerHost, VcpuShare[], IVcpuScheduler> scheduler, params (TestKernel Kernel, VcpuShare Share)[] vcpus)
    {
        _calendar = new EventCalendar(places: HostMachine.Places(pcpus));
        _kernels = [.. vcpus.Select(v => v.Kernel)];
        Machine = new HostMachine(_calendar, costs, pcpus, _kernels);
        Machine.Start(scheduler(Machine, [.. vcpus.Select(v => v.Share)]));
        (_seenNs, _seenIdleNs) = (new long[vcpus.Length, Enum.GetValues<RunState>().Length], new long[pcpus]);
        (_last, ColdStarts) = ([.. Enumerable.Repeat(Dispatch.Idle, pcpus)], new long[vcpus.Length]);
        for (int i = 0; i < _kernels.Length; i++)
        {
            int vcpu = i;
            _kernels[vcpu].SetAlarm = atNs => _calendar.Schedule(atNs, Alarm, vcpu);
        }
    }

    public HostMachine Machine { get; }

    public long NowNs { get; private set; }

    /// <summary>Times each vcpu got a pcpu that another vcpu had before.</summary>
    public long[] ColdStarts { get; }

    /// <summary>Domains of weight 256 with one vcpu each.</summary>
    public static VcpuShare Share(int domain, int weight = 256, double cap = 0) => new(domain, weight, cap);

    /// <summary>Time that a vcpu spent running, in ns.</summary>
    public long RanNs(int vcpu) => Machine.Vcpus[vcpu].InStateNs(RunState.Running);

    /// <summary>Lets every kernel begin at time 0.</summary>
    public MachineRig WakeAll()
    {
        for (int v = 0; v < _kernels.Length; v++)
            _calendar.Schedule(0, Alarm, v);
        return this;
    }

    /// <summary>Does something from outside the machine at a time.</summary>
    public void At(long timeNs, Action action)
    {
        _externals.Add(action);
        _calendar.Schedule(timeNs, External, _externals.Count - 1);
    }

    /// <summary>Runs up to a time.</summary>
    public MachineRig RunUntil(long timeNs, Action? afterEvent = null)
    {
        _calendar.Schedule(timeNs, Stop, 0);
        for (ScheduledEvent e = _calendar.Take(); ; e = _calendar.Take())
        {
            Observe(e.TimeNs - NowNs);
            NowNs = e.TimeNs;
            if (e.Kind == Stop)
                break;
            Take(e);
            NoteColdStarts();
            afterEvent?.Invoke();
        }

        Machine.Settle(timeNs);
        return this;
    }

    /// <summary>No vcpu has two pcpus, and exactly those that have one are running.</summary>
    public void AssertOnePlaceEach()
    {
        int[] running = [.. Machine.Pcpus.Select(p => p.Current).Where(v => v != Dispatch.Idle)];
        Assert.Equal(running.Distinct(), running);
        Assert.Equal(running.Order(), Enumerable.Range(0, _kernels.Length).Where(v => Machine.Vcpus[v].State == RunState.Running));
    }

    /// <summary>No pcpu idles while a vcpu waits for one.</summary>
    public void AssertNoneIdlesWhileOneWaits() => Assert.True(
        Machine.Pcpus.All(p => p.Current != Dispatch.Idle) || Machine.Vcpus.All(v => v.State != RunState.Runnable), $"a pcpu idles at {NowNs} ns");

    /// <summary>Times in all states are those that an observer saw, so they add up to wall time, and pcpus run one vcpu or idle.</summary>
    public void AssertTimesAreAsSeen()
    {
        Machine.Settle(NowNs);
        for (int v = 0; v < _kernels.Length; v++)
        {
            Assert.All(Enum.GetValues<RunState>(), s => Assert.Equal(_seenNs[v, (int)s], Machine.Vcpus[v].InStateNs(s)));
            Assert.Equal(NowNs, Enum.GetValues<RunState>().Sum(Machine.Vcpus[v].InStateNs));
        }

        Assert.Equal(_seenIdleNs, Machine.Pcpus.Select(p => p.IdleNs));
        Assert.Equal(Machine.Pcpus.Count * NowNs, Enumerable.Range(0, _kernels.Length).Sum(RanNs) + Machine.Pcpus.Sum(p => p.IdleNs));
    }

    private void Take(in ScheduledEvent e)
    {
        switch (e.Kind)
        {
            case Alarm:
                _kernels[e.Target].WakeUp();
                Machine.Prod(e.Target, e.TimeNs);
                Machine.FollowScheduler(e.TimeNs);
                break;
            case External:
                _externals[e.Target]();
                Machine.FollowScheduler(e.TimeNs);
                break;
            default:
                Machine.Handle(e);
                break;
        }
    }

    private void Observe(long ns)
    {
        for (int v = 0; v < _kernels.Length; v++)
            _seenNs[v, (int)Machine.Vcpus[v].State] += ns;
        for (int p = 0; p < _seenIdleNs.Length; p++)
            _seenIdleNs[p] += Machine.Pcpus[p].Current == Dispatch.Idle ? ns : 0;
    }

    private void NoteColdStarts()
    {
        for (int p = 0; p < _last.Length; p++)
        {
            int current = Machine.Pcpus[p].Current;
            if (current == Dispatch.Idle || current == _last[p])
                continue;
            if (_last[p] != Dispatch.Idle)
                ColdStarts[current]++;
            _last[p] = current;
        }
    }
}
