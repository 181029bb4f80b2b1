using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>A further vcpu of the driver domain. Interrupts and their softirqs stay on the first one; processes have moved here.</summary>
public sealed class MonitorKernel : Kernel
{
    private const int MonitorWork = FirstOwnPiece;
    private readonly Monitoring _monitoring;
    private readonly int _vcpu;

    /// <summary>Makes the kernel.</summary>
    /// <param name="monitoring">The processes.</param>
    /// <param name="vcpu">Number of its vcpu.</param>
    /// <param name="upcallNs">CPU time from an event to the interrupt handler, in ns.</param>
    /// <param name="tickNs">CPU time of a timer tick, in ns.</param>
    public MonitorKernel(Monitoring monitoring, int vcpu, long upcallNs, long tickNs)
        : base(upcallNs, tickNs) => (_monitoring, _vcpu) = (monitoring, vcpu);

    /// <inheritdoc/>
    protected override void Interrupted(long nowNs)
    {
    }

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) =>
        level == WorkLevel.Process && _monitoring.IsDueOn(_vcpu) && Start(WorkLevel.Process, MonitorWork, _monitoring.CostNs);

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs) => _monitoring.Done();
}
