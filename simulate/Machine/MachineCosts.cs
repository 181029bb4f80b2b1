namespace Colocate.Simulate.Machine;

/// <summary>What the hypervisor and the hardware take.</summary>
/// <param name="SwitchNs">CPU time of a switch to a vcpu, charged to the one that gets the pcpu, in ns.</param>
/// <param name="ColdNs">Further CPU time when another vcpu had the core since: caches and TLB to fill again, in ns.</param>
/// <param name="ThreadsPerCore">Pcpus that share a core, numbered one after the other; 1 without hyper-threading.</param>
/// <param name="SharedSpeed">Speed of a pcpu while another one of its core works, relative to having the core alone; 0..1.</param>
/// <param name="RefillShare">Part of the time that goes into filling caches until they are full again, from 0 up to less than 1; 0: all of it before anything else.</param>
public readonly record struct MachineCosts(long SwitchNs, long ColdNs, int ThreadsPerCore = 1, double SharedSpeed = 1, double RefillShare = 0);
