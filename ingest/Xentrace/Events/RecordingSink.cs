using System.Runtime.CompilerServices;
using Colocate.Ingest.Xentrace.Scan;

namespace Colocate.Ingest.Xentrace.Events;

/// <summary>Scans, and keeps every record as a row before what it changes takes effect.</summary>
internal readonly struct RecordingSink(TraceScan scan, RecordRows rows) : IRecordSink
{
    private readonly ScanSink _scan = new(scan);

    public void Begin(ulong firstTsc)
    {
        rows.Begin(firstTsc);
        _scan.Begin(firstTsc);
    }

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => _scan.BeginBlock(clock, offset, startsWindow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word)
    {
        rows.Add(scan.On, header, tsc, ref payload);
        _scan.OnRecord(action, header, tsc, ref payload, word);
    }

    public void EndBlock() => _scan.EndBlock();
}
