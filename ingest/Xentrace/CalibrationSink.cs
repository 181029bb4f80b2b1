using System.Runtime.InteropServices;
using Colocate.Ingest.Xentrace.Scan;

namespace Colocate.Ingest.Xentrace;

/// <summary>Looks through a trace for its TSC frequency alone.</summary>
internal sealed class CalibrationSink(TscCalibration calibration) : IRecordSink
{
    private int _pcpu;

    public static bool WantsAll => false;

    public ulong Edge => ulong.MaxValue;

    public long[] Hypercalls { get; } = DomainScan.NewHypercalls();

    public void Begin(ulong firstTsc)
    {
    }

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => _pcpu = clock.Pcpu;

    public void Reach(ulong tsc, long seen)
    {
    }

    public void Miss()
    {
    }

    public bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word) => false;

    public bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen)
    {
        if (action == RecordAction.SwitchInfo)
            calibration.OnSwitchInfo(_pcpu, header & 0xff, tsc, MemoryMarshal.CreateReadOnlySpan(ref payload, (int)(header >> 28) & 7));
        return action == RecordAction.SwitchInfo;
    }

    public void EndBlock(long seen)
    {
    }
}
