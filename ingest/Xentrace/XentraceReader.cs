using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>Reads a trace from its first to its last byte: windows, then records in time order to a sink, with every byte accounted for.</summary>
internal static class XentraceReader
{
    /// <summary>Reads <paramref name="content"/>; returns false when it is no trace at all (the reason is in the findings).</summary>
    internal static bool Read<TSink>(Stream content, TSink sink, FindingLog findings, ByteAccount bytes, long maxHeldBytes, CancellationToken cancellation)
        where TSink : IRecordSink
    {
        var faults = new TraceFaults(findings, bytes);
        var free = new Stack<RecordBlock>();
        var windows = new WindowReader(content, faults, free);
        var merger = new TimeMerger<TSink>(sink, faults, maxHeldBytes, free);
        while (windows.NextWindow())
        {
            cancellation.ThrowIfCancellationRequested();
            merger.BeginWindow(windows.Pcpu);
            while (windows.NextBlock() is { } block)
                merger.Add(block);
        }

        merger.Complete();
        bytes.Records = merger.Records;
        bytes.Parsed = windows.Offset - bytes.Skipped;
        if (merger.Records > 0)
            return true;

        // Nothing of it was a record: the findings about single bytes would only blur that.
        bytes.SetAside = bytes.Total;
        bytes.Parsed = bytes.Skipped = 0;
        return false;
    }
}
