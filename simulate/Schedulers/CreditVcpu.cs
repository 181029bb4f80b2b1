namespace Colocate.Simulate.Schedulers;

/// <summary>What the credit scheduler knows of one vcpu.</summary>
/// <param name="id">Its number.</param>
/// <param name="domain">Index of its domain in the <see cref="CreditPool"/>.</param>
/// <param name="pcpu">Pcpu on which it starts.</param>
/// <param name="affinity">Pcpus on which it may run, as in <see cref="VcpuShare"/>.</param>
internal sealed class CreditVcpu(int id, int domain, int pcpu, ulong affinity = VcpuShare.Anywhere)
{
    private long _unchargedNs;
    private long _remainderNs;

    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>Index of its domain in the <see cref="CreditPool"/>.</summary>
    public int Domain => domain;

    /// <summary>The pcpu that it has, whose queue it is in or that it had last.</summary>
    public int Pcpu { get; set; } = pcpu;

    /// <summary>Its class.</summary>
    public CreditPriority Priority { get; set; } = CreditPriority.Under;

    /// <summary>Its credits; negative when it ran more than it earned.</summary>
    public int Credit { get; set; }

    /// <summary>True while it earns credits: a tick found it running, and its credits were never above one slice's since.</summary>
    public bool Active { get; set; }

    /// <summary>True while it may not run because its domain used up its cap.</summary>
    public bool Parked { get; set; }

    /// <summary>True from the tick that found a better pcpu for it until it leaves its own.</summary>
    public bool Migrating { get; set; }

    /// <summary>True while it is in a run queue.</summary>
    public bool Queued { get; set; }

    /// <summary>Times it was boosted.</summary>
    public long Boosts { get; private set; }

    /// <summary>Puts it before all others.</summary>
    public void Boost()
    {
        Priority = CreditPriority.Boost;
        Boosts++;
    }

    /// <summary>Whether it may run on a pcpu.</summary>
    public bool MayRunOn(int pcpu) => VcpuShare.Allows(affinity, pcpu);

    /// <summary>
    /// Charges running time in whole credits (<c>burn_credits</c>). What is over stays owed, and also counts once more towards the next
    /// credit; so a vcpu that is charged often pays up to one credit ahead, which later charges wait for. Long runs pay exactly.
    /// </summary>
    /// <param name="ranNs">Time for which it ran since the last charge, in ns.</param>
    public void Charge(long ranNs)
    {
        _unchargedNs += ranNs;
        if (_unchargedNs <= 0)
            return;
        (long credits, _remainderNs) = Math.DivRem(_unchargedNs + _remainderNs, CreditSettings.NsPerCredit);
        Credit -= (int)credits;
        _unchargedNs -= credits * CreditSettings.NsPerCredit;
    }
}
