using Colocate.Ingest.Xentrace.Replay;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class DomainIntervalsTests
{
    /// <summary>Mostly onwards, sometimes far back, as late news of a vcpu is: the interval, the figure and how much is added to it.</summary>
    private static readonly Gen<(int Index, int Figure, long More)[]> s_gen =
        Gen.Select(Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[-60, 0])), Gen.Int[0, DomainCounters.Count - 1], Gen.Frequency((3, Gen.Long[0, 1 << 20]), (1, Gen.Long[0, long.MaxValue])))
            .Array[0, 400].Select(steps =>
            {
                int at = 0;
                return steps.Select(s => (at = Math.Max(0, at + s.Item1), s.Item2, s.Item3)).ToArray();
            });

    [Fact]
    public void What_is_packed_in_between_counts_like_what_never_was() => s_gen.Sample(steps =>
    {
        (DomainIntervals intervals, SortedDictionary<int, long[]> expected) = Count(steps);
        AssertEqual(expected, intervals);
        Assert.Equal(Sum(expected.Values), intervals.Whole().All.ToArray());
        AssertEqual(expected, intervals);
    });

    [Fact]
    public void Parts_of_a_reading_add_up_and_the_last_interval_folds_into_the_one_before_it() => Gen.Select(s_gen, s_gen).Sample((one, other) =>
    {
        (DomainIntervals intervals, SortedDictionary<int, long[]> expected) = Count(one);
        (DomainIntervals more, SortedDictionary<int, long[]> expectedMore) = Count(other);
        intervals.Add(more);
        foreach ((int index, long[] figures) in expectedMore)
            expected[index] = Sum([figures, expected.GetValueOrDefault(index, new long[DomainCounters.Count])]);
        AssertEqual(expected, intervals);

        int last = expected.Keys.DefaultIfEmpty(0).Last() + 1;
        intervals.At(last).Wakes = 3;
        intervals.Fold(last);
        expected.TryAdd(last - 1, new long[DomainCounters.Count]);
        var wakes = new DomainCounters { Wakes = 3 };
        expected[last - 1] = Sum([expected[last - 1], wakes.All.ToArray()]);
        AssertEqual(expected, intervals);
        intervals.Clear();
        Assert.Equal(new long[DomainCounters.Count], intervals.Whole().All.ToArray());
    });

    [Fact]
    public void A_hundred_thousand_intervals_that_are_asked_for_again_and_again_take_a_few_megabytes()
    {
        var packed = new PackedCounters();
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 100_000; i++)
            {
                var counters = new DomainCounters();
                packed.AddTo(counters, i);
                packed.Remove(i);
                counters.Events += 1000 + i;
                counters.StateTicks(RunState.Running) += 1_000_000_000;
                packed.Put(i, counters);
            }
        }

        Assert.Equal(100_000, packed.Count);
        var last = new DomainCounters();
        packed.AddTo(last, 99_999);
        Assert.Equal((4 * 100_999, 4_000_000_000), (last.Events, last.StateTicks(RunState.Running)));

        // Eleven bytes each, as much again given up, and the last chunk.
        Assert.InRange(packed.Bytes, 100_000 * 11, 100_000 * 24);
    }

    [Fact]
    public void Without_room_for_one_more_interval_the_first_one_takes_its_figures()
    {
        var clock = new IntervalClock(1000, 1);
        while (clock.TryTakeCell())
        {
        }

        var intervals = new DomainIntervals(clock);
        intervals.At(7).Events = 2;
        intervals.At(8).Events += 3;
        Assert.Equal((5, 0, 0), (intervals.Peek(0).Events, intervals.Peek(7).Events, intervals.Peek(8).Events));
    }

    private static (DomainIntervals Intervals, SortedDictionary<int, long[]> Expected) Count((int Index, int Figure, long More)[] steps)
    {
        var intervals = new DomainIntervals(new IntervalClock(1000, 1));
        var expected = new SortedDictionary<int, long[]>();
        foreach ((int index, int figure, long more) in steps)
        {
            Ticks.Add(ref intervals.At(index).All[figure], (ulong)more);
            if (!expected.TryGetValue(index, out long[]? figures))
                expected.Add(index, figures = new long[DomainCounters.Count]);
            Ticks.Add(ref figures[figure], (ulong)more);
        }

        return (intervals, expected);
    }

    private static long[] Sum(IEnumerable<long[]> all)
    {
        var sum = new long[DomainCounters.Count];
        foreach (long[] figures in all)
        {
            for (int i = 0; i < sum.Length; i++)
                Ticks.Add(ref sum[i], (ulong)figures[i]);
        }

        return sum;
    }

    private static void AssertEqual(SortedDictionary<int, long[]> expected, DomainIntervals intervals)
    {
        for (int i = 0; i <= expected.Keys.DefaultIfEmpty(0).Last() + 1; i++)
            Assert.Equal(expected.GetValueOrDefault(i, new long[DomainCounters.Count]), intervals.Peek(i).All.ToArray());
    }
}
