using Colocate.Simulate.Engine;

namespace Colocate.Benchmarks;

/// <summary>
/// The hold model (Jones, "An Empirical Comparison of Priority-Queue and Event-Set Implementations", CACM 29, 1986): take the next event,
/// schedule another an exponential time after it; the number of pending events stays. Gaps come from a table, small enough to stay beside the calendar
/// in the first cache, so that it is the calendar that is measured.
/// </summary>
public sealed class HoldModel
{
    private const int Gaps = 1 << 11;
    private readonly EventCalendar _calendar;
    private readonly int[] _gapNs = new int[Gaps];
    private int _next;

    /// <summary>Fills a calendar.</summary>
    /// <param name="pending">Events in it; at least 1.</param>
    public HoldModel(int pending)
    {
        var random = new RandomSource(seed: 1, stream: 0);
        for (int i = 0; i < Gaps; i++)
            _gapNs[i] = (int)random.Exponential(1_000_000);
        _calendar = new EventCalendar(pending);
        for (int i = 0; i < pending; i++)
            _calendar.Schedule(NextGapNs(), kind: 0, target: i);
    }

    /// <summary>Holds that many times; the time of the last event taken, in ns.</summary>
    public long Run(long events)
    {
        long nowNs = 0;
        for (; events > 0; events--)
        {
            ScheduledEvent e = _calendar.Take();
            nowNs = e.TimeNs;
            _calendar.Schedule(nowNs + NextGapNs(), e.Kind, e.Target, e.Payload);
        }

        return nowNs;
    }

    private long NextGapNs() => _gapNs[_next++ & (Gaps - 1)];
}
