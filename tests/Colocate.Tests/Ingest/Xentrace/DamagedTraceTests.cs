using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>A real trace, harmed in every way of a kind: nothing throws, nothing hangs, and no byte is lost from the account.</summary>
public sealed class DamagedTraceTests
{
    private const int Bytes = 4096;
    private static readonly byte[] s_cpuChange = [0x03, 0xf0, 0x01, 0x20];

    [Fact]
    public void Every_bit_of_the_first_4_KiB_may_flip()
    {
        byte[] trace = FirstBytes(2 * Bytes);
        for (int bit = 0; bit < Bytes * 8; bit++)
        {
            trace[bit / 8] ^= (byte)(1 << bit % 8);
            Check(trace);
            trace[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    /// <summary>A damaged time moves one record, not all that follow: the length of the trace stays what it was.</summary>
    [Fact]
    public void One_bit_of_a_time_may_flip_and_the_trace_is_as_long_as_before()
    {
        byte[] trace = FirstBytes(2 * Bytes);
        double length = WindowS(trace);
        int[] times = [.. Times(trace)];
        Assert.True(times.Length > 100);
        for (int i = 0; i < times.Length; i++)
        {
            // What cannot be told from silence: the first record of a pcpu, and the last one of a block.
            double most = i == 0 ? (1UL << 38) / 2.8e9 : i == times.Length - 1 ? (1UL << 32) / 2.8e9 : (1 << 24) / 2.8e9;
            for (int bit = 0; bit < 64; bit++)
            {
                trace[times[i] + bit / 8] ^= (byte)(1 << bit % 8);
                double moved = WindowS(trace) - length;
                Assert.True(Math.Abs(moved) <= most, $"record {i} of {times.Length}, bit {bit}: {moved} s");
                trace[times[i] + bit / 8] ^= (byte)(1 << bit % 8);
            }
        }

        static double WindowS(byte[] trace) =>
            TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 2.8e9)).Rows.Of<HostMetricsRow>().Single().WindowS!.Value;
    }

    [Fact]
    public void It_may_end_at_every_byte()
    {
        byte[] trace = FirstBytes(2 * Bytes);
        for (int length = 0; length <= trace.Length; length++)
            Check(trace[..length]);
    }

    /// <summary>As when a recorder was killed and its file joined with the next one: only the window that was cut, as long as it said it would be, takes bytes of what follows.</summary>
    [Fact]
    public void What_follows_is_found_again_at_whatever_byte_it_ends()
    {
        byte[] first = new TraceWriter().Window(0, w => w.Record(0x21002, 1000, 1 << 16).Record(0x21002, 2000, 1 << 16)).ToArray();
        var second = new TraceWriter();
        for (uint i = 0; i < 300; i++)
            second.Window(i % 3, w => w.Record(0x21002, 1_000_000 + 100 * i, 1 << 16).Record(0x21002, 1_000_050 + 100 * i, 1 << 16));
        int window = first.Length;
        for (int length = 12; length <= first.Length; length++)
        {
            byte[] trace = [.. first[..length], .. second.ToArray()];
            Check(trace);
            (_, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 2.6e9));
            int overlapped = length == first.Length ? 0 : (window - length + window - 1) / window;
            Assert.InRange(context.Bytes.Records, 2 * (300 - overlapped), 2 * 301);
            Assert.Equal(length < first.Length, context.Findings.ToList().Any(f => f.Kind == DiagnosticCatalogue.TraceNoSync));
        }
    }

    /// <summary>More of it than is looked through at a time, beginning at every place of a word and with what looks like a window but is none.</summary>
    [Fact]
    public void A_window_is_found_behind_any_number_of_bytes_that_are_none()
    {
        byte[] window = new TraceWriter().Window(0, w => w.Record(0x21002, 1000, 1 << 16)).ToArray();
        for (int garbage = 1; garbage < 9000; garbage += garbage is > 20 and < 4080 or > 4110 and < 8170 ? 97 : 1)
        {
            byte[] between = new byte[garbage];
            s_cpuChange.AsSpan(0, Math.Min(garbage, 4)).CopyTo(between);
            s_cpuChange.AsSpan(0, Math.Min(garbage, 3)).CopyTo(between.AsSpan(garbage - Math.Min(garbage, 3)));
            between.AsSpan(Math.Min(garbage, 4), Math.Min(Math.Max(garbage - 7, 0), 8)).Fill(0xff);
            byte[] trace = [.. window, .. between, .. window, .. window];
            Check(trace);
            (_, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 2.6e9));
            Assert.Equal((garbage, 3L), ((int)context.Bytes.Skipped, context.Bytes.Records));
        }
    }

    private static void Check(byte[] trace)
    {
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 2.6e9));
        ByteAccount bytes = context.Bytes;
        Assert.Equal(trace.Length, bytes.Parsed + bytes.Skipped + bytes.SetAside);
        Assert.True(bytes is { Parsed: >= 0, Skipped: >= 0, SetAside: >= 0 });
        Assert.Equal(bytes.Records, rows.Of<TraceEventRow>().Sum(e => e.Records));
        foreach (VcpuStateRow v in rows.Of<VcpuStateRow>())
            Assert.Equal(rows.Of<PcpuStateRow>().First().WindowCycles, v.RunningCycles + v.RunnableCycles + v.BlockedCycles + v.OfflineCycles + v.LostCycles);
    }

    /// <summary>Where the times of the records stand; whole records of one window, the first.</summary>
    private static IEnumerable<int> Times(byte[] trace)
    {
        int size;
        for (int at = 12; at + 40 <= trace.Length; at += size)
        {
            uint header = BitConverter.ToUInt32(trace, at);
            size = 4 * RecordBlock.SizeInWords(header);
            if (header >> 31 != 0)
                yield return at + 4;
        }
    }

    private static byte[] FirstBytes(int count)
    {
        byte[] bytes = new byte[count];
        using DecodedStream content = InputFile.Find(Path.Combine(Repository.SampleLab, "runs", "idle-host"), "", "xentrace.bin.zst", InputRole.Trace).Open(new FindingLog(null), out _);
        content.ReadExactly(bytes);
        return bytes;
    }
}
