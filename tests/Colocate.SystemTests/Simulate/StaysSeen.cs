using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;

namespace Colocate.SystemTests.Simulate;

/// <summary>
/// Watches a machine and adds up the time of each vcpu in each state by xenalyze's rule: from its first run on, and to the last record, whereupon only
/// what runs is closed. Hands everything on.
/// </summary>
internal sealed class StaysSeen(IMachineTrace next) : IMachineTrace
{
    private RunState[] _states = [];
    private long[] _sinceNs = [];
    private bool[] _hasRun = [];

    /// <summary>Time by vcpu and state, in ns.</summary>
    public Dictionary<(int Vcpu, RunState State), long> Ns { get; } = [];

    public void Open(HostMachine machine, long nowNs)
    {
        _states = [.. machine.Vcpus.Select(v => v.State)];
        _hasRun = [.. _states.Select(s => s == RunState.Running)];
        _sinceNs = [.. _states.Select(_ => nowNs)];
        next.Open(machine, nowNs);
        machine.Trace = this;
    }

    public void Close(long nowNs)
    {
        for (int v = 0; v < _states.Length; v++)
        {
            if (_states[v] == RunState.Running)
                Enter(v, RunState.Running, nowNs);
        }

        next.Close(nowNs);
    }

    public void Wake(int pcpu, int vcpu, RunState from, RunState to, long nowNs)
    {
        Enter(vcpu, to, nowNs);
        next.Wake(pcpu, vcpu, from, to, nowNs);
    }

    public void Park(int pcpu, int vcpu, RunState from, long nowNs)
    {
        if (from == RunState.Runnable)
            Enter(vcpu, RunState.Offline, nowNs);
        next.Park(pcpu, vcpu, from, nowNs);
    }

    public void Switch(int pcpu, int from, RunState leavesTo, int to, long sliceNs, long nowNs)
    {
        Enter(from, leavesTo, nowNs);
        Enter(to, RunState.Running, nowNs);
        next.Switch(pcpu, from, leavesTo, to, sliceNs, nowNs);
    }

    public void Continue(int pcpu, int vcpu, long sliceNs, long nowNs) => next.Continue(pcpu, vcpu, sliceNs, nowNs);

    public void Notify(int vcpu, long nowNs) => next.Notify(vcpu, nowNs);

    public void GrantCopy(int vcpu, long operations, long nowNs) => next.GrantCopy(vcpu, operations, nowNs);

    public void GrantMap(int vcpu, int granter, long pages, long nowNs) => next.GrantMap(vcpu, granter, pages, nowNs);

    public void GrantUnmap(int vcpu, int granter, long pages, long nowNs) => next.GrantUnmap(vcpu, granter, pages, nowNs);

    private void Enter(int vcpu, RunState state, long nowNs)
    {
        if (vcpu == Dispatch.Idle)
            return;
        if (_hasRun[vcpu])
            Ns[(vcpu, _states[vcpu])] = Ns.GetValueOrDefault((vcpu, _states[vcpu])) + nowNs - _sinceNs[vcpu];
        _hasRun[vcpu] |= state == RunState.Running;
        (_states[vcpu], _sinceNs[vcpu]) = (state, nowNs);
    }
}
