namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Xen's credit scheduler: weighted shares by credits, which running costs and accounting gives; who wakes with credits left goes first.
/// Rules and numbers are those of <c>xen/common/sched/credit.c</c> in Xen 4.17 (tag RELEASE-4.17.5); the members name its functions.
/// </summary>
/// <remarks>
/// <para>
/// Pcpus are single-threaded cores of one node and socket, so that no idle pcpu is better than another. There is hard affinity, no soft one.
/// Nothing yields, and a queued vcpu may move at once (<c>vcpu_migration_delay</c> is 0 by default).
/// </para>
/// <para>
/// Four details differ. Xen keeps the pcpu it tickled last for each pcpu that handles a wake; here it is one for the host, which has no such
/// place. A run of less than 100 ns is looked at again after 100 ns there and at its rate limit here, which decides the same. Accounting
/// goes through the vcpus of one domain in the order of their numbers here, there the one that became active last comes first. Products
/// that overflow 32 bits in Xen's accounting do not here.
/// </para>
/// </remarks>
public sealed class CreditScheduler : IVcpuScheduler
{
    private readonly ISchedulerHost _host;
    private readonly CreditSettings _settings;
    private readonly CreditAccounting _accounting;
    private readonly CreditVcpu[] _vcpus;
    private readonly CreditPcpu[] _pcpus;
    private int _lastTickled;
    private int _lastRobbed;

    /// <summary>
    /// Makes the scheduler of a host on which all vcpus are blocked. They start with no credits, and the k-th of a domain on the k-th pcpu,
    /// counted around (<c>sched_select_initial_cpu</c> in <c>xen/common/sched/core.c</c>), or the next on which it may run.
    /// </summary>
    /// <param name="host">The host to decide for.</param>
    /// <param name="settings">Settings of the scheduler.</param>
    /// <param name="pcpus">Pcpus; at least 1.</param>
    /// <param name="vcpus">Vcpus, in the order of their numbers. Weights are 1 to 65535; caps are rounded to whole percents of a pcpu, as Xen has them.</param>
    /// <exception cref="ArgumentException">A number is out of range, the vcpus of a domain differ in weight or cap, or one may run nowhere.</exception>
    public CreditScheduler(ISchedulerHost host, CreditSettings settings, int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(vcpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        (_host, _settings) = (host, settings);
        DomainShare[] domains = DomainShare.Of(vcpus, pcpus);
        _pcpus = [.. Enumerable.Range(0, pcpus).Select(_ => new CreditPcpu(vcpus.Count))];
        _vcpus = [.. vcpus.Select((v, id) => new CreditVcpu(
            id,
            Array.FindIndex(domains, d => d.Domain == v.Domain),
            VcpuShare.FirstAllowed(v.Affinity, vcpus.Take(id).Count(earlier => earlier.Domain == v.Domain), pcpus),
            v.Affinity))];
        _accounting = new CreditAccounting(host, new CreditRules(settings.CreditsPerSlice, WeighsVcpus: true, LeaverKeepsHalf: true), _pcpus, _vcpus, domains);
    }

    /// <inheritdoc/>
    public long? BoostedWakes(int vcpu) => _vcpus[vcpu].Boosts;

    /// <inheritdoc/>
    public long TickNs => _settings.TickNs;

    /// <inheritdoc/>
    public long AccountNs => _settings.SliceNs;

    /// <inheritdoc/>
    public bool AccountDrifts => true;

    /// <summary>The vcpus, by number.</summary>
    internal IReadOnlyList<CreditVcpu> Vcpus => _vcpus;

    /// <summary>The pcpus, by number.</summary>
    internal IReadOnlyList<CreditPcpu> Pcpus => _pcpus;

    /// <summary>
    /// A vcpu that was blocked, or is being unparked, is runnable again (<c>csched_unit_wake</c>). With credits left it is boosted, unless it
    /// is being unparked. It queues on the pcpu that it had last. Without effect when it is queued or has a pcpu.
    /// </summary>
    /// <param name="vcpu">The vcpu. One that is parked wakes only from within <see cref="ISchedulerHost.SetParked"/>.</param>
    /// <param name="nowNs">Simulated time.</param>
    public void Wake(int vcpu, long nowNs)
    {
        CreditVcpu woken = _vcpus[vcpu];
        if (woken.Queued || _pcpus[woken.Pcpu].Current == woken)
            return;
        if (woken.Priority == CreditPriority.Under && !woken.Parked)
            woken.Boost();
        Enqueue(woken);
    }

    /// <summary>
    /// A scheduling decision (<c>csched_schedule</c>). A vcpu that has run for less than the rate limit goes on until then; otherwise it
    /// queues behind its equals and the first in the queue gets the pcpu, unless that has no credits left and another pcpu's first is of a
    /// higher class.
    /// </summary>
    /// <inheritdoc/>
    public Dispatch Pick(int pcpu, bool currentRunnable, long nowNs)
    {
        CreditPcpu here = _pcpus[pcpu];
        CreditVcpu? current = here.Current;
        bool migrates = false;
        if (current is not null)
        {
            Charge(here, nowNs);
            migrates = currentRunnable && current.Migrating;
            current.Migrating = false;
            if (currentRunnable && !migrates)
            {
                long ranNs = nowNs - here.RunStartNs;
                if (ranNs < _settings.RatelimitNs)
                    return new Dispatch(current.Id, _settings.RatelimitNs - ranNs);
                here.Queue.Insert(current);
            }
        }

        CreditVcpu? next = TakeNext(pcpu);
        if (next != current)
            here.RunStartNs = nowNs;
        here.ChargedNs = nowNs;
        here.Current = next;
        here.Idler = next is null;
        if (migrates)
        {
            current!.Pcpu = BestPcpu(current);
            Enqueue(current);
        }

        return next is null ? new Dispatch(Dispatch.Idle, long.MaxValue) : new Dispatch(next.Id, _settings.SliceNs);
    }

    /// <summary>
    /// The tick (<c>csched_tick</c>): whoever is found running is no longer boosted, pays and starts to earn. One that already earned leaves
    /// for an idle pcpu if others wait for its own, which happens only when several vcpus wake in one step. Then the queue is sorted, if
    /// accounting changed priorities since it was. Nothing happens on an idle pcpu.
    /// </summary>
    /// <inheritdoc/>
    public void Tick(int pcpu, long nowNs)
    {
        CreditPcpu here = _pcpus[pcpu];
        if (here.Current is not { } current)
            return;
        if (current.Priority == CreditPriority.Boost)
            current.Priority = CreditPriority.Under;
        Charge(here, nowNs);
        if (!current.Active)
        {
            _accounting.Join(current);
        }
        else if (BestPcpu(current) != pcpu)
        {
            current.Migrating = true;
            _host.Tickle(pcpu);
        }

        _accounting.SortOnce(here);
    }

    /// <summary>
    /// Accounting (<c>csched_acct</c>): active vcpus get credits and are put into their class by what they have then; boosts end.
    /// </summary>
    /// <inheritdoc/>
    public void Account(long nowNs) => _accounting.Pass();

    private static void Charge(CreditPcpu pcpu, long nowNs)
    {
        pcpu.Current!.Charge(nowNs - pcpu.ChargedNs);
        pcpu.ChargedNs = nowNs;
    }

    private void Enqueue(CreditVcpu vcpu)
    {
        _pcpus[vcpu.Pcpu].Queue.Insert(vcpu);
        TickleFor(vcpu);
    }

    /// <summary>
    /// Asks for a decision where a queued vcpu could run (<c>__runq_tickle</c>): its own pcpu if that is idle, else one idle pcpu in turn on
    /// which it may run, else its own if it is of a higher class than whoever has it.
    /// </summary>
    private void TickleFor(CreditVcpu vcpu)
    {
        CreditVcpu? current = _pcpus[vcpu.Pcpu].Current;
        int idler = NextIdler(_lastTickled, vcpu);
        if (current is null || (idler < 0 && vcpu.Priority > current.Priority))
            Tickle(vcpu.Pcpu);
        else if (idler >= 0)
            Tickle(_lastTickled = idler);
    }

    private void Tickle(int pcpu)
    {
        _pcpus[pcpu].Idler = false;
        _host.Tickle(pcpu);
    }

    /// <summary>Takes the next vcpu of a pcpu off its queue; null when there is none anywhere.</summary>
    private CreditVcpu? TakeNext(int pcpu)
    {
        CreditVcpu? first = _pcpus[pcpu].Queue.First;
        if (first is null || first.Priority <= CreditPriority.Over)
        {
            if (Steal(pcpu, first?.Priority ?? CreditPriority.Idle) is { } stolen)
                return stolen;
        }

        if (first is not null)
            _pcpus[pcpu].Queue.Remove(first);
        return first;
    }

    /// <summary>
    /// Takes the first vcpu of another pcpu's queue that may run here if it is of a higher class than what this one has
    /// (<c>csched_load_balance</c>); null when there is none. Starts after the pcpu that was robbed last, and leaves idle ones alone: they are about to take it themselves.
    /// </summary>
    private CreditVcpu? Steal(int pcpu, CreditPriority above)
    {
        for (int step = 1; step <= _pcpus.Length; step++)
        {
            int peer = (_lastRobbed + step) % _pcpus.Length;
            if (peer == pcpu || _pcpus[peer].Current is null || _pcpus[peer].Queue.FirstFor(pcpu, above) is not { } first)
                continue;
            _pcpus[peer].Queue.Remove(first);
            first.Pcpu = pcpu;
            _lastRobbed = peer;
            return first;
        }

        return null;
    }

    /// <summary>Where a running vcpu is best off (<c>_csched_cpu_pick</c>): on its own pcpu if nobody waits for it, else on an idle one.</summary>
    private int BestPcpu(CreditVcpu vcpu)
    {
        int idler = NextIdler(vcpu.Pcpu, vcpu);
        return idler < 0 || _pcpus[vcpu.Pcpu].Queue.First is null ? vcpu.Pcpu : idler;
    }

    /// <summary>The next pcpu, counted around, that is idle, was not yet asked to look for work and may run a vcpu; -1 when there is none.</summary>
    private int NextIdler(int after, CreditVcpu vcpu)
    {
        for (int step = 1; step <= _pcpus.Length; step++)
        {
            int pcpu = (after + step) % _pcpus.Length;
            if (_pcpus[pcpu].Idler && vcpu.MayRunOn(pcpu))
                return pcpu;
        }

        return -1;
    }
}
