using Colocate.Ingest.GuestTrace;
using Colocate.Model.Tables;
using CsCheck;
using static Colocate.Tests.Ingest.GuestTrace.NettraceWriter;

namespace Colocate.Tests.Ingest.GuestTrace;

public sealed class NettraceFormatTests
{
    [Fact]
    public void A_later_version_of_the_format_is_refused_as_such()
    {
        byte[] later = [.. "Nettrace"u8, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, .. new byte[400]];
        Reading reading = Reading.Of(new NettraceFormat(), later);
        Assert.Contains("NT-VERSION", reading.Codes);
        Assert.Equal(later.Length, reading.Context.Bytes.Total);
    }

    [Fact]
    public void Starts_and_stops_are_paired_by_activity_across_threads()
    {
        Reading reading = Read(
            (0, Start, 1, 1, 0),
            (10, Start, 1, 2, 0),
            (40, Stop, 2, 1, 0),
            (50, UnhandledException, 2, 2, 0),
            (70, Stop, 1, 2, 0));
        GuestResultRow result = Result(reading);
        Assert.Equal((2, 0, 1), (result.Requests, result.UnpairedRequests, result.FailedRequests));
        Assert.Equal((0.07, 2 / 0.07), (result.WindowS, result.RequestsPerS!.Value));
        Assert.Equal((50, 40, 60, 60), (result.ReplyMeanMs, result.ReplyP50Ms, result.ReplyP99Ms, result.ReplyMaxMs));
        Assert.Empty(reading.Codes);
    }

    [Fact]
    public void Requests_with_one_end_are_counted_and_left_out()
    {
        Reading reading = Read((0, Stop, 1, 1, 0), (10, Start, 1, 2, 0), (30, Stop, 1, 2, 0), (40, Start, 1, 3, 0));
        Assert.Equal((1, 2, 20), (Result(reading).Requests, Result(reading).UnpairedRequests, Result(reading).ReplyMaxMs));
        Assert.Equal(["NT-UNPAIRED"], reading.Codes);
    }

    [Fact]
    public void Events_without_activity_are_paired_by_thread_and_it_is_said()
    {
        Reading reading = Read((0, Start, 1, 0, 0), (5, Start, 2, 0, 0), (20, Stop, 2, 0, 0), (30, Stop, 1, 0, 0), (40, Start, 1, 0, 0), (50, Stop, 2, 0, 0));
        Assert.Equal((2, 2), (Result(reading).Requests, Result(reading).UnpairedRequests));
        Assert.Equal((15, 30), (Result(reading).ReplyP50Ms, Result(reading).ReplyMaxMs));
        Assert.Equal(["NT-NOACTIVITY", "NT-UNPAIRED"], reading.Codes);
    }

    [Fact]
    public void Every_second_has_a_row_even_without_requests()
    {
        Reading reading = Read((0, Start, 1, 1, 0), (900, Stop, 1, 1, 0), (2100, Start, 1, 2, 0), (2500, Stop, 1, 2, 0));
        Assert.Equal(
            [(0, 1.0, 1, (double?)900), (1, 1.0, 0, null), (2, 0.5, 1, 400)],
            reading.Rows.Of<GuestIntervalRow>().Select(r => (r.IntervalIndex, r.WindowS, (int)r.Requests, r.ReplyP50Ms)));
    }

    [Fact]
    public void A_stop_at_the_end_of_a_whole_second_belongs_to_that_second()
    {
        Reading reading = Read((0, Start, 1, 1, 0), (1000, Stop, 1, 1, 0));
        Assert.Equal([(0, 1.0, 1L)], reading.Rows.Of<GuestIntervalRow>().Select(r => (r.IntervalIndex, r.WindowS, r.Requests)));
    }

    [Fact]
    public void Dropped_events_are_told()
    {
        Reading reading = Read((0, Start, 1, 1, 0), (10, Stop, 1, 1, 7));
        Assert.Equal(7, reading.Context.Bytes.LostRecords);
        Assert.Equal([("NT-LOST", 7L)], reading.Findings.Select(f => (f.Kind.Code, f.Count)));
    }

    [Fact]
    public void An_absurd_time_stamp_asks_for_no_rows()
    {
        Reading reading = Read((0, Start, 1, 1, 0), (10, Stop, 1, 1, 0), (1e12, Start, 1, 2, 0));
        Assert.Equal((1, 0.01), (Result(reading).Requests, Result(reading).WindowS));
        Assert.Equal(["NT-DAMAGED"], reading.Codes);
    }

    [Fact]
    public void Percentiles_are_nearest_ranks()
    {
        var events = Enumerable.Range(1, 100).SelectMany(i =>
            ((double, int, int, byte, int)[])[(i * 200, Start, 1, (byte)i, 0), ((i * 200) + i, Stop, 1, (byte)i, 0)]);
        GuestResultRow result = Result(Read([.. events]));
        Assert.Equal((50, 90, 99, 100), (result.ReplyP50Ms, result.ReplyP90Ms, result.ReplyP99Ms, result.ReplyMaxMs));
    }

    [Fact]
    public void A_trace_without_requests_says_so()
    {
        Reading reading = Read((0, 5, 1, 1, 0));
        Assert.Equal(["NT-NOREQUESTS"], reading.Codes);
        Assert.Null(Result(reading).ReplyMeanMs);
    }

    [Fact]
    public void A_fault_of_the_source_is_not_taken_for_damage()
    {
        var reading = () => Reading.Of(new NettraceFormat(), new BrokenStream());
        Assert.Throws<IOException>(reading);
    }

    [Fact]
    public void Flipped_bytes_of_version_6_never_throw_and_stay_accounted_for()
    {
        byte[] trace = Write((0, Start, 1, 1, 0), (10, Start, 2, 2, 0), (20, Stop, 2, 1, 0), (30, Stop, 1, 2, 0));
        Gen.Select(Gen.Int[0, trace.Length - 1], Gen.Byte).Array[1, 8].Sample(
            flips =>
            {
                byte[] damaged = [.. trace];
                foreach ((int at, byte value) in flips)
                    damaged[at] = value;
                Assert.Equal(damaged.Length, Reading.Of(new NettraceFormat(), damaged).Context.Bytes.Total);
            },
            iter: 300,
            threads: 1);
    }

    private static Reading Read(params (double Ms, int Id, int Thread, byte Activity, int LostBefore)[] events) =>
        Reading.Of(new NettraceFormat(), Write(events));

    private static GuestResultRow Result(Reading reading) => Assert.Single(reading.Rows.Of<GuestResultRow>());

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the disk went away");
    }
}
