namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Xen's null scheduler: every pcpu has one vcpu of its own, which runs when it wants to; there is nothing to decide. Rules are those of
/// <c>xen/common/sched/null.c</c> (tag RELEASE-4.17.5). No shares, no slices, no timers.
/// </summary>
/// <remarks>
/// A vcpu is assigned when it is made and stays: nobody leaves here, so one for which there was no pcpu never runs. As there, it counts as runnable
/// (it waits) when it wakes, not as offline.
/// </remarks>
public sealed class NullScheduler : IVcpuScheduler
{
    private const int Nobody = -1;

    private readonly ISchedulerHost _host;
    private readonly int[] _vcpuOf;
    private readonly int[] _pcpuOf;
    private readonly bool[] _awake;
    private readonly bool[] _runs;

    /// <summary>
    /// Makes the scheduler of a host on which all vcpus are blocked, and assigns them in the order of their numbers: the k-th of a domain gets the
    /// k-th pcpu, counted around, or else the first that is free and may run it (<c>pick_res</c>).
    /// </summary>
    /// <param name="host">The host to decide for.</param>
    /// <param name="pcpus">Pcpus; at least 1.</param>
    /// <param name="vcpus">Vcpus, in the order of their numbers; all of the default weight and without a cap.</param>
    /// <exception cref="ArgumentException">A vcpu has a cap or a weight other than 256, or may run nowhere.</exception>
    public NullScheduler(ISchedulerHost host, int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(vcpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        if (DomainShare.Of(vcpus, pcpus).FirstOrDefault(d => d.CapPercent != 0 || d.Weight != VcpuShare.DefaultWeight) is { Vcpus: > 0 } shared)
            throw new ArgumentException($"the null scheduler has no weights and caps, and domain {shared.Domain} has one", nameof(vcpus));
        _host = host;
        (_vcpuOf, _pcpuOf, _awake, _runs) = (new int[pcpus], new int[vcpus.Count], new bool[vcpus.Count], new bool[pcpus]);
        Array.Fill(_vcpuOf, Nobody);
        for (int vcpu = 0; vcpu < _pcpuOf.Length; vcpu++)
        {
            int preferred = vcpus.Take(vcpu).Count(earlier => earlier.Domain == vcpus[vcpu].Domain) % pcpus;
            _pcpuOf[vcpu] = Enumerable.Range(0, pcpus).Prepend(preferred).FirstOrDefault(p => _vcpuOf[p] == Nobody && VcpuShare.Allows(vcpus[vcpu].Affinity, p), Nobody);
            if (_pcpuOf[vcpu] != Nobody)
                _vcpuOf[_pcpuOf[vcpu]] = vcpu;
        }
    }

    /// <inheritdoc/>
    public long TickNs => 0;

    /// <inheritdoc/>
    public long AccountNs => 0;

    /// <inheritdoc/>
    public bool AccountDrifts => false;

    /// <summary>A vcpu that was blocked is runnable again (<c>null_unit_wake</c>): its pcpu, if it has one, runs it.</summary>
    /// <inheritdoc/>
    public void Wake(int vcpu, long nowNs)
    {
        _awake[vcpu] = true;
        if (_pcpuOf[vcpu] is >= 0 and int pcpu && !_runs[pcpu])
            _host.Tickle(pcpu);
    }

    /// <summary>A scheduling decision (<c>null_schedule</c>): the vcpu of the pcpu if it can run, otherwise idle; either for as long as it likes.</summary>
    /// <inheritdoc/>
    public Dispatch Pick(int pcpu, bool currentRunnable, long nowNs)
    {
        int vcpu = _vcpuOf[pcpu];
        if (_runs[pcpu])
            _awake[vcpu] = currentRunnable;
        _runs[pcpu] = vcpu != Nobody && _awake[vcpu];
        return new Dispatch(_runs[pcpu] ? vcpu : Dispatch.Idle, long.MaxValue);
    }

    /// <summary>There is none.</summary>
    /// <inheritdoc/>
    public void Tick(int pcpu, long nowNs) => throw new NotSupportedException("the null scheduler has no tick");

    /// <summary>There is none.</summary>
    /// <inheritdoc/>
    public void Account(long nowNs) => throw new NotSupportedException("the null scheduler has no accounting");
}
