using System.Runtime.InteropServices;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Hands over every record of a trace, in file order.</summary>
internal sealed class RecordSink(RecordSink.Take take) : IRecordSink
{
    private int _pcpu;

    public static bool WantsAll => true;

    public ulong Edge => ulong.MaxValue;

    public long[] Hypercalls => [];

    internal delegate void Take(int pcpu, uint eventId, ulong tsc, ReadOnlySpan<uint> payload);

    internal static FindingLog Read(Stream content, Take take)
    {
        var findings = new FindingLog("trace");
        Assert.NotNull(XentraceReader.Read(new BlockFeed(content, findings), new RecordSink(take), findings, new ByteAccount(), IngestSettings.DefaultMaxHeldBytes, TestContext.Current.CancellationToken));
        return findings;
    }

    public void Begin(ulong firstTsc)
    {
    }

    public void BeginBlock(PcpuClock clock, long offset, bool startsWindow) => _pcpu = clock.Pcpu;

    public void Reach(ulong tsc, long seen)
    {
    }

    public bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen)
    {
        take(_pcpu, header & 0x0fffffff, tsc, MemoryMarshal.CreateReadOnlySpan(ref payload, (int)(header >> 28) & 7));
        return true;
    }

    public void Miss()
    {
    }

    public bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word) => throw new InvalidOperationException("it wants every record in its turn");

    public void EndBlock(long seen)
    {
    }
}
