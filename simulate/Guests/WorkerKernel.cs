using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>A vcpu of a guest: runs the server's processes and sends what they write. Packets come in on the first vcpu alone, <see cref="GuestKernel"/>.</summary>
public class WorkerKernel : Kernel
{
    /// <summary>The first kind of piece that a derived kernel may use.</summary>
    protected const int FirstFurtherPiece = FirstOwnPiece + 2;

    private const int TransmitPiece = FirstOwnPiece, WorkerPiece = FirstOwnPiece + 1;

    internal WorkerKernel(GuestSystem system, int vcpu, long upcallNs, long tickNs)
        : base(upcallNs, tickNs) => (System, Vcpu) = (system, vcpu);

    private protected GuestSystem System { get; }

    /// <summary>Number of the vcpu.</summary>
    protected int Vcpu { get; }

    /// <inheritdoc/>
    protected override void Interrupted(long nowNs)
    {
    }

    /// <inheritdoc/>
    protected override bool Begin(WorkLevel level, long nowNs) => level switch
    {
        WorkLevel.SoftIrq => System.TryTakePacket(out Packet packet, out long costNs) && Start(WorkLevel.SoftIrq, TransmitPiece, costNs, packet.Bits),
        WorkLevel.Process => System.MayRunProcesses(Vcpu) && System.TryTakeWorker(out int worker, out long costNs) && Start(WorkLevel.Process, WorkerPiece, costNs, worker),
        _ => false,
    };

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        if (kind == TransmitPiece)
            System.Transmit(new Packet(payload), Vcpu, nowNs);
        else if (System.EndWork((int)payload))
            OnClosed();
        System.SpreadWork(Vcpu, HasPiece(WorkLevel.Process), nowNs);
    }

    /// <summary>A connection was closed here.</summary>
    protected virtual void OnClosed()
    {
    }
}
