namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Xen's credit scheduler as it was in Xen 3.4: weighted shares by credits that a tick takes from whoever it finds running, whatever that really
/// used; who wakes with credits left goes first. Rules and numbers are those of <c>xen/common/sched_credit.c</c> and
/// <c>xen/common/schedule.c</c> at tag 3.4.0-rc3; the members name its functions.
/// </summary>
/// <remarks>
/// <para>
/// Beside <see cref="CreditScheduler"/>: no exact debit, no rate limit, a fixed slice of 30 ms; a vcpu that earned more than a slice loses all of
/// it and stops earning; a domain's weight counts once, however many of its vcpus earn; a wake asks all idle pcpus to look for work.
/// </para>
/// <para>
/// Both timers drift as in later versions, for both are set anew from the moment they are served (<c>csched_tick</c>, <c>csched_acct</c>).
/// Left out: where ACPI puts idle pcpus to sleep, the tick stops while a pcpu idles and goes on at the next multiple of 10 ms
/// (<c>csched_tick_resume</c>).
/// </para>
/// <para>
/// Pcpus are single-threaded cores of one socket. <c>csched_cpu_pick</c> then never finds a running vcpu a better place, so a tick moves nobody;
/// queued vcpus move by stealing alone. Nothing yields (a yield would be a decision like any other), and a queued vcpu may move at once
/// (<c>vcpu_migration_delay</c> is 0). Accounting goes through the vcpus of one domain in the order of their numbers here, there the one that
/// became active last comes first. Products that overflow 32 bits in Xen's accounting do not here.
/// </para>
/// </remarks>
public sealed class Credit34Scheduler : IVcpuScheduler
{
    private const long NsPerMs = 1_000_000;

    /// <summary><c>CSCHED_CREDITS_PER_TICK</c> and <c>CSCHED_CREDITS_PER_TSLICE</c>.</summary>
    private const int CreditsPerTick = 100, CreditsPerSlice = 300;

    /// <summary><c>CSCHED_MSECS_PER_TSLICE</c>.</summary>
    private const long SliceNs = 30 * NsPerMs;

    private readonly ISchedulerHost _host;
    private readonly CreditAccounting _accounting;
    private readonly CreditVcpu[] _vcpus;
    private readonly CreditPcpu[] _pcpus;

    /// <summary>Makes the scheduler of a host on which all vcpus are blocked. They start with no credits.</summary>
    /// <param name="host">The host to decide for.</param>
    /// <param name="pcpus">Pcpus; at least 1.</param>
    /// <param name="vcpus">Vcpus, in the order of their numbers.</param>
    /// <exception cref="ArgumentException">A number is out of range, the vcpus of a domain differ in weight or cap, or one may run nowhere.</exception>
    public Credit34Scheduler(ISchedulerHost host, int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(vcpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        _host = host;
        DomainShare[] domains = DomainShare.Of(vcpus, pcpus);
        int[] first = InitialPcpus(pcpus, vcpus);
        _pcpus = [.. Enumerable.Range(0, pcpus).Select(_ => new CreditPcpu(vcpus.Count))];
        _vcpus = [.. vcpus.Select((v, id) => new CreditVcpu(
            id, Array.FindIndex(domains, d => d.Domain == v.Domain), VcpuShare.FirstAllowed(v.Affinity, first[id], pcpus), v.Affinity))];
        _accounting = new CreditAccounting(host, new CreditRules(CreditsPerSlice, WeighsVcpus: false, LeaverKeepsHalf: false), _pcpus, _vcpus, domains);
    }

    /// <inheritdoc/>
    public long? BoostedWakes(int vcpu) => _vcpus[vcpu].Boosts;

    /// <inheritdoc/>
    /// <remarks>10 ms (<c>CSCHED_MSECS_PER_TICK</c>).</remarks>
    public long TickNs => 10 * NsPerMs;

    /// <inheritdoc/>
    /// <remarks>30 ms (<c>CSCHED_TICKS_PER_ACCT</c> ticks), by one timer for all pcpus.</remarks>
    public long AccountNs => 30 * NsPerMs;

    /// <inheritdoc/>
    public bool AccountDrifts => true;

    /// <summary>The vcpus, by number.</summary>
    internal IReadOnlyList<CreditVcpu> Vcpus => _vcpus;

    /// <summary>The pcpus, by number.</summary>
    internal IReadOnlyList<CreditPcpu> Pcpus => _pcpus;

    /// <summary>
    /// A vcpu that was blocked, or is being unparked, is runnable again (<c>csched_vcpu_wake</c>). With credits left it is boosted, unless it is
    /// being unparked. It queues on the pcpu that it had last. Without effect when it is queued or has a pcpu.
    /// </summary>
    /// <inheritdoc/>
    public void Wake(int vcpu, long nowNs)
    {
        CreditVcpu woken = _vcpus[vcpu];
        if (woken.Queued || _pcpus[woken.Pcpu].Current == woken)
            return;
        if (woken.Priority == CreditPriority.Under && !woken.Parked)
            woken.Boost();
        _pcpus[woken.Pcpu].Queue.Insert(woken);
        TickleFor(woken);
    }

    /// <summary>
    /// A scheduling decision (<c>csched_schedule</c>): the vcpu that has the pcpu queues behind its equals, and the first in the queue gets it for
    /// 30 ms, unless that has no credits left and another pcpu has one of a higher class waiting.
    /// </summary>
    /// <inheritdoc/>
    public Dispatch Pick(int pcpu, bool currentRunnable, long nowNs)
    {
        CreditPcpu here = _pcpus[pcpu];
        if (currentRunnable)
            here.Queue.Insert(here.Current!);
        CreditVcpu? next = TakeNext(pcpu);
        here.Current = next;
        return next is null ? new Dispatch(Dispatch.Idle, long.MaxValue) : new Dispatch(next.Id, SliceNs);
    }

    /// <summary>
    /// The tick (<c>csched_tick</c>): whoever is found running is no longer boosted, pays for a whole tick and starts to earn. Then the queue is
    /// sorted, if accounting changed priorities since it was.
    /// </summary>
    /// <inheritdoc/>
    public void Tick(int pcpu, long nowNs)
    {
        CreditPcpu here = _pcpus[pcpu];
        if (here.Current is { } current)
        {
            if (current.Priority == CreditPriority.Boost)
                current.Priority = CreditPriority.Under;
            current.Credit -= CreditsPerTick;
            if (!current.Active)
                _accounting.Join(current);
        }

        _accounting.SortOnce(here);
    }

    /// <summary>
    /// Accounting (<c>csched_acct</c>): active vcpus get credits and are put into their class by what they have then; boosts end.
    /// </summary>
    /// <inheritdoc/>
    public void Account(long nowNs) => _accounting.Pass();

    /// <summary>
    /// Where vcpus are made (<c>default_vcpu0_location</c> in <c>xen/common/domctl.c</c>): the driver domain's one after the other from pcpu 0, a
    /// guest's first on the pcpu with fewest vcpus (of equals the highest, pcpu 0 only when it has fewer than all), its others on those that follow.
    /// </summary>
    private static int[] InitialPcpus(int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        int[] places = new int[vcpus.Count], populated = new int[pcpus];
        for (int id = 0; id < places.Length; id++)
        {
            int sibling = id - 1;
            while (sibling >= 0 && vcpus[sibling].Domain != vcpus[id].Domain)
                sibling--;
            if (sibling >= 0)
                places[id] = (places[sibling] + 1) % pcpus;
            else if (vcpus[id].Domain != 0)
                places[id] = Enumerable.Range(0, pcpus).Aggregate((least, p) => populated[p] <= populated[least] ? p : least);
            populated[places[id]]++;
        }

        return places;
    }

    /// <summary>
    /// Asks for decisions where a queued vcpu could run (<c>__runq_tickle</c>): on its own pcpu if it is of a higher class than whoever has it, and,
    /// when that is not idle, on all idle pcpus that may run it, so that one steals it.
    /// </summary>
    private void TickleFor(CreditVcpu vcpu)
    {
        CreditVcpu? current = _pcpus[vcpu.Pcpu].Current;
        if (vcpu.Priority > (current?.Priority ?? CreditPriority.Idle))
            _host.Tickle(vcpu.Pcpu);
        for (int pcpu = 0; pcpu < _pcpus.Length && current is not null; pcpu++)
        {
            if (_pcpus[pcpu].Current is null && vcpu.MayRunOn(pcpu))
                _host.Tickle(pcpu);
        }
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
    /// Takes the first vcpu of a higher class that may run here from the queue of a busy pcpu, the next one first (<c>csched_load_balance</c>);
    /// null when there is none. Idle pcpus are left alone: they are about to take what waits for them.
    /// </summary>
    private CreditVcpu? Steal(int pcpu, CreditPriority above)
    {
        for (int step = 1; step < _pcpus.Length; step++)
        {
            CreditPcpu peer = _pcpus[(pcpu + step) % _pcpus.Length];
            if (peer.Current is null || peer.Queue.FirstFor(pcpu, above) is not { } stolen)
                continue;
            peer.Queue.Remove(stolen);
            stolen.Pcpu = pcpu;
            return stolen;
        }

        return null;
    }
}
