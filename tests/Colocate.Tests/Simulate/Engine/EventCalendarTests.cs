using Colocate.Simulate.Engine;
using CsCheck;

namespace Colocate.Tests.Simulate.Engine;

[Collection(typeof(MeasuredAlone))]
public sealed class EventCalendarTests
{
    /// <summary>A step schedules an event that many ns ahead of the last one taken; a negative step takes one.</summary>
    private static readonly Gen<int[]> s_steps = Gen.OneOf(Gen.Const(-1), Gen.Int[0, 3], Gen.Int[0, 1_000_000]).Array[0, 400];

    [Fact]
    public void Events_come_in_the_order_of_a_sorted_list_those_of_one_time_as_they_were_scheduled() => s_steps.Sample(
        steps =>
        {
            var calendar = new EventCalendar(capacity: 1);
            List<ScheduledEvent> pending = [];
            long nowNs = 0;
            for (int i = 0; i < steps.Length; i++)
            {
                if (steps[i] >= 0)
                {
                    calendar.Schedule(nowNs + steps[i], kind: i % 7, target: i, payload: ~i);
                    pending.Add(new ScheduledEvent(nowNs + steps[i], steps.Take(i).Count(s => s >= 0), i % 7, i, ~i));
                }
                else if (pending.Count > 0)
                {
                    nowNs = TakeFirst().TimeNs;
                }

                Assert.Equal(pending.Count, calendar.Count);
            }

            while (pending.Count > 0)
                TakeFirst();

            ScheduledEvent TakeFirst()
            {
                ScheduledEvent first = pending.OrderBy(e => e.TimeNs).ThenBy(e => e.Target).First();
                pending.Remove(first);
                Assert.Equal(first, calendar.Take());
                return first;
            }
        },
        iter: 1000, threads: 1);

    [Fact]
    public void Taking_from_an_empty_calendar_is_an_error()
    {
        var calendar = new EventCalendar();
        Assert.Throws<InvalidOperationException>(() => calendar.Take());
        calendar.Schedule(1, 0, 0);
        calendar.Take();
        Assert.Throws<InvalidOperationException>(() => calendar.Take());
    }

    [Fact]
    public void Nothing_is_allocated_once_there_was_room_for_as_many_events()
    {
        var calendar = new EventCalendar(capacity: 1);
        Fill(calendar);
        Drain(calendar);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                Fill(calendar);
                Drain(calendar);
            }
        }));

        static void Fill(EventCalendar calendar)
        {
            for (int i = 0; i < 1000; i++)
                calendar.Schedule(i * 7919 % 1000, 0, i);
        }

        static void Drain(EventCalendar calendar)
        {
            while (calendar.Count > 0)
                calendar.Take();
        }
    }

    [Fact]
    public void Events_of_the_last_moment_come_and_those_before_the_start_are_refused()
    {
        var calendar = new EventCalendar(places: 1);
        calendar.Put(0, long.MaxValue, kind: 1, target: 0);
        calendar.Schedule(long.MaxValue, kind: 2, target: 0);
        calendar.Schedule(0, kind: 3, target: 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Schedule(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Put(0, -1, 0, 0));
        Assert.Equal([3, 1, 2], [calendar.Take().Kind, calendar.Take().Kind, calendar.Take().Kind]);
        Assert.False(calendar.TryTake(long.MaxValue, out _));
    }

    [Fact]
    public void Room_for_no_event_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new EventCalendar(capacity: 0));
}
