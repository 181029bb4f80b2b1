namespace Colocate.Simulate.Schedulers;

/// <summary>Where credit2 wants a vcpu that has just queued to run (<c>runq_tickle</c>).</summary>
/// <param name="pcpus">Pcpus of the host.</param>
/// <param name="ratelimitNs">Rate limit in ns; 0 = none.</param>
/// <param name="maxWeight">Greatest weight of all vcpus.</param>
internal sealed class Credit2Placement(Credit2Pcpu[] pcpus, long ratelimitNs, int maxWeight)
{
    /// <summary>How much earlier than the rate limit says a pcpu may be asked to decide (<c>CSCHED2_RATELIMIT_TICKLE_TOLERANCE</c>).</summary>
    private const long RatelimitToleranceNs = 50_000;

    /// <summary>
    /// The pcpu to ask: an idle one; else the one that the vcpu had last, if it has more credit than who has that now; else the one where it has most
    /// more. None that was asked already.
    /// </summary>
    /// <returns><see cref="Credit2Scheduler.Nobody"/> when it has to wait.</returns>
    public int PcpuFor(Credit2Vcpu vcpu, long nowNs)
    {
        for (int step = 0; step < pcpus.Length; step++)
        {
            int pcpu = (vcpu.Pcpu + step) % pcpus.Length;
            if (pcpus[pcpu] is { Current: null, Tickled: false } && vcpu.MayRunOn(pcpu))
                return pcpu;
        }

        if (Lead(vcpu, vcpu.Pcpu, nowNs) > 0)
            return vcpu.Pcpu;
        int best = Credit2Scheduler.Nobody, most = 0;
        for (int pcpu = 0; pcpu < pcpus.Length; pcpu++)
        {
            int lead = pcpu == vcpu.Pcpu ? 0 : Lead(vcpu, pcpu, nowNs);
            if (lead > most)
                (best, most) = (pcpu, lead);
        }

        return best;
    }

    /// <summary>
    /// By how much credit a vcpu goes before the one that has a pcpu, less what a move must be worth (<c>tickle_score</c>); 0 when it cannot take it
    /// away.
    /// </summary>
    private int Lead(Credit2Vcpu vcpu, int pcpu, long nowNs)
    {
        Credit2Pcpu there = pcpus[pcpu];
        bool limited = ratelimitNs > RatelimitToleranceNs && nowNs - there.RunStartNs <= ratelimitNs - RatelimitToleranceNs;
        if (there.Current is not { } current || there.Tickled || limited || !vcpu.MayRunOn(pcpu))
            return 0;
        current.Charge(maxWeight, nowNs);
        return vcpu.Credit - current.Credit - (vcpu.Pcpu == pcpu ? 0 : Credit2Scheduler.MigrateResist);
    }
}
