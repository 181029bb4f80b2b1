using System.Buffers.Binary;
using System.Globalization;
using Colocate.Simulate.Readout.Xentrace;
using CsCheck;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

public sealed class TraceWindowsTests
{
    private const uint Event = 0x28004;

    /// <summary>Records come back in the order in which they were added, whichever pcpus they are of, each at its time or as many ticks later as there are records.</summary>
    [Fact]
    public void What_was_added_is_read_back_in_its_order() => Gen.Select(Gen.Int[0, 2], Gen.OneOf(Gen.Const(0L), Gen.Long[1, 999], Gen.Long[40_000_000, 250_000_000]), Gen.UInt.Array[0, 7]).Array[1, 300].Select(Gen.Long[1_000_000, 10_000_000_000]).Sample(
        (records, tscHz) =>
        {
            using var stream = new MemoryStream();
            var windows = new TraceWindows(stream, 3, tscHz);
            long nowNs = 0;
            List<(int Pcpu, long Ticks, string Text)> expected = [];
            foreach ((int pcpu, long passedNs, uint[] words) in records)
            {
                nowNs += passedNs;
                windows.Add(pcpu, Event, nowNs, words);
                expected.Add((pcpu, (long)((Int128)nowNs * tscHz / 1_000_000_000), string.Join(' ', ["28004", .. words.Select(w => w.ToString("x", CultureInfo.InvariantCulture))])));
            }

            windows.Drain();
            List<(int Pcpu, long Ticks, string Text)> read = RecordLines.Of(stream.ToArray(), tscHz);
            Assert.Equal(expected.Select(r => (r.Pcpu, r.Text)), read.Select(r => (r.Pcpu, r.Text)));
            Assert.All(expected.Zip(read), r => Assert.InRange(r.Second.Ticks - r.First.Ticks, 0, records.Length));
        },
        iter: 300);

    [Fact]
    public void Buffers_of_all_pcpus_are_drained_in_their_order_every_100_ms_and_when_one_is_full()
    {
        using var stream = new MemoryStream();
        var windows = new TraceWindows(stream, 3, 1_000_000_000);
        foreach ((int pcpu, int ms) in ((int, int)[])[(2, 5), (0, 99), (1, 100), (0, 199), (2, 250), (2, 401)])
            windows.Add(pcpu, Event, ms * 1_000_000L, 0, 0);
        for (int i = 0; i < 1_000; i++)
            windows.Add(1, Event, 450_000_000, 0, 0);
        windows.Drain();
        // A record has 20 bytes; after a window's header and 817 of them, a buffer of 16 KiB has no room for a longest one.
        Assert.Equal([(0, 1), (2, 1), (0, 1), (1, 1), (2, 1), (1, 817), (2, 1), (1, 183)], Windows(stream.ToArray(), 20));
        Assert.Equal(1_006, RecordLines.Of(stream.ToArray(), 1_000_000_000).Count);
    }

    private static IEnumerable<(int Pcpu, int Records)> Windows(byte[] trace, int recordBytes)
    {
        for (int at = 0; at < trace.Length;)
        {
            Assert.Equal(0x2001f003u, BinaryPrimitives.ReadUInt32LittleEndian(trace.AsSpan(at)));
            int bytes = BinaryPrimitives.ReadInt32LittleEndian(trace.AsSpan(at + 8));
            yield return (BinaryPrimitives.ReadInt32LittleEndian(trace.AsSpan(at + 4)), bytes / recordBytes);
            at += 12 + bytes;
        }
    }
}
