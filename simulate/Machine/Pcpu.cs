using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Machine;

/// <summary>One pcpu: who has it, what is in work, and what it did so far.</summary>
public sealed class Pcpu
{
    private long _sinceNs;

    /// <summary>The vcpu that has it; <see cref="Dispatch.Idle"/> when none.</summary>
    public int Current { get; private set; } = Dispatch.Idle;

    /// <summary>Time without a vcpu, in ns.</summary>
    public long IdleNs { get; private set; }

    /// <summary>Switches, to and from idle included.</summary>
    public long Switches { get; private set; }

    /// <summary>Switches from one vcpu to another without idling between.</summary>
    public long GuestSwitches { get; private set; }

    /// <summary>The vcpu that had it last, idle left out of account; <see cref="Dispatch.Idle"/> before the first.</summary>
    internal int LastVcpu { get; set; } = Dispatch.Idle;

    /// <summary>Level of the piece in work.</summary>
    internal int Level { get; set; }

    /// <summary>CPU time that filling caches and TLB again still takes, in ns.</summary>
    internal long ColdNs { get; set; }

    /// <summary>What of it falls into the piece in hand, in ns.</summary>
    internal long RefillNs { get; set; }

    internal bool Working { get; set; }

    internal long WorkingSinceNs { get; set; }

    /// <summary>Speed at which the piece in hand proceeds.</summary>
    internal double Speed { get; set; } = 1;

    /// <summary>True while the effect of a finished piece unfolds.</summary>
    internal bool InEffect { get; set; }

    internal bool Tickled { get; set; }

    internal void Switch(int vcpu, long nowNs)
    {
        Account(nowNs);
        Switches++;
        if (vcpu != Dispatch.Idle && Current != Dispatch.Idle)
            GuestSwitches++;
        Current = vcpu;
    }

    internal void Account(long nowNs)
    {
        if (Current == Dispatch.Idle)
            IdleNs += nowNs - _sinceNs;
        _sinceNs = nowNs;
    }
}
