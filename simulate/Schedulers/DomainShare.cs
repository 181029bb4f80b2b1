namespace Colocate.Simulate.Schedulers;

/// <summary>The share of one domain, in Xen's units.</summary>
/// <param name="Domain">Its number.</param>
/// <param name="Weight">Its weight, 1 to 65535.</param>
/// <param name="CapPercent">Its cap in whole percents of a pcpu, up to 65535; 0 = none.</param>
/// <param name="Vcpus">Its vcpus.</param>
internal readonly record struct DomainShare(int Domain, int Weight, int CapPercent, int Vcpus)
{
    /// <summary>The domains of a host, in the order of their first vcpus.</summary>
    /// <param name="vcpus">The vcpus, by number.</param>
    /// <param name="pcpus">Pcpus of the host.</param>
    /// <exception cref="ArgumentException">A weight or cap is out of range or differs within a domain, or a vcpu may run on none of the pcpus.</exception>
    public static DomainShare[] Of(IReadOnlyList<VcpuShare> vcpus, int pcpus)
    {
        foreach (VcpuShare vcpu in vcpus)
        {
            if (!Enumerable.Range(0, pcpus).Any(p => VcpuShare.Allows(vcpu.Affinity, p)))
                throw new ArgumentException($"a vcpu of domain {vcpu.Domain} is pinned to none of the {pcpus} pcpus", nameof(vcpus));
        }

        if (vcpus.Select(v => v with { Affinity = VcpuShare.Anywhere }).Distinct().GroupBy(v => v.Domain).Any(d => d.Count() > 1))
            throw new ArgumentException("the vcpus of one domain have one weight and one cap", nameof(vcpus));
        return [.. vcpus.GroupBy(v => v.Domain).Select(d => new DomainShare(d.Key, Weigh(d.First()), Cap(d.First()), d.Count()))];
    }

    private static int Weigh(VcpuShare share) => share.Weight is >= 1 and <= ushort.MaxValue
        ? share.Weight
        : throw new ArgumentException($"domain {share.Domain} has weight {share.Weight}, not one of 1 to {ushort.MaxValue}");

    private static int Cap(VcpuShare share)
    {
        double percent = Math.Round(share.CapFraction * 100);
        if (!(percent is >= 0 and <= ushort.MaxValue) || (percent == 0 && share.CapFraction > 0))
            throw new ArgumentException(FormattableString.Invariant($"domain {share.Domain} has cap {share.CapFraction}: neither 0 nor 0.01 to {ushort.MaxValue / 100.0}"));
        return (int)percent;
    }
}
