namespace Colocate.Simulate.Schedulers;

/// <summary>What a scheduler must know of one vcpu.</summary>
/// <param name="Domain">Number of its domain; weight and cap belong to the domain and are the same for all its vcpus.</param>
/// <param name="Weight">Weight of the domain, at least 1; Xen's default is 256.</param>
/// <param name="CapFraction">Most that the domain may use, as a fraction of one pcpu; 0 = no cap.</param>
public readonly record struct VcpuShare(int Domain, int Weight, double CapFraction);
