using System.Runtime.InteropServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>The figures of one domain, an entry an interval; one in which the domain was not seen has none.</summary>
internal sealed class DomainIntervals(IntervalClock clock)
{
    private readonly List<DomainCounters?> _intervals = [];

    internal int Count => _intervals.Count;

    /// <summary>Counters of an interval; empty ones that are not kept when the domain was not seen in it.</summary>
    internal DomainCounters Peek(int index) => (index < _intervals.Count ? _intervals[index] : null) ?? new DomainCounters();

    /// <summary>Counters of an interval; created when the domain was not seen in it before.</summary>
    internal DomainCounters At(int index)
    {
        if (index > 0 && (index >= _intervals.Count || _intervals[index] is null) && !clock.TryTakeCell())
            index = 0;
        if (_intervals.Count <= index)
            CollectionsMarshal.SetCount(_intervals, index + 1);
        return _intervals[index] ??= new DomainCounters();
    }

    /// <summary>Adds an interval, the last one, to the one before it.</summary>
    internal void Fold(int index)
    {
        At(index - 1).Add(Peek(index));
        if (index < _intervals.Count)
            _intervals.RemoveAt(index);
    }

    internal void Clear() => _intervals.Clear();

    /// <summary>Adds what another part of the reading counted for the same domain.</summary>
    internal void Add(DomainIntervals other)
    {
        for (int i = 0; i < other._intervals.Count; i++)
        {
            if (other._intervals[i] is { } counters)
                At(i).Add(counters);
        }
    }

    internal DomainCounters Whole()
    {
        var whole = new DomainCounters();
        foreach (DomainCounters? interval in _intervals)
        {
            if (interval is not null)
                whole.Add(interval);
        }

        return whole;
    }
}
