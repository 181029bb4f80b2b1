namespace Colocate.Simulate.Machine;

/// <summary>What the hypervisor takes for itself.</summary>
/// <param name="SwitchNs">CPU time of a switch to a vcpu, charged to the one that gets the pcpu, in ns.</param>
/// <param name="ColdNs">Further CPU time when another vcpu had the pcpu since: caches and TLB to fill again, in ns.</param>
public readonly record struct MachineCosts(long SwitchNs, long ColdNs);
