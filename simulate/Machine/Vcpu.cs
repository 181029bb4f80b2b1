namespace Colocate.Simulate.Machine;

/// <summary>One vcpu: its state and what it did so far.</summary>
public sealed class Vcpu
{
    private readonly long[] _inStateNs = new long[(int)RunState.Offline + 1];
    private long _sinceNs;

    internal Vcpu(Kernel kernel) => Kernel = kernel;

    /// <summary>Its state.</summary>
    public RunState State { get; private set; } = RunState.Blocked;

    /// <summary>Times it was put on a pcpu.</summary>
    public long Executions { get; internal set; }

    /// <summary>Times it was woken.</summary>
    public long Wakes { get; internal set; }

    internal Kernel Kernel { get; }

    /// <summary>The pcpu it has or had last.</summary>
    internal int Pcpu { get; set; }

    /// <summary>States of its domain; null where it is the domain's only vcpu, whose states are its own.</summary>
    internal DomainStates? Domain { get; set; }

    internal bool Parked { get; set; }

    internal bool TickArmed { get; set; }

    /// <summary>Time spent in a state so far, in ns.</summary>
    public long InStateNs(RunState state) => _inStateNs[(int)state];

    internal void Enter(RunState state, long nowNs)
    {
        Account(nowNs);
        Domain?.Change(State, state);
        State = state;
    }

    internal void Account(long nowNs)
    {
        _inStateNs[(int)State] += nowNs - _sinceNs;
        _sinceNs = nowNs;
        Domain?.Account(nowNs);
    }
}
