namespace Colocate.Simulate.Readout.Xentrace;

/// <summary>How Xen names a vcpu.</summary>
/// <param name="Domid">The domain, 0..32751 (<c>DOMID_FIRST_RESERVED</c>, public/xen.h).</param>
/// <param name="Vcpu">Its number within the domain, 0..8191 (<c>HVM_MAX_VCPUS</c> and <c>MAX_VIRT_CPUS</c> stay below).</param>
public readonly record struct VcpuId(int Domid, int Vcpu);
