using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentrace;

public class BlockFeedTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>What comes out must not depend on who fetched it, nor on when: the words, where they stood, and what was found wrong between them.</summary>
    [Fact]
    public void Blocks_are_the_same_whoever_fetches_them() =>
        Gen.Select(Gen.Int[0, 40].Array[0, 300], Gen.Int[0, 3], Gen.Int[0, 200]).Sample(
            (records, pcpus, cutBytes) =>
            {
                byte[] trace = Trace(records, pcpus + 1, cutBytes);
                Assert.Equal(Read(trace, helps: false), Read(trace, helps: true));
            },
            iter: 200);

    [Fact]
    public void An_error_is_thrown_after_the_blocks_that_came_before_it()
    {
        byte[] trace = Trace([.. Enumerable.Repeat(10, 20)], 2, 0);
        var feed = new BlockFeed(new FailingStream(trace, failsAtByte: trace.Length / 2), new FindingLog(null));
        int ahead = 0, blocks = 0;
        while (feed.FetchAhead())
            ahead++;
        Assert.Equal(10, ahead);
        Exception? error = null;
        while (error is null)
            error = Record.Exception(() => { Assert.NotNull(feed.Next()); blocks++; });
        Assert.Equal("the disk is gone", Assert.IsType<IOException>(error).Message);
        Assert.Equal(ahead, blocks);
        Assert.Throws<IOException>(() => feed.Next());
        Assert.False(feed.FetchAhead());
    }

    [Fact]
    public void Blocks_are_used_again_and_no_more_are_ready_than_a_bound()
    {
        byte[] trace = Trace([.. Enumerable.Repeat(100, 4000)], 4, 0);
        var feed = new BlockFeed(new MemoryStream(trace), new FindingLog(null));
        var made = new HashSet<RecordBlock>(ReferenceEqualityComparer.Instance);
        int blocks = 0;
        while (feed.FetchAhead() || blocks < 4000)
        {
            while (feed.FetchAhead())
            {
            }

            RecordBlock block = feed.Next()!;
            made.Add(block);
            blocks++;
            feed.Release(block);
        }

        Assert.Null(feed.Next());
        Assert.Equal(trace.Length, feed.Offset);
        Assert.InRange(made.Count, 2, 65);
    }

    private static (string Blocks, string Findings, long Offset, long Skipped) Read(byte[] trace, bool helps)
    {
        var findings = new FindingLog(null);
        var feed = new BlockFeed(new MemoryStream(trace), findings);
        bool ends = false;
        var helping = Task.Factory.StartNew(
            () =>
            {
                while (helps && !Volatile.Read(ref ends))
                    feed.FetchAhead();
            },
            TaskCreationOptions.LongRunning);
        var blocks = new List<string>();
        while (feed.Next() is { } block)
        {
            string words = string.Join(' ', block.Words[block.Start..block.End]);
            blocks.Add(FormattableString.Invariant($"{block.Pcpu} {block.FileOffset} {block.Bytes} {block.StartsWindow} {block.EndsWindow} {words}"));
            feed.Release(block);
        }

        Volatile.Write(ref ends, true);
        Assert.True(helping.Wait(s_patience, TestContext.Current.CancellationToken));
        return (string.Join('\n', blocks), string.Join('\n', findings.ToList()), feed.Offset, feed.SkippedBytes);
    }

    /// <summary>A window for each count of records, with a word of no meaning before each seventh, cut so many bytes before its end.</summary>
    private static byte[] Trace(int[] records, int pcpus, int cutBytes)
    {
        var trace = new TraceWriter();
        foreach ((int window, int count) in records.Index())
        {
            if (window % 7 == 6)
                trace.Words(0xdead0000);
            trace.Window((uint)(window % pcpus), w =>
            {
                for (int i = 0; i < count; i++)
                    w.Record(0x21002, (ulong)(window * 1000 + i), (uint)i);
            });
        }

        byte[] bytes = trace.ToArray();
        return bytes[..Math.Max(0, bytes.Length - cutBytes)];
    }
}
