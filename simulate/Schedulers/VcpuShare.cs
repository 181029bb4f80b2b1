namespace Colocate.Simulate.Schedulers;

/// <summary>What a scheduler must know of one vcpu.</summary>
/// <param name="Domain">Number of its domain, 0 for the driver domain; weight and cap belong to the domain and are the same for all its vcpus.</param>
/// <param name="Weight">Weight of the domain, 1 to 65535; Xen's default is <see cref="DefaultWeight"/>.</param>
/// <param name="CapFraction">Most that the domain may use, as a fraction of one pcpu, rounded to whole percents as Xen has them; 0 = no cap.</param>
/// <param name="Affinity">Pcpus on which it may run (Xen's hard affinity), bit p for pcpu p; <see cref="Anywhere"/> when it is not pinned.</param>
public readonly record struct VcpuShare(int Domain, int Weight, double CapFraction, ulong Affinity = VcpuShare.Anywhere)
{
    /// <summary>Xen's default weight of a domain (<c>CSCHED_DEFAULT_WEIGHT</c>, <c>CSCHED2_DEFAULT_WEIGHT</c>).</summary>
    public const int DefaultWeight = 256;

    /// <summary>Affinity of a vcpu that is not pinned; also means the pcpus that a mask of 64 bits has no place for.</summary>
    public const ulong Anywhere = ulong.MaxValue;

    /// <summary>Pcpus that a vcpu can be pinned to: 0 to 63.</summary>
    public const int PinnablePcpus = 64;

    /// <summary>The affinity of a list of pcpus.</summary>
    /// <param name="pins">Numbers of pcpus; null when the vcpu is not pinned.</param>
    /// <exception cref="ArgumentException">The list is empty, or a number lies outside 0 to 63.</exception>
    public static ulong AffinityOf(IReadOnlyList<int>? pins)
    {
        if (pins is null)
            return Anywhere;
        if (pins.Count == 0 || pins.Any(p => p is < 0 or >= PinnablePcpus))
            throw new ArgumentException($"a vcpu is pinned to pcpus of 0 to {PinnablePcpus - 1}, at least to one", nameof(pins));
        return pins.Aggregate(0UL, (mask, p) => mask | (1UL << p));
    }

    /// <summary>Whether an affinity allows a pcpu.</summary>
    internal static bool Allows(ulong affinity, int pcpu) => affinity == Anywhere || (pcpu < PinnablePcpus && ((affinity >> pcpu) & 1) != 0);

    /// <summary>The first pcpu that an affinity allows, counted around from one; there must be one.</summary>
    internal static int FirstAllowed(ulong affinity, int from, int pcpus)
    {
        int pcpu = from % pcpus;
        while (!Allows(affinity, pcpu))
            pcpu = (pcpu + 1) % pcpus;
        return pcpu;
    }
}
