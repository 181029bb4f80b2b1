using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>A real trace, harmed in every way of a kind: nothing throws, nothing hangs, and no byte is lost from the account.</summary>
public sealed class DamagedTraceTests
{
    private const int Bytes = 4096;

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

    [Fact]
    public void It_may_end_at_every_byte()
    {
        byte[] trace = FirstBytes(2 * Bytes);
        for (int length = 0; length <= trace.Length; length++)
            Check(trace[..length]);
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

    private static byte[] FirstBytes(int count)
    {
        byte[] bytes = new byte[count];
        using DecodedStream content = InputFile.Find(Path.Combine(Repository.SampleLab, "runs", "idle-host"), "", "xentrace.bin.zst", InputRole.Trace).Open(new FindingLog(null), out _);
        content.ReadExactly(bytes);
        return bytes;
    }
}
