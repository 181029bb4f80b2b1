using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>What method C found of one domain, all pcpus together.</summary>
internal sealed class SwitchDomain(IntervalClock clock)
{
    internal DomainIntervals Intervals { get; } = new(clock);

    /// <summary>Pcpus it was switched in on. On several of them blocked time is told more than once: a pcpu does not hear of a wake on another.</summary>
    internal HashSet<int> Pcpus { get; } = [];

    /// <summary>True while every switch-in told how long the domain had waited.</summary>
    internal bool HasWait { get; set; } = true;

    internal DomainCounters At(ulong now) => Intervals.At(clock.IndexOf(Math.Max(now, clock.First)));

    /// <summary>Adds time spent in a state to the intervals that it lies in.</summary>
    internal void Credit(RunState state, ulong from, ulong to)
    {
        from = Math.Max(from, clock.First);
        for (int i = clock.IndexOf(from); from < to; i++)
        {
            ulong end = Math.Min(to, clock.EdgeOf(i + 1));
            Ticks.Add(ref Intervals.At(i).StateTicks(state), end - from);
            from = end;
        }
    }
}
