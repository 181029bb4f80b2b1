using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Observation;

namespace Colocate.Ingest.Xentrace;

/// <summary>Reads a trace from its first to its last byte: windows, then records in file order to a sink, with every byte accounted for.</summary>
internal static class XentraceReader
{
    /// <summary>Reads <paramref name="content"/>; returns null when it is no trace at all (the reason is in the findings), else the headers seen.</summary>
    internal static HeaderTable? Read<TSink>(
        Stream content, TSink sink, FindingLog findings, ByteAccount bytes, long maxHeldBytes, CancellationToken cancellation, Func<bool>? isEnough = null)
        where TSink : IRecordSink
    {
        var faults = new TraceFaults(findings, bytes);
        var windows = new WindowReader(content, faults);
        var scanner = new RecordScanner<TSink>(sink, faults);
        var opening = new TraceOpening(maxHeldBytes);
        var block = new RecordBlock();
        ColocateEvents events = ColocateEvents.Log;
        (long records, long offset) = (0, 0);
        while (windows.NextWindow() && isEnough?.Invoke() != true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (opening.EndsBefore(windows.Pcpu))
                Begin(opening, scanner);
            while (windows.NextBlock(block))
            {
                if (opening.HasEnded)
                    scanner.Scan(block);
                else
                    block = opening.Hold(block);
            }

            events.Read(scanner.Records - records, windows.Offset - offset);
            (records, offset) = (scanner.Records, windows.Offset);
        }

        if (!opening.HasEnded)
            Begin(opening, scanner);
        bytes.Records = scanner.Records;
        bytes.Parsed = windows.Offset - bytes.Skipped;
        if (scanner.Records > 0)
            return scanner.Headers;

        // Nothing of it was a record: the findings about single bytes would only blur that.
        bytes.SetAside = bytes.Total;
        bytes.Parsed = bytes.Skipped = 0;
        return null;
    }

    private static void Begin<TSink>(TraceOpening opening, RecordScanner<TSink> scanner)
        where TSink : IRecordSink
    {
        scanner.Begin(opening.FirstTsc());
        foreach (RecordBlock held in opening.End())
            scanner.Scan(held);
    }
}
