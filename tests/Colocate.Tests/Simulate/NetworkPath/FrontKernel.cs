using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Tests.Simulate.NetworkPath;

/// <summary>The other side of netback: takes what it finds at each notification, at once or after a time, and keeps it.</summary>
internal sealed class FrontKernel(VirtualInterface virtualInterface, long takeNs = 0) : Kernel(upcallNs: 0, tickNs: 0)
{
    private bool _due;

    /// <summary>False: it leaves everything where it is.</summary>
    public bool Takes { get; set; } = true;

    /// <summary>Handler runs.</summary>
    public int Upcalls { get; private set; }

    /// <summary>Packets received.</summary>
    public List<Packet> Received { get; } = [];

    /// <summary>Packets whose slots it has back.</summary>
    public List<Packet> Returned { get; } = [];

    /// <summary>Told when receive buffers are free again.</summary>
    public Action<long> BuffersFreed { get; set; } = _ => { };

    protected override void Interrupted(long nowNs)
    {
        Upcalls++;
        _due = Takes;
    }

    protected override bool Begin(WorkLevel level, long nowNs) => level == WorkLevel.SoftIrq && _due && Start(level, FirstOwnPiece, takeNs);

    protected override void Complete(int kind, long payload, long nowNs)
    {
        bool wasFull = virtualInterface.FreeBuffers == 0;
        do
        {
            while (virtualInterface.Received.Count > 0)
                Received.Add(virtualInterface.TakeReceived());
            while (virtualInterface.Responses.Count > 0)
                Returned.Add(virtualInterface.TakeResponse());
        }
        while (virtualInterface.MoreReceived() | virtualInterface.MoreResponses());
        _due = false;
        if (wasFull)
            BuffersFreed(nowNs);
    }
}
