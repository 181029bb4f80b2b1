namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Xen's credit2 scheduler: whoever has most credit runs; credit is burnt at a rate that goes down with weight, and everybody gets some when
/// nobody who could run has any left. Nobody is boosted: who sleeps keeps its credit, and so comes first when it wakes. Rules and numbers are those of
/// <c>xen/common/sched/credit2.c</c> in Xen 4.17 (tag RELEASE-4.17.5); the members name its functions.
/// </summary>
/// <remarks>
/// <para>
/// All pcpus share one run queue. Xen makes one for each socket, of up to 16 pcpus; the balancing between queues is left out, and with it the
/// tracking of load, which decides nothing else. Pcpus are single-threaded cores; there is hard affinity, no soft one; nothing yields.
/// </para>
/// <para>
/// Budgets of all domains with a cap are replenished at the same moments; in Xen each has its own, from when its cap was set. A vcpu starts
/// with the pcpu after that of the one made before it (<c>csched2_res_pick</c>).
/// </para>
/// </remarks>
public sealed class Credit2Scheduler : IVcpuScheduler
{
    /// <summary>Shortest slice and least quota of a budget: 500 us (<c>CSCHED2_MIN_TIMER</c>).</summary>
    internal const long MinTimerNs = 500_000;

    /// <summary>Credit at the start, and given by a reset: 10 ms (<c>CSCHED2_CREDIT_INIT</c>). Also the longest slice in ns (<c>CSCHED2_MAX_TIMER</c>).</summary>
    internal const int CreditInit = 10_000_000;

    /// <summary>Least credit (<c>CSCHED2_CREDIT_MIN</c>).</summary>
    internal const int CreditMin = -CreditInit;

    /// <summary>Most that a reset leaves beside what it gives (<c>CSCHED2_CARRYOVER_MAX</c>).</summary>
    internal const int CarryoverMax = 500_000;

    /// <summary>Period of the replenishment of budgets: 10 ms (option <c>credit2_cap_period_ms</c>).</summary>
    internal const long BudgetPeriodNs = 10_000_000;

    /// <summary>Stands for no pcpu.</summary>
    internal const int Nobody = -1;

    /// <summary>Credit of an idle pcpu (<c>CSCHED2_IDLE_CREDIT</c>).</summary>
    private const int IdleCredit = CreditMin - 1;

    /// <summary>Credit that a vcpu needs beyond another's to take a pcpu that it did not have last (option <c>sched_credit2_migrate_resist</c>).</summary>
    internal const int MigrateResist = 500_000;

    /// <summary>Credit for a vcpu that gets a pcpu that it did not have last (<c>CSCHED2_MIGRATE_COMPENSATION</c>).</summary>
    private const int MigrateCompensation = 50_000;

    private readonly ISchedulerHost _host;
    private readonly long _ratelimitNs;
    private readonly int _maxWeight;
    private readonly Credit2Domain[] _domains;
    private readonly Credit2Vcpu[] _vcpus;
    private readonly Credit2Pcpu[] _pcpus;
    private readonly Credit2Queue _queue;
    private readonly Credit2Placement _placement;

    /// <summary>Makes the scheduler of a host on which all vcpus are blocked.</summary>
    /// <param name="host">The host to decide for.</param>
    /// <param name="ratelimitUs">Time that a vcpu may run before another can take its pcpu away, 100 to 500000 us; 0 = no limit.</param>
    /// <param name="pcpus">Pcpus; at least 1.</param>
    /// <param name="vcpus">Vcpus, in the order of their numbers. A cap is at most 1 for each vcpu of the domain.</param>
    /// <exception cref="ArgumentException">A number is out of range, the vcpus of a domain differ in weight or cap, or one may run nowhere.</exception>
    public Credit2Scheduler(ISchedulerHost host, int ratelimitUs, int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(vcpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(pcpus, 1);
        SchedulerSettings.CheckRatelimit(ratelimitUs);
        (_host, _ratelimitNs) = (host, ratelimitUs * 1_000L);
        DomainShare[] shares = DomainShare.Of(vcpus, pcpus);
        _domains = [.. shares.Select(s => new Credit2Domain(s))];
        _maxWeight = shares.Length == 0 ? 1 : shares.Max(s => s.Weight);
        _pcpus = [.. Enumerable.Range(0, pcpus).Select(_ => new Credit2Pcpu())];
        _vcpus = new Credit2Vcpu[vcpus.Count];
        for (int id = 0, last = 0; id < vcpus.Count; id++)
        {
            last = VcpuShare.FirstAllowed(vcpus[id].Affinity, last + 1, pcpus);
            _vcpus[id] = new Credit2Vcpu(id, _domains[Array.FindIndex(shares, s => s.Domain == vcpus[id].Domain)], last, vcpus[id].Affinity);
        }

        _queue = new Credit2Queue(vcpus.Count);
        _placement = new Credit2Placement(_pcpus, _ratelimitNs, _maxWeight);
        AccountNs = _domains.Any(d => d.IsCapped) ? BudgetPeriodNs : 0;
    }

    /// <inheritdoc/>
    public long TickNs => 0;

    /// <inheritdoc/>
    /// <remarks>The replenishment of budgets: 10 ms, or 0 when no domain has a cap.</remarks>
    public long AccountNs { get; }

    /// <inheritdoc/>
    public bool AccountDrifts => false;

    /// <summary>The vcpus, by number.</summary>
    internal IReadOnlyList<Credit2Vcpu> Vcpus => _vcpus;

    /// <summary>The pcpus, by number.</summary>
    internal IReadOnlyList<Credit2Pcpu> Pcpus => _pcpus;

    /// <summary>The vcpus that wait.</summary>
    internal Credit2Queue Queue => _queue;

    /// <summary>
    /// A vcpu that was blocked, or is being unparked, is runnable again (<c>csched2_unit_wake</c>): it queues by its credit. Without effect when it
    /// is queued or has a pcpu.
    /// </summary>
    /// <inheritdoc/>
    public void Wake(int vcpu, long nowNs)
    {
        Credit2Vcpu woken = _vcpus[vcpu];
        if (!woken.Queued && _pcpus[woken.Pcpu].Current != woken)
            Enqueue(woken, nowNs);
    }

    /// <summary>
    /// A scheduling decision (<c>csched2_schedule</c>): whoever has the pcpu goes on unless one that waits has more credit. When neither the chosen
    /// one nor the first that waits has any left, all get new credit.
    /// </summary>
    /// <inheritdoc/>
    public Dispatch Pick(int pcpu, bool currentRunnable, long nowNs)
    {
        Credit2Pcpu here = _pcpus[pcpu];
        Credit2Vcpu? current = here.Current;
        here.Tickled = false;
        bool goesOn = currentRunnable;
        if (current is not null)
        {
            current.Charge(_maxWeight, nowNs);
            goesOn &= HasBudget(current);
        }

        Credit2Vcpu? next = Candidate(pcpu, goesOn ? current : null, nowNs);
        Dispatch decision = next is null ? new Dispatch(Dispatch.Idle, long.MaxValue) : new Dispatch(next.Id, Begin(next, pcpu, nowNs));
        here.Current = next;
        if (current is not null && current != next)
            Leave(current, goesOn, nowNs);
        return decision;
    }

    /// <summary>There is none.</summary>
    /// <inheritdoc/>
    public void Tick(int pcpu, long nowNs) => throw new NotSupportedException("credit2 has no tick");

    /// <summary>Replenishes the budgets of domains with a cap, so that their parked vcpus can go on.</summary>
    /// <inheritdoc/>
    public void Account(long nowNs)
    {
        foreach (Credit2Domain domain in _domains)
        {
            if (domain.IsCapped && domain.Replenish())
                Unpark(domain);
        }
    }

    /// <summary>
    /// Who should have a pcpu (<c>runq_candidate</c>): the one that has it, within the rate limit; else the first with more credit that may run here,
    /// that no other pcpu is about to take, that is worth moving and that finds budget.
    /// </summary>
    /// <returns>Null when the pcpu idles.</returns>
    private Credit2Vcpu? Candidate(int pcpu, Credit2Vcpu? current, long nowNs)
    {
        if (current is not null && nowNs - _pcpus[pcpu].RunStartNs < _ratelimitNs)
            return current;
        int credit = current?.Credit ?? IdleCredit, place = 0;
        while (place < _queue.Entries.Length && _queue.Entries[place].Credit > credit)
        {
            Credit2Vcpu waiting = _queue.Entries[place];
            bool leftToAnother = waiting.TickledPcpu != Nobody && waiting.TickledPcpu != pcpu && _pcpus[waiting.TickledPcpu].Tickled;
            bool resists = waiting.Pcpu != pcpu && credit + MigrateResist > waiting.Credit;
            if (!waiting.MayRunOn(pcpu) || leftToAnother || resists)
                place++;
            else if (HasBudget(waiting))
                return waiting;
        }

        return current;
    }

    /// <summary>Gives a pcpu to a vcpu; returns for how long.</summary>
    private long Begin(Credit2Vcpu vcpu, int pcpu, long nowNs)
    {
        Credit2Pcpu here = _pcpus[pcpu];
        if (vcpu != here.Current)
        {
            _queue.Remove(vcpu);
            here.RunStartNs = nowNs;
        }

        if (vcpu.Credit <= 0 && _queue.First is not { Credit: > 0 })
            Reset(vcpu, nowNs);
        vcpu.ChargedNs = nowNs;
        vcpu.TickledPcpu = Nobody;
        if (vcpu.Pcpu != pcpu)
        {
            vcpu.Credit += MigrateCompensation;
            vcpu.Pcpu = pcpu;
        }

        return SliceNs(vcpu, nowNs - here.RunStartNs);
    }

    /// <summary>A vcpu has lost its pcpu (<c>csched2_context_saved</c>): it brings back its budget, and queues if it could go on.</summary>
    private void Leave(Credit2Vcpu vcpu, bool goesOn, long nowNs)
    {
        bool someMayGoOn = vcpu.Domain.IsCapped && vcpu.BudgetNs > 0 && vcpu.Domain.Return(vcpu);
        if (goesOn)
            Enqueue(vcpu, nowNs);
        if (someMayGoOn)
            Unpark(vcpu.Domain);
    }

    /// <summary>
    /// How long a vcpu may run (<c>csched2_runtime</c>): until its credit is used up or down to that of the first that waits, within its budget, at
    /// most 10 ms, and at least 500 us and what is left of the rate limit.
    /// </summary>
    private long SliceNs(Credit2Vcpu vcpu, long ranNs)
    {
        long credit = vcpu.Credit - Math.Max(0, _queue.First?.Credit ?? 0);
        long ns = Math.Max(0, credit) * vcpu.Domain.Weight / _maxWeight;
        if (vcpu.Domain.IsCapped)
            ns = Math.Min(ns, vcpu.BudgetNs);
        // Xen compares in this order too: a rate limit above 10 ms wins.
        long least = Math.Max(MinTimerNs, _ratelimitNs - ranNs);
        return ns < least ? least : Math.Min(ns, CreditInit);
    }

    /// <summary>New credit for all, also for those that sleep (<c>reset_credit</c>): twice as much when the chosen one is as low as it can be.</summary>
    private void Reset(Credit2Vcpu chosen, long nowNs)
    {
        int given = chosen.Credit == CreditMin ? 2 * CreditInit : CreditInit;
        foreach (Credit2Vcpu vcpu in _vcpus)
        {
            if (_pcpus[vcpu.Pcpu].Current == vcpu)
            {
                vcpu.Charge(_maxWeight, nowNs);
                if (vcpu.Domain.IsCapped && vcpu.BudgetNs <= 0)
                    Tickle(vcpu.Pcpu);
            }

            vcpu.Credit = Math.Min(vcpu.Credit + given, CreditInit + CarryoverMax);
            vcpu.ChargedNs = nowNs;
        }
    }

    /// <summary>Whether a vcpu may run as far as its cap goes: takes budget for it, or parks it when there is none.</summary>
    private bool HasBudget(Credit2Vcpu vcpu)
    {
        if (!vcpu.Domain.IsCapped || vcpu.Domain.Grab(vcpu))
            return true;
        vcpu.Parked = true;
        if (vcpu.Queued)
            _queue.Remove(vcpu);
        vcpu.Domain.Park(vcpu);
        _host.SetParked(vcpu.Id, parked: true);
        return false;
    }

    private void Unpark(Credit2Domain domain)
    {
        while (domain.Parked.Length > 0)
        {
            Credit2Vcpu vcpu = domain.Unpark();
            vcpu.Parked = false;
            _host.SetParked(vcpu.Id, parked: false);
        }
    }

    private void Enqueue(Credit2Vcpu vcpu, long nowNs)
    {
        _queue.Insert(vcpu);
        int pcpu = _placement.PcpuFor(vcpu, nowNs);
        if (pcpu == Nobody)
            return;
        Tickle(pcpu);
        vcpu.TickledPcpu = pcpu;
    }

    private void Tickle(int pcpu)
    {
        _pcpus[pcpu].Tickled = true;
        _host.Tickle(pcpu);
    }
}
