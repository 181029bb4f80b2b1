namespace Colocate.Simulate.Schedulers;

/// <summary>
/// The accounting that all versions of the credit scheduler share (<c>csched_acct</c>): active vcpus get credits and are put into their class by
/// what they have then; boosts end; who overdrew a cap is parked.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="rules">Rules of the version.</param>
/// <param name="pcpus">Pcpus of the host.</param>
/// <param name="vcpus">Vcpus of the host, by number.</param>
/// <param name="domains">Domains of the host.</param>
internal sealed class CreditAccounting(ISchedulerHost host, CreditRules rules, CreditPcpu[] pcpus, CreditVcpu[] vcpus, DomainShare[] domains)
{
    private readonly CreditPool _pool = new(rules, pcpus.Length, domains);
    private long _passes;

    /// <summary>A vcpu starts to earn.</summary>
    public void Join(CreditVcpu vcpu)
    {
        vcpu.Active = true;
        _pool.Join(vcpu.Domain);
    }

    /// <summary>Sorts a pcpu's queue if a pass changed priorities since it was sorted (<c>csched_runq_sort</c>).</summary>
    public void SortOnce(CreditPcpu pcpu)
    {
        if (pcpu.Sorted == _passes)
            return;
        pcpu.Sorted = _passes;
        pcpu.Queue.Sort();
    }

    /// <summary>One pass.</summary>
    public void Pass()
    {
        ReadOnlySpan<int> earning = _pool.Open();
        if (earning.IsEmpty)
            return;
        long balance = 0;
        foreach (int domain in earning)
        {
            CreditGrant grant = _pool.Draw(domain);
            foreach (CreditVcpu vcpu in vcpus)
            {
                if (vcpu.Active && vcpu.Domain == domain)
                    balance += Settle(vcpu, grant);
            }
        }

        _pool.Close(balance);
        _passes++;
    }

    /// <summary>Gives a vcpu its credits and draws the consequences; returns what it has after that.</summary>
    private int Settle(CreditVcpu vcpu, CreditGrant grant)
    {
        vcpu.Credit += grant.PerVcpu;
        if (vcpu.Credit < 0)
        {
            vcpu.Priority = CreditPriority.Over;
            if (vcpu.Credit < grant.ParkBelow && !vcpu.Parked)
                Park(vcpu);
            vcpu.Credit = Math.Max(vcpu.Credit, -rules.CreditsPerSlice);
            return vcpu.Credit;
        }

        vcpu.Priority = CreditPriority.Under;
        if (vcpu.Parked)
        {
            // Still marked as parked, so that the wake it causes is not boosted.
            host.SetParked(vcpu.Id, parked: false);
            vcpu.Parked = false;
        }

        if (vcpu.Credit > rules.CreditsPerSlice)
        {
            vcpu.Active = false;
            _pool.Leave(vcpu.Domain);
            vcpu.Credit = rules.LeaverKeepsHalf ? vcpu.Credit / 2 : 0;
        }

        return vcpu.Credit;
    }

    private void Park(CreditVcpu vcpu)
    {
        vcpu.Parked = true;
        if (vcpu.Queued)
            pcpus[vcpu.Pcpu].Queue.Remove(vcpu);
        host.SetParked(vcpu.Id, parked: true);
    }
}
