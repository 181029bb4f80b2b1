using Colocate.Simulate.Engine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>A host on an event calendar whose vcpus do nothing but run while they are awake; ticks come before accounting at equal times.</summary>
internal class SpinnersOn<TScheduler> : ISchedulerHost
    where TScheduler : IVcpuScheduler
{
    private const int SliceEnd = 0, Tick = 1, Account = 2, Stop = 3;

    private readonly EventCalendar _calendar = new();
    private readonly bool[] _awake;
    private readonly bool[] _parked;
    private readonly bool[] _asked;
    private readonly long[] _sinceNs;
    private readonly long[] _decisions;

    public SpinnersOn(Func<ISchedulerHost, TScheduler> make, int pcpus, int vcpus)
    {
        Scheduler = make(this);
        Running = [.. Enumerable.Repeat(Dispatch.Idle, pcpus)];
        RanNs = new long[vcpus];
        (_awake, _parked, _asked) = (new bool[vcpus], new bool[vcpus], new bool[pcpus]);
        (_sinceNs, _decisions) = (new long[pcpus], new long[pcpus]);
        for (int pcpu = 0; pcpu < pcpus && Scheduler.TickNs > 0; pcpu++)
            _calendar.Schedule(Scheduler.TickNs, Tick, pcpu);
        if (Scheduler.AccountNs > 0)
            _calendar.Schedule(Scheduler.AccountNs, Account, 0);
    }

    public TScheduler Scheduler { get; }

    /// <summary>The vcpu that each pcpu runs.</summary>
    public int[] Running { get; }

    /// <summary>Time that each vcpu ran, in ns.</summary>
    public long[] RanNs { get; }

    public long NowNs { get; private set; }

    /// <summary>The vcpus that want to run, may run and do not.</summary>
    public IEnumerable<int> Waiting => Enumerable.Range(0, _awake.Length).Where(v => _awake[v] && !_parked[v] && !Running.Contains(v));

    public void Tickle(int pcpu) => _asked[pcpu] = true;

    public void SetParked(int vcpu, bool parked)
    {
        _parked[vcpu] = parked;
        if (!parked && _awake[vcpu])
            Scheduler.Wake(vcpu, NowNs);
        else if (Array.IndexOf(Running, vcpu) is >= 0 and int pcpu)
            _asked[pcpu] = true;
    }

    /// <summary>Wakes vcpus, each in a step of its own.</summary>
    public void Wake(params ReadOnlySpan<int> vcpus)
    {
        foreach (int vcpu in vcpus)
        {
            WakeWithin(vcpu);
            FinishStep();
        }
    }

    /// <summary>Wakes vcpus in one step.</summary>
    public void WakeAtOnce(params ReadOnlySpan<int> vcpus)
    {
        foreach (int vcpu in vcpus)
            WakeWithin(vcpu);
        FinishStep();
    }

    /// <summary>Blocks a vcpu that runs; without effect otherwise.</summary>
    public void Block(int vcpu)
    {
        if (Array.IndexOf(Running, vcpu) is not (>= 0 and int pcpu))
            return;
        _awake[vcpu] = false;
        _asked[pcpu] = true;
        FinishStep();
    }

    /// <summary>Runs up to a time; what is scheduled for that very time may happen later.</summary>
    public void RunUntil(long timeNs, Action? afterStep = null)
    {
        _calendar.Schedule(timeNs, Stop, 0);
        for (ScheduledEvent step = _calendar.Take(); step.Kind != Stop; step = _calendar.Take())
        {
            NowNs = step.TimeNs;
            Take(step);
            FinishStep();
            afterStep?.Invoke();
        }

        NowNs = timeNs;
        for (int pcpu = 0; pcpu < Running.Length; pcpu++)
            CountTime(pcpu);
    }

    private void Take(ScheduledEvent step)
    {
        switch (step.Kind)
        {
            case SliceEnd when step.Payload == _decisions[step.Target]:
                _asked[step.Target] = true;
                break;
            case Tick:
                Scheduler.Tick(step.Target, NowNs);
                _calendar.Schedule(NowNs + Scheduler.TickNs, Tick, step.Target);
                break;
            case Account:
                Scheduler.Account(NowNs);
                _calendar.Schedule(NowNs + Scheduler.AccountNs, Account, 0);
                break;
        }
    }

    private void WakeWithin(int vcpu)
    {
        if (_awake[vcpu])
            return;
        _awake[vcpu] = true;
        if (!_parked[vcpu])
            Scheduler.Wake(vcpu, NowNs);
    }

    private void FinishStep()
    {
        while (Array.IndexOf(_asked, true) is >= 0 and int pcpu)
        {
            _asked[pcpu] = false;
            CountTime(pcpu);
            int current = Running[pcpu];
            Dispatch decision = Scheduler.Pick(pcpu, current != Dispatch.Idle && _awake[current] && !_parked[current], NowNs);
            Running[pcpu] = decision.Vcpu;
            _decisions[pcpu]++;
            if (decision.SliceNs != long.MaxValue)
                _calendar.Schedule(NowNs + decision.SliceNs, SliceEnd, pcpu, _decisions[pcpu]);
        }
    }

    private void CountTime(int pcpu)
    {
        if (Running[pcpu] != Dispatch.Idle)
            RanNs[Running[pcpu]] += NowNs - _sinceNs[pcpu];
        _sinceNs[pcpu] = NowNs;
    }
}
