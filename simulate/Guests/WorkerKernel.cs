using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>A vcpu of a guest: runs the server's processes, sends what they write, and computes when there is nothing else. Packets come in on the first vcpu alone, <see cref="GuestKernel"/>.</summary>
public class WorkerKernel : Kernel
{
    /// <summary>The first kind of piece that a derived kernel may use.</summary>
    protected const int FirstFurtherPiece = FirstOwnPiece + 3;

    private const int TransmitPiece = FirstOwnPiece, WorkerPiece = FirstOwnPiece + 1, ComputingPiece = FirstOwnPiece + 2;

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
        WorkLevel.Process => (System.MayRunProcesses(Vcpu) && System.TryTakeWorker(out int worker, out long costNs) && Start(WorkLevel.Process, WorkerPiece, costNs, worker)) || BeginOwn() || BeginComputing(),
        _ => false,
    };

    /// <inheritdoc/>
    protected override void Complete(int kind, long payload, long nowNs)
    {
        switch (kind)
        {
            case TransmitPiece:
                System.Transmit(new Packet(payload), Vcpu, nowNs);
                break;
            case ComputingPiece:
                System.ComputingOn(Vcpu)!.Sleep(nowNs);
                break;
            default:
                if (System.EndWork((int)payload))
                    OnClosed();
                break;
        }

        System.SpreadWork(Vcpu, HasPiece(WorkLevel.Process), nowNs);
    }

    /// <summary>Begins work of the guest's own processes beside the server; false when there is none.</summary>
    protected virtual bool BeginOwn() => false;

    private bool BeginComputing() => System.ComputingOn(Vcpu) is { IsAwake: true } process && Start(WorkLevel.Process, ComputingPiece, process.DrawWorkNs());

    /// <summary>A connection was closed here.</summary>
    protected virtual void OnClosed()
    {
    }
}
