using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>Puts a scan into the scanner's loop: most records only count, and for them no call is made.</summary>
internal readonly struct ScanSink(TraceScan scan) : IRecordSink
{
    public static bool WantsAll => false;

    public ulong Edge => scan.Edge;

    public long[] Hypercalls => scan.On.Hypercalls;

    public void Begin(ulong firstTsc) => scan.Begin(firstTsc);

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => scan.BeginBlock(clock, offset, startsWindow);

    public void Reach(ulong tsc, long seen) => scan.EnterInterval(tsc, seen);

    public void Miss() => scan.Miss();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen) =>
        action == RecordAction.Count || scan.OnRecord(action, header, tsc, ref payload, word, seen);

    public bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word) => scan.OnDeferred(action, header, tsc, ref payload, word);

    public void EndBlock(long seen) => scan.EndBlock(seen);
}
