using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Diagnostics;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class MarkMergerTests
{
    /// <summary>A pcpu's records as (time, number); drained as xentrace does: at rising times, pcpu after pcpu.</summary>
    private static readonly Gen<(int Pcpus, int[] Gaps, int[] DrainGaps)> s_gen = Gen.Select(Gen.Int[1, 40], Gen.Int[0, 40].Array[0, 300], Gen.Int[1, 200].Array[1, 40]);

    [Fact]
    public void Records_come_out_in_time_order_with_ties_in_file_order() => s_gen.Sample(
        given =>
        {
            (byte[] trace, List<(ulong Tsc, int FileOrder, uint Id)> written) = Drained(given.Pcpus, given.Gaps, given.DrainGaps);
            (List<(ulong Tsc, uint Id)> read, FindingLog findings) = Read(trace, IngestSettings.DefaultMaxHeldBytes);
            Assert.Equal(written.OrderBy(r => r.Tsc).ThenBy(r => r.FileOrder).Select(r => (r.Tsc, r.Id)), read);
            Assert.Empty(findings.ToList());
        },
        iter: 1000, threads: 1);

    [Fact]
    public void Beyond_the_memory_limit_no_change_of_a_run_state_is_lost_and_time_never_steps_back()
    {
        // pcpu 1's old records arrive behind a long window of pcpu 0.
        byte[] trace = new TraceWriter()
            .Window(0, w =>
            {
                for (ulong i = 0; i < 2000; i++)
                    w.Record(0x21002, 1000 + i, 0);
            })
            .Window(1, w => w.Record(0x21002, 5, 1).Record(0x21002, 2500, 1)).ToArray();
        (List<(ulong Tsc, uint Id)> read, FindingLog findings) = Read(trace, maxHeldBytes: 1000);
        Assert.Equal(2002, read.Count);
        Assert.Equal(read.Select(r => r.Tsc).Order(), read.Select(r => r.Tsc));
        Assert.Equal([DiagnosticCatalogue.TraceReordered], findings.ToList().Select(f => f.Kind));
    }

    /// <summary>
    /// On both threads. Reading may run ahead of replaying by a bounded number of blocks, and how many of them it makes is a matter of timing; so replaying begins
    /// when reading has run ahead as far as it can, and then all readings make as many.
    /// </summary>
    [Fact]
    public void Reading_and_replaying_allocate_nothing_per_record()
    {
        long few = AllocatedFor(records: 400_000), many = AllocatedFor(records: 2_400_000);
        Assert.True(many - few < 0.1 * 2_000_000, $"{few} bytes for 400 000 records, {many} for 2 400 000");

        static long AllocatedFor(int records)
        {
            byte[] trace = LongTrace(records);
            Measure(trace);
            return Measure(trace);
        }

        static long Measure(byte[] trace)
        {
            var content = new MemoryStream(trace);
            var sink = new Measuring(content, startsAtByte: 256 * LongTrace(1000).Length / 2);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Replay(content, sink, new FindingLog(null), IngestSettings.DefaultMaxHeldBytes, fetchesAhead: false);
            return GC.GetAllocatedBytesForCurrentThread() - before + sink.AllocatedBytes;
        }
    }

    private static byte[] LongTrace(int records)
    {
        var trace = new TraceWriter();
        for (int written = 0; written < records; written += 1000)
        {
            int first = written;
            foreach (uint pcpu in (uint[])[0, 1])
            {
                trace.Window(pcpu, w =>
                {
                    for (int i = 0; i < 500; i++)
                        w.Record(0x21002, (ulong)(first + i) * 100 + pcpu, pcpu);
                });
            }
        }

        return trace.ToArray();
    }

    private static (byte[] Trace, List<(ulong Tsc, int FileOrder, uint Id)> Written) Drained(int pcpus, int[] gaps, int[] drainGaps)
    {
        var perPcpu = Enumerable.Range(0, pcpus).Select(_ => new Queue<ulong>()).ToArray();
        ulong now = 1000;
        foreach ((int i, int gap) in gaps.Index())
        {
            now += (ulong)gap;
            perPcpu[i * 7 % pcpus].Enqueue(now);
        }

        var trace = new TraceWriter();
        var written = new List<(ulong, int, uint)>();
        ulong drained = 1000;
        for (int round = 0; perPcpu.Any(q => q.Count > 0); round++)
        {
            for (int pcpu = 0; pcpu < pcpus; pcpu++)
            {
                drained += (ulong)drainGaps[(round + pcpu) % drainGaps.Length];
                var ready = new List<ulong>();
                while (perPcpu[pcpu].TryPeek(out ulong tsc) && tsc <= drained)
                    ready.Add(perPcpu[pcpu].Dequeue());
                if (ready.Count == 0)
                    continue;
                trace.Window((uint)pcpu, w =>
                {
                    foreach (ulong tsc in ready)
                    {
                        uint id = (uint)written.Count;
                        w.Record(0x21002, tsc, id);
                        written.Add((tsc, written.Count, id));
                    }
                });
            }
        }

        return (trace.ToArray(), written);
    }

    private static (List<(ulong Tsc, uint Id)> Records, FindingLog Findings) Read(byte[] trace, long maxHeldBytes)
    {
        var sink = new Collecting();
        var findings = new FindingLog(null);
        Replay(new MemoryStream(trace), sink, findings, maxHeldBytes);
        return (sink.Records, findings);
    }

    private static void Replay(Stream content, IMarkSink sink, FindingLog findings, long maxHeldBytes, bool fetchesAhead = true)
    {
        var merged = new FindingLog(null);
        var feed = new BlockFeed(content, findings);
        using var pipe = new MarkPipe(sink, merged, maxHeldBytes, () => fetchesAhead && feed.FetchAhead());
        var scan = new TraceScan(new IntervalClock(null, 1), new IntervalClock(null, 1), findings, pipe);
        XentraceReader.Read(feed, new ScanSink(scan), findings, new ByteAccount(), maxHeldBytes, CancellationToken.None);
        pipe.Complete();
        findings.Add(merged);
    }

    private sealed class Collecting : IMarkSink
    {
        internal List<(ulong Tsc, uint Id)> Records { get; } = [];

        public void OnMark(int pcpu, ulong tsc, uint who, uint code) => Records.Add((tsc, who));

        public void OnLoss(int pcpu, ulong tsc, Loss loss) => throw new InvalidOperationException("no record of these traces is lost");
    }

    /// <summary>Measures what the thread that replays allocates, from its first mark to its last; takes the first one when so much was read.</summary>
    private sealed class Measuring(Stream content, long startsAtByte) : IMarkSink
    {
        private int _thread;
        private long _before;

        internal long AllocatedBytes { get; private set; }

        public void OnMark(int pcpu, ulong tsc, uint who, uint code)
        {
            if (_thread == 0)
            {
                Assert.True(SpinWait.SpinUntil(() => content.Position >= startsAtByte, TimeSpan.FromMinutes(1)), $"reading stopped at byte {content.Position}");
                (_thread, _before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
            }

            if (Environment.CurrentManagedThreadId == _thread)
                AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _before;
        }

        public void OnLoss(int pcpu, ulong tsc, Loss loss)
        {
        }
    }
}
