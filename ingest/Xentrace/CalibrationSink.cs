using System.Runtime.InteropServices;

namespace Colocate.Ingest.Xentrace;

/// <summary>Looks through a trace for its TSC frequency alone.</summary>
internal sealed class CalibrationSink(TscCalibration calibration) : IRecordSink
{
    private int _pcpu;

    public void Begin(ulong firstTsc)
    {
    }

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => _pcpu = clock.Pcpu;

    public void OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word)
    {
        uint minor = header & 0xff;
        if (action == RecordAction.VerboseSched && minor is EventIds.SchedInfPrev or EventIds.SchedInfNext)
            calibration.OnSwitchInfo(_pcpu, minor, tsc, MemoryMarshal.CreateReadOnlySpan(ref payload, (int)(header >> 28) & 7));
    }

    public void EndBlock()
    {
    }
}
