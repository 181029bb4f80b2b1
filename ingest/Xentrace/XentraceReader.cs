using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Observation;

namespace Colocate.Ingest.Xentrace;

/// <summary>Reads a trace from its first to its last byte: windows, then records in file order to a sink, with every byte accounted for.</summary>
internal static class XentraceReader
{
    /// <summary>Reads a trace; returns null when it is none at all (the reason is in the findings), else the headers seen.</summary>
    internal static HeaderTable? Read<TSink>(
        BlockFeed feed, TSink sink, FindingLog findings, ByteAccount bytes, long maxHeldBytes, CancellationToken cancellation, Func<bool>? isEnough = null)
        where TSink : IRecordSink
    {
        var scanner = new RecordScanner<TSink>(sink, new TraceFaults(findings, bytes));
        var opening = new TraceOpening(maxHeldBytes);
        ColocateEvents events = ColocateEvents.Log;
        (long records, long offset) = (0, 0);
        while (feed.Next() is { } block)
        {
            if (block.StartsWindow)
            {
                events.Read(scanner.Records - records, feed.Offset - offset);
                (records, offset) = (scanner.Records, feed.Offset);
                if (isEnough?.Invoke() == true)
                    break;
                cancellation.ThrowIfCancellationRequested();
                if (opening.EndsBefore(block.Pcpu))
                    Begin(opening, scanner, feed);
            }

            // A window without content holds no place in the order of time either.
            if (block is { StartsWindow: true, Bytes: 0 })
                feed.Release(block);
            else if (opening.HasEnded)
                Scan(block, scanner, feed);
            else
                opening.Hold(block);
        }

        if (!opening.HasEnded)
            Begin(opening, scanner, feed);
        events.Read(scanner.Records - records, feed.Offset - offset);
        bytes.Records = scanner.Records;
        bytes.Skipped += feed.SkippedBytes;
        bytes.Parsed = feed.Offset - bytes.Skipped;
        if (scanner.Records > 0)
            return scanner.Headers;

        // Nothing of it was a record: the findings about single bytes would only blur that.
        bytes.SetAside = bytes.Total;
        bytes.Parsed = bytes.Skipped = 0;
        return null;
    }

    private static void Begin<TSink>(TraceOpening opening, RecordScanner<TSink> scanner, BlockFeed feed)
        where TSink : IRecordSink
    {
        scanner.Begin(opening.FirstTsc());
        foreach (RecordBlock held in opening.End())
            Scan(held, scanner, feed);
    }

    private static void Scan<TSink>(RecordBlock block, RecordScanner<TSink> scanner, BlockFeed feed)
        where TSink : IRecordSink
    {
        scanner.Scan(block);
        feed.Release(block);
    }
}
