using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>Puts a scan into the scanner's loop: most records only count, and for them no call is made.</summary>
internal readonly struct ScanSink(TraceScan scan) : IRecordSink
{
    public void Begin(ulong firstTsc) => scan.Begin(firstTsc);

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => scan.BeginBlock(clock, offset, startsWindow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word)
    {
        unchecked
        {
            if (tsc >= scan.Edge)
                scan.EnterInterval(tsc);
            scan.Pending++;
            if (action == RecordAction.Count)
                return;
            if (action == RecordAction.Hypercall)
                scan.OnHypercall(payload & 0xfffff);
            else
                scan.OnOther(action, header, tsc, ref payload, word);
        }
    }

    public void EndBlock() => scan.EndBlock();
}
