namespace Colocate.Simulate.Machine;

/// <summary>States of a domain as a whole: it runs while any of its vcpus runs, else waits while any is runnable, else is blocked while any is.</summary>
internal sealed class DomainStates
{
    private readonly int[] _vcpusIn = new int[(int)RunState.Offline + 1];
    private long _sinceNs;

    /// <summary>Follows vcpus of a domain from time 0 on.</summary>
    internal DomainStates(IReadOnlyList<Vcpu> vcpus)
    {
        foreach (Vcpu vcpu in vcpus)
        {
            _vcpusIn[(int)vcpu.State]++;
            vcpu.Domain = this;
        }
    }

    /// <summary>Time so far in which the domain waited, in ns.</summary>
    internal long WaitNs { get; private set; }

    /// <summary>Time so far in which the domain was blocked, in ns.</summary>
    internal long BlockNs { get; private set; }

    /// <summary>A vcpu changes its state; time is accounted for up to now.</summary>
    internal void Change(RunState from, RunState to)
    {
        _vcpusIn[(int)from]--;
        _vcpusIn[(int)to]++;
    }

    internal void Account(long nowNs)
    {
        if (_vcpusIn[(int)RunState.Running] == 0 && _vcpusIn[(int)RunState.Runnable] > 0)
            WaitNs += nowNs - _sinceNs;
        else if (_vcpusIn[(int)RunState.Running] == 0 && _vcpusIn[(int)RunState.Blocked] > 0)
            BlockNs += nowNs - _sinceNs;
        _sinceNs = nowNs;
    }
}
