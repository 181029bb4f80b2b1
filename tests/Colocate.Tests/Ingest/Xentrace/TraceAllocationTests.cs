using System.Runtime.InteropServices;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>
/// Reading a trace to its tables allocates for the runtime, the tables and a bounded number of blocks in flight, and nothing per record: ten times the records in the same
/// time allocate no more than a fixed number of bytes more. Rows of records come on top: Parquet.Net makes buffers anew for every row group.
/// </summary>
[Collection(typeof(MeasuredAlone))]
public sealed class TraceAllocationTests
{
    /// <summary>As many as make a row group.</summary>
    private const int GroupRecords = 131_072;

    private const int Few = 2 * GroupRecords, Many = 20 * GroupRecords;

    /// <summary>Blocks of marks between the two threads, of which timing makes more or fewer: 256 of 4 KiB.</summary>
    private const long BlocksInFlightBytes = 2 << 20;

    /// <summary>Parquet.Net alone allocates 4.1 MiB for a row group of these columns; one object a record would be 3 MiB more.</summary>
    private const long RowGroupBytes = 6 << 20;

    [Fact]
    public void Metrics_allocate_as_much_for_ten_times_the_records() => AssertFixed(null);

    [Fact]
    public void Looking_for_records_that_are_not_there_allocates_nothing_per_record() => AssertFixed(new EventSelection { Like = "NO_SUCH_EVENT" });

    [Fact]
    public void A_row_allocates_no_more_than_its_share_of_a_row_group()
    {
        var all = new EventSelection();
        (long few, long fewRows) = Allocated(Few, all);
        (long many, long manyRows) = Allocated(Many, all);
        Assert.Equal((Few, Many), (fewRows, manyRows));
        Assert.True(many - few < (Many - Few) / GroupRecords * RowGroupBytes + BlocksInFlightBytes, $"{few} bytes for {Few} rows, {many} for {Many}");
    }

    private static void AssertFixed(EventSelection? events)
    {
        (long few, long rows) = Allocated(Few, events);
        (long many, long moreRows) = Allocated(Many, events);
        Assert.Equal((0, 0), (rows, moreRows));
        Assert.True(many - few < BlocksInFlightBytes, $"{few} bytes for {Few} records, {many} for {Many}");
    }

    /// <summary>Of the second reading: the first one compiles.</summary>
    private static (long Bytes, long Rows) Allocated(int records, EventSelection? events)
    {
        byte[] trace = Trace(records);
        Read(trace, records, events);
        return Read(trace, records, events);
    }

    private static (long Bytes, long Rows) Read(byte[] trace, int records, EventSelection? events)
    {
        using var folder = new TemporaryFolder();
        using var lake = Lake.OpenForWriting(Path.Combine(folder.Path, "lake"));
        StagedTable? table = null;
        var context = new InputContext
        {
            Run = TraceReading.Unnamed(tscHz: 1e9), Settings = new IngestSettings { Events = events }, Findings = new FindingLog("trace"),
            BeginTable = t => table = lake.BeginTableAsync(t).GetAwaiter().GetResult(),
        };
        long before = GC.GetTotalAllocatedBytes(precise: true);
        new XentraceFormat().Read(new MemoryStream(trace), context, new RowSink(), CancellationToken.None);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before, rows = table?.Rows ?? 0;
        Assert.Equal(records, context.Bytes.Records);
        table?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return (bytes, rows);
    }

    /// <summary>Windows of 1000 records of one pcpu, every tenth a change of a run state; ten seconds of 1 GHz, however many they are.</summary>
    private static byte[] Trace(int records)
    {
        var words = new List<uint>(records * 4 + records / 250);
        ulong step = 10_000_000_000 / (ulong)records;
        for (int i = 0; i < records; i++)
        {
            if (i % 1000 == 0)
                words.AddRange([0x2001f003, 0, (uint)Math.Min(1000, records - i) * 16]);
            ulong now = 1_000_000 + (ulong)i * step;
            words.AddRange([i % 10 == 0 ? 0x90021002 : 0x90801003, unchecked((uint)now), (uint)(now >> 32), i % 10 == 0 ? 1u << 16 : 7]);
        }

        return MemoryMarshal.AsBytes<uint>(words.ToArray()).ToArray();
    }
}
