namespace Colocate.Simulate.Readout.Xentrace;

/// <summary>How Xen names a vcpu.</summary>
/// <param name="Domid">The domain, 0..<see cref="LastDomid"/>.</param>
/// <param name="Vcpu">Its number within the domain, 0..<see cref="LastVcpu"/>.</param>
public readonly record struct VcpuId(int Domid, int Vcpu)
{
    /// <summary>The last domain that is not reserved: DOMID_FIRST_RESERVED - 1 (xen/include/public/xen.h).</summary>
    public const int LastDomid = 0x7fef;

    /// <summary>The last vcpu of the largest paravirtualised domain: MAX_VIRT_CPUS - 1 (xen/arch/x86/include/asm/config.h).</summary>
    public const int LastVcpu = 8191;
}
