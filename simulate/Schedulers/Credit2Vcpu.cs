namespace Colocate.Simulate.Schedulers;

/// <summary>What credit2 knows of one vcpu (<c>struct csched2_unit</c>).</summary>
/// <param name="id">Its number.</param>
/// <param name="domain">Its domain.</param>
/// <param name="pcpu">Pcpu on which it starts.</param>
/// <param name="affinity">Pcpus on which it may run, as in <see cref="VcpuShare"/>.</param>
internal sealed class Credit2Vcpu(int id, Credit2Domain domain, int pcpu, ulong affinity)
{
    private long _residual;

    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>Its domain.</summary>
    public Credit2Domain Domain => domain;

    /// <summary>The pcpu that it has or had last.</summary>
    public int Pcpu { get; set; } = pcpu;

    /// <summary>Its credit: for the heaviest vcpu, the time for which it runs until it has none, in ns.</summary>
    public int Credit { get; set; } = Credit2Scheduler.CreditInit;

    /// <summary>Time for which it may run before it must ask its domain for more, in ns; only of a domain with a cap.</summary>
    public long BudgetNs { get; set; }

    /// <summary>Until when it was charged, in ns.</summary>
    public long ChargedNs { get; set; }

    /// <summary>The pcpu that was asked to take it; <see cref="Credit2Scheduler.Nobody"/> when none was.</summary>
    public int TickledPcpu { get; set; } = Credit2Scheduler.Nobody;

    /// <summary>True while it is in the run queue.</summary>
    public bool Queued { get; set; }

    /// <summary>True while it may not run because its domain has no budget left.</summary>
    public bool Parked { get; set; }

    /// <summary>Whether it may run on a pcpu.</summary>
    public bool MayRunOn(int pcpu) => VcpuShare.Allows(affinity, pcpu);

    /// <summary>
    /// Charges what it ran since the last charge (<c>burn_credits</c>, <c>t2c_update</c>): one credit for each ns times the greatest weight over its
    /// own; the remainder of the division is kept for the next time. Credit stops at <see cref="Credit2Scheduler.CreditMin"/>.
    /// </summary>
    /// <param name="maxWeight">Greatest weight of all vcpus.</param>
    /// <param name="nowNs">Simulated time.</param>
    public void Charge(int maxWeight, long nowNs)
    {
        long ranNs = nowNs - ChargedNs;
        if (ranNs <= 0)
            return;
        (long credits, _residual) = Math.DivRem((ranNs * maxWeight) + _residual, domain.Weight);
        Credit = (int)Math.Max(Credit - credits, Credit2Scheduler.CreditMin);
        if (domain.IsCapped)
            BudgetNs -= ranNs;
        ChargedNs = nowNs;
    }
}
