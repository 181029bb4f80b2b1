namespace Colocate.Simulate.Schedulers;

/// <summary>
/// What credit2 knows of one domain (<c>struct csched2_dom</c>): its weight and, when it has a cap, the budget that its vcpus share. A vcpu takes a
/// quota before it runs and brings back what it did not use; one that finds nothing is parked until there is something again.
/// </summary>
internal sealed class Credit2Domain
{
    private readonly long _totalNs, _quotaNs;
    private readonly Credit2Vcpu[] _parked;
    private long _budgetNs;
    private int _parkedCount;

    /// <summary>Makes a domain whose budget is full.</summary>
    /// <param name="share">Its share.</param>
    /// <exception cref="ArgumentException">Its cap is above what its vcpus can use, which Xen refuses (<c>csched2_dom_cntl</c>).</exception>
    public Credit2Domain(DomainShare share)
    {
        if (share.CapPercent > 100 * share.Vcpus)
            throw new ArgumentException($"domain {share.Domain} has a cap of {share.CapPercent} %, and credit2 takes up to 100 % for each of its {share.Vcpus} vcpus");
        Weight = share.Weight;
        _totalNs = _budgetNs = Credit2Scheduler.BudgetPeriodNs * share.CapPercent / 100;
        _quotaNs = Math.Max(_totalNs / share.Vcpus, Credit2Scheduler.MinTimerNs);
        _parked = new Credit2Vcpu[share.Vcpus];
    }

    /// <summary>Its weight.</summary>
    public int Weight { get; }

    /// <summary>Whether it has a cap.</summary>
    public bool IsCapped => _totalNs > 0;

    /// <summary>The vcpus that wait for budget, the one that was parked last at the end.</summary>
    public ReadOnlySpan<Credit2Vcpu> Parked => _parked.AsSpan(0, _parkedCount);

    /// <summary>Gives a vcpu its quota, or what there is (<c>unit_grab_budget</c>); what it overran comes off first. False when there is nothing.</summary>
    public bool Grab(Credit2Vcpu vcpu)
    {
        if (vcpu.BudgetNs > 0)
            return true;
        _budgetNs += vcpu.BudgetNs;
        vcpu.BudgetNs = Math.Clamp(_budgetNs, 0, _quotaNs);
        _budgetNs -= vcpu.BudgetNs;
        return vcpu.BudgetNs > 0;
    }

    /// <summary>Takes back what a vcpu did not use (<c>unit_return_budget</c>).</summary>
    /// <returns>Whether parked vcpus may try again.</returns>
    public bool Return(Credit2Vcpu vcpu)
    {
        _budgetNs += vcpu.BudgetNs;
        vcpu.BudgetNs = 0;
        return _budgetNs > 0;
    }

    /// <summary>The periodic replenishment (<c>replenish_domain_budget</c>): never more than one period's budget.</summary>
    /// <returns>Whether parked vcpus may try again.</returns>
    public bool Replenish()
    {
        _budgetNs = Math.Min(_budgetNs + _totalNs, _totalNs);
        return _budgetNs > 0;
    }

    /// <summary>Adds a vcpu to those that wait for budget.</summary>
    public void Park(Credit2Vcpu vcpu) => _parked[_parkedCount++] = vcpu;

    /// <summary>Takes the vcpu that was parked last.</summary>
    public Credit2Vcpu Unpark() => _parked[--_parkedCount];
}
