using System.Runtime.CompilerServices;
using Colocate.Ingest.Xentrace.Scan;

namespace Colocate.Ingest.Xentrace.Events;

/// <summary>Scans, and keeps every record as a row before what it changes takes effect.</summary>
internal readonly struct RecordingSink(TraceScan scan, RecordRows rows) : IRecordSink
{
    private readonly ScanSink _scan = new(scan);

    public static bool WantsAll => true;

    public ulong Edge => scan.Edge;

    public long[] Hypercalls => scan.On.Hypercalls;

    public void Begin(ulong firstTsc)
    {
        rows.Begin(firstTsc);
        _scan.Begin(firstTsc);
    }

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => _scan.BeginBlock(clock, offset, startsWindow);

    public void Reach(ulong tsc, long seen) => _scan.Reach(tsc, seen);

    public void Miss() => _scan.Miss();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen)
    {
        rows.Add(scan.On, header, tsc, ref payload);
        return _scan.OnRecord(action, header, tsc, ref payload, word, seen);
    }

    public bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word) => throw new InvalidOperationException("it wants every record in its turn");

    public void EndBlock(long seen) => _scan.EndBlock(seen);
}
