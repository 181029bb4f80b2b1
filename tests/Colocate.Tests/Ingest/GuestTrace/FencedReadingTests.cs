using Colocate.Ingest.Formats;
using Colocate.Ingest.GuestTrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using static Colocate.Tests.Ingest.GuestTrace.NettraceWriter;

namespace Colocate.Tests.Ingest.GuestTrace;

/// <summary>The worker of these tests is the real one, or a shell that misbehaves on purpose.</summary>
public sealed class FencedReadingTests
{
    private static readonly GuestTraceFence s_worker = new() { Program = Path.Combine(AppContext.BaseDirectory, "colocate" + (OperatingSystem.IsWindows() ? ".exe" : "")), Arguments = ["read-guest-trace"] };

    private static readonly byte[] s_trace = Write((0, Start, 1, 1, 0), (10, Start, 2, 2, 0), (20, Stop, 2, 1, 0), (30, Stop, 1, 2, 0));

    /// <summary>Every file of the corpus, damaged ones too, and cuts and flips of a good trace.</summary>
    [Fact]
    public void The_worker_tells_what_reading_here_tells()
    {
        List<byte[]> traces = [.. CorpusFile.All.Where(f => f.Format.Id == "nettrace").Select(f => f.Bytes())];
        traces.AddRange(Enumerable.Range(1, 6).Select(i => s_trace[..(s_trace.Length * i / 7)]));
        foreach (int at in (int[])[0, 9, 40, s_trace.Length / 2, s_trace.Length - 5])
        {
            byte[] damaged = [.. s_trace];
            damaged[at] ^= 0x55;
            traces.Add(damaged);
        }

        foreach (byte[] trace in traces)
            Assert.Equal(Reading.Of(new NettraceFormat(), trace).ToString(), Fenced(trace, s_worker).ToString());
    }

    [Fact]
    public void Rows_carry_the_run_and_guest_of_the_asker() =>
        Assert.Equal(("run", "campaign", "vm1"), Assert.Single(Fenced(s_trace, s_worker).Rows.Of<GuestResultRow>()) is var row ? (row.Run, row.Campaign, row.Domain) : default);

    [Theory]
    [InlineData("hangs, having read nothing", "sleep 1000", "it took more than 0.5 s")]
    [InlineData("hangs, having read all", "cat >/dev/null; sleep 1000", "it took more than 0.5 s")]
    [InlineData("crashes", "kill -SEGV $$", "it ended with 139")]
    [InlineData("gives up", "cat >/dev/null; exit 3", "it ended with 3")]
    [InlineData("answers nonsense", "cat >/dev/null; echo hello", "its answer is not about these bytes")]
    [InlineData("answers nothing", "cat >/dev/null", "its answer is not about these bytes")]
    public void A_worker_that_fails_costs_its_file_alone(string how, string script, string detail)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        GuestTraceFence fence = new() { Program = "/bin/sh", Arguments = ["-c", script], MaxTimeS = how.StartsWith("hangs", StringComparison.Ordinal) ? 0.5 : 600 };
        byte[] trace = [.. Enumerable.Repeat(s_trace, 500).SelectMany(t => t)];
        Reading reading = Fenced(trace, fence);
        Assert.Equal([("NT-FENCE", Severity.Error, detail)], reading.Findings.Select(f => (f.Kind.Code, f.Kind.Severity, f.Detail)));
        Assert.Equal((trace.Length, 0, 0), (reading.Context.Bytes.SetAside, reading.Context.Bytes.Parsed, reading.Context.Bytes.Skipped));
        Assert.Empty(reading.Rows.Tables());
    }

    [Fact]
    public void A_worker_that_takes_too_much_memory_is_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        GuestTraceFence fence = new() { Program = "/bin/sh", Arguments = ["-c", "x=$(head -c 100000000 /dev/zero | tr '\\0' x); sleep 1000"], MaxMemoryBytes = 64 << 20 };
        Assert.Equal("it took more than 64 MiB of memory", Assert.Single(Fenced(s_trace, fence).Findings).Detail);
    }

    [Fact]
    public void Cancelling_ends_the_worker_and_the_reading()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Reading.Of(new NettraceFormat(), new MemoryStream(s_trace), settings: new IngestSettings { GuestTraceFence = s_worker }, cancellation: cancellation.Token));
    }

    private static Reading Fenced(byte[] trace, GuestTraceFence fence) => Reading.Of(new NettraceFormat(), new MemoryStream(trace), settings: new IngestSettings { GuestTraceFence = fence });
}
