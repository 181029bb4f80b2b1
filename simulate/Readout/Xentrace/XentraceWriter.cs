using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Readout.Xentrace;

/// <summary>
/// Writes what a simulated machine does as the binary trace that xentrace of Xen 4.17 would have taken of it, for any tool that reads such
/// traces. It has the records of what is simulated, in Xen's order: run states, switches, wakes, event-channel and grant-table hypercalls of
/// paravirtualised domains; not those of what is only a cost (timers, interrupts, page tables) nor of a scheduler's own bookkeeping. While it
/// is open, a record costs no allocation, and memory stays at one buffer a pcpu.
/// </summary>
public sealed class XentraceWriter : IMachineTrace
{
    /// <summary>Ticks per second unless told otherwise: at 1 GHz a tick is a nanosecond, the resolution of the simulation.</summary>
    public const long DefaultTscHz = 1_000_000_000;

    /// <summary>DOMID_IDLE (xen/include/public/xen.h); the idle vcpu of a pcpu has its number.</summary>
    private const int IdleDomain = 32_767;

    private readonly TraceWindows _windows;

    /// <summary>Names of the machine's vcpus, then those of the idle ones; the other arrays are ordered the same way.</summary>
    private readonly VcpuId[] _ids;
    private readonly long[] _onSinceNs;
    private readonly int[] _pcpuOf;
    private readonly int _vcpus;
    private HostMachine? _machine;

    /// <summary>Makes a writer that is not open yet.</summary>
    /// <param name="output">Where the trace goes; it is neither flushed nor closed.</param>
    /// <param name="vcpus">Domain and number of each vcpu of the machine, by the machine's number; a domain may have several, in any order.</param>
    /// <param name="pcpus">Physical cpus of the machine; at least 1.</param>
    /// <param name="tscHz">Ticks per second of the time-stamp counter, 1e6..1e10.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no pcpu, or the frequency or a vcpu's name is out of range.</exception>
    public XentraceWriter(Stream output, IReadOnlyList<VcpuId> vcpus, int pcpus, long tscHz = DefaultTscHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tscHz, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tscHz, 10_000_000_000);
        foreach ((int domid, int vcpu) in vcpus)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(domid);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(domid, VcpuId.LastDomid);
            ArgumentOutOfRangeException.ThrowIfNegative(vcpu);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(vcpu, VcpuId.LastVcpu);
        }

        _windows = new TraceWindows(output, pcpus, tscHz);
        _vcpus = vcpus.Count;
        _ids = [.. vcpus, .. Enumerable.Range(0, pcpus).Select(p => new VcpuId(IdleDomain, p))];
        _onSinceNs = new long[_ids.Length];
        _pcpuOf = new int[_ids.Length];
    }

    /// <summary>
    /// Joins a machine. The first record of every pcpu says who has it, so that the trace begins here and whoever reads it knows; of what was under
    /// way before, only time since now counts. At the start of a run the domains are created.
    /// </summary>
    /// <exception cref="ArgumentException">The machine has other numbers of pcpus or vcpus than this was made for.</exception>
    public void Open(HostMachine machine, long nowNs)
    {
        if (machine.Vcpus.Count != _vcpus || machine.Pcpus.Count != _ids.Length - _vcpus)
            throw new ArgumentException($"a trace of {_vcpus} vcpus on {_ids.Length - _vcpus} pcpus does not fit a machine of {machine.Vcpus.Count} on {machine.Pcpus.Count}", nameof(machine));
        _machine = machine;
        Array.Fill(_onSinceNs, nowNs);
        SayWhoHasThePcpus(nowNs);
        for (int v = 0; nowNs == 0 && v < _vcpus; v++)
        {
            if (_ids[v].Vcpu == 0)
            {
                _windows.Add(0, TraceEvent.DomainAdd, nowNs, (uint)_ids[v].Domid);
                _windows.Add(0, TraceEvent.SchedDomainAdd, nowNs, (uint)_ids[v].Domid);
            }
        }

        machine.Trace = this;
    }

    /// <summary>Leaves the machine. The last record of every pcpu says who has it, so that the trace ends here; then all records are written.</summary>
    public void Close(long nowNs)
    {
        _machine!.Trace = null;
        SayWhoHasThePcpus(nowNs);
        _windows.Drain();
    }

    /// <inheritdoc/>
    public void Wake(int pcpu, int vcpu, RunState from, RunState to, long nowNs)
    {
        _windows.Add(pcpu, TraceEvent.Wake, nowNs, Domain(vcpu), Number(vcpu));
        Change(pcpu, vcpu, from, to, nowNs);
    }

    /// <inheritdoc/>
    public void Park(int pcpu, int vcpu, RunState from, long nowNs)
    {
        _windows.Add(pcpu, TraceEvent.Sleep, nowNs, Domain(vcpu), Number(vcpu));
        if (from == RunState.Runnable)
            Change(pcpu, vcpu, from, RunState.Offline, nowNs);
    }

    /// <inheritdoc/>
    public void Switch(int pcpu, int from, RunState leavesTo, int to, long sliceNs, long nowNs)
    {
        (int last, int next) = (Slot(pcpu, from), Slot(pcpu, to));
        if (leavesTo == RunState.Blocked)
        {
            _windows.Add(pcpu, TraceEvent.Hypercall, nowNs, TraceEvent.SchedOp, TraceEvent.SchedBlock);
            _windows.Add(pcpu, TraceEvent.Block, nowNs, Domain(last), Number(last));
        }

        _windows.Add(pcpu, TraceEvent.SwitchInfoPrevious, nowNs, Domain(last), Number(last), Low(nowNs - _onSinceNs[last]));
        _windows.Add(pcpu, TraceEvent.SwitchInfoNext, nowNs, Domain(next), Number(next), Low(nowNs - _onSinceNs[next]), Slice(sliceNs));
        _windows.Add(pcpu, TraceEvent.Switch, nowNs, Domain(last), Number(last), Domain(next), Number(next));
        Change(pcpu, last, RunState.Running, leavesTo, nowNs);
        Change(pcpu, next, RunState.Runnable, RunState.Running, nowNs);
        (_onSinceNs[next], _pcpuOf[next]) = (nowNs, pcpu);
    }

    /// <inheritdoc/>
    public void Continue(int pcpu, int vcpu, long sliceNs, long nowNs)
    {
        int slot = Slot(pcpu, vcpu);
        _windows.Add(pcpu, TraceEvent.SwitchInfoContinue, nowNs, Domain(slot), Number(slot), Low(nowNs - _onSinceNs[slot]), Slice(sliceNs));
        _windows.Add(pcpu, TraceEvent.ContinueRunning, nowNs, Packed(slot));
    }

    /// <inheritdoc/>
    public void Notify(int vcpu, long nowNs) => _windows.Add(_pcpuOf[vcpu], TraceEvent.Hypercall, nowNs, TraceEvent.EventChannelOp);

    /// <inheritdoc/>
    public void GrantCopy(int vcpu, long operations, long nowNs)
    {
        if (operations > 0)
            _windows.Add(_pcpuOf[vcpu], TraceEvent.Hypercall, nowNs, TraceEvent.GrantTableOp, TraceEvent.GrantCopyCommand, (uint)operations);
    }

    /// <inheritdoc/>
    public void GrantMap(int vcpu, int granter, long pages, long nowNs) => Pages(vcpu, granter, pages, TraceEvent.GrantMapCommand, TraceEvent.GrantMap, nowNs);

    /// <inheritdoc/>
    public void GrantUnmap(int vcpu, int granter, long pages, long nowNs) => Pages(vcpu, granter, pages, TraceEvent.GrantUnmapCommand, TraceEvent.GrantUnmap, nowNs);

    /// <summary>The low word of a time, as Xen puts it into records: it wraps after 4.3 s.</summary>
    private static uint Low(long ns) => (uint)(ns & uint.MaxValue);

    private static uint Slice(long sliceNs) => Low(sliceNs == long.MaxValue ? -1 : sliceNs);

    private int Slot(int pcpu, int vcpu) => vcpu == Dispatch.Idle ? _vcpus + pcpu : vcpu;

    private uint Domain(int slot) => (uint)_ids[slot].Domid;

    private uint Number(int slot) => (uint)_ids[slot].Vcpu;

    private uint Packed(int slot) => (Domain(slot) << 16) | Number(slot);

    private void Change(int pcpu, int slot, RunState from, RunState to, long nowNs) =>
        _windows.Add(pcpu, TraceEvent.RunstateChange | ((uint)from << 8) | ((uint)to << 4), nowNs, Packed(slot));

    private void Pages(int vcpu, int granter, long pages, uint command, uint eventId, long nowNs)
    {
        int pcpu = _pcpuOf[vcpu];
        if (pages > 0)
            _windows.Add(pcpu, TraceEvent.Hypercall, nowNs, TraceEvent.GrantTableOp, command, (uint)pages);
        for (long i = 0; i < pages; i++)
            _windows.Add(pcpu, eventId, nowNs, Domain(granter));
    }

    private void SayWhoHasThePcpus(long nowNs)
    {
        for (int p = 0; p < _machine!.Pcpus.Count; p++)
        {
            int slot = Slot(p, _machine.Pcpus[p].Current);
            _pcpuOf[slot] = p;
            _windows.Add(p, TraceEvent.ContinueRunning, nowNs, Packed(slot));
        }
    }
}
