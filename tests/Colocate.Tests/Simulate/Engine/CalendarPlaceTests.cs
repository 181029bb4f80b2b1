using Colocate.Simulate.Engine;
using CsCheck;

namespace Colocate.Tests.Simulate.Engine;

[Collection(typeof(MeasuredAlone))]
public sealed class CalendarPlaceTests
{
    private const int Places = 3;

    /// <summary>What to do (0..2 schedule, 3..5 put, 6 call off, 7 take unless it is later, 8..9 take), at which place, how many ns ahead.</summary>
    private static readonly Gen<(int Action, int Place, int AheadNs)[]> s_steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Places - 1], Gen.OneOf(Gen.Int[0, 2], Gen.Int[0, 1000])).Array[0, 300];

    [Fact]
    public void Events_with_and_without_places_come_in_the_order_of_one_sorted_list() => s_steps.Sample(
        steps =>
        {
            var calendar = new EventCalendar(capacity: 1, Places);
            List<(ScheduledEvent Event, int? Place)> pending = [];
            long nowNs = 0, order = 0;
            foreach ((int action, int place, int aheadNs) in steps)
            {
                switch (action)
                {
                    case <= 2:
                        calendar.Schedule(nowNs + aheadNs, action, place, aheadNs);
                        pending.Add((new ScheduledEvent(nowNs + aheadNs, order++, action, place, aheadNs), null));
                        break;
                    case <= 5:
                        calendar.Put(place, nowNs + aheadNs, action, ~place);
                        pending.RemoveAll(p => p.Place == place);
                        pending.Add((new ScheduledEvent(nowNs + aheadNs, order++, action, ~place, 0), place));
                        break;
                    case 6:
                        calendar.CallOff(place);
                        pending.RemoveAll(p => p.Place == place);
                        break;
                    case 7 when !pending.Exists(p => p.Event.TimeNs <= nowNs + aheadNs):
                        Assert.False(calendar.TryTake(nowNs + aheadNs, out _));
                        break;
                    default:
                        Take();
                        break;
                }

                Assert.Equal(pending.Count, calendar.Count);
                // Looking settles the heap, so most steps follow each other unseen.
                if (place == 0)
                    Assert.Equal(pending.Count == 0 ? long.MaxValue : pending.Min(p => p.Event.TimeNs), calendar.NextNs);
            }

            while (pending.Count > 0)
                Take();
            Assert.Throws<InvalidOperationException>(() => calendar.Take());

            void Take()
            {
                if (pending.Count == 0)
                    return;
                (ScheduledEvent Event, int? Place) first = pending.OrderBy(p => p.Event.TimeNs).ThenBy(p => p.Event.Order).First();
                pending.Remove(first);
                Assert.True(calendar.TryTake(first.Event.TimeNs, out ScheduledEvent taken));
                Assert.Equal(first.Event, taken);
                nowNs = first.Event.TimeNs;
            }
        },
        iter: 600, threads: 1);

    [Fact]
    public void Putting_an_event_replaces_the_one_in_its_place_and_calling_off_an_empty_place_does_nothing()
    {
        var calendar = new EventCalendar(places: 2);
        calendar.CallOff(1);
        Assert.Equal((0, long.MaxValue), (calendar.Count, calendar.NextNs));
        calendar.Put(0, timeNs: 5, kind: 1, target: 10);
        calendar.Put(0, timeNs: 9, kind: 2, target: 11);
        calendar.Put(1, timeNs: 7, kind: 3, target: 12);
        Assert.Equal((2, 7), (calendar.Count, calendar.NextNs));
        calendar.CallOff(1);
        Assert.Equal((9, 2, 11), calendar.Take() is var e ? (e.TimeNs, e.Kind, e.Target) : default);
        Assert.Equal(0, calendar.Count);
    }

    [Fact]
    public void Nothing_is_allocated_by_places()
    {
        var calendar = new EventCalendar(capacity: 4, places: 8);
        Turn(calendar, 10);
        Assert.Equal(0, Allocations.Of(() => Turn(calendar, 10_000)));

        static void Turn(EventCalendar calendar, int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                calendar.Put(round % 8, round, 0, 0);
                calendar.Put((round + 3) % 8, round + 5, 0, 0);
                calendar.CallOff(round % 5);
                calendar.Schedule(round, 0, 0);
                while (calendar.NextNs <= round)
                    calendar.Take();
            }
        }
    }
}
