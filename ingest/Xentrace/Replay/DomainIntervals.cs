namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// The figures of one domain by interval. A few intervals, those used last, can be counted in; the others are packed until they are asked for again, which late news of a
/// pcpu or a vcpu does.
/// </summary>
/// <param name="clock">Tells whether there is room for one more interval.</param>
internal sealed class DomainIntervals(IntervalClock clock)
{
    /// <summary>Intervals that can be counted in at a time: on most hosts clocks of pcpus agree, and all count in the same one or two.</summary>
    internal const int Open = 8;

    /// <summary>In the order of use, the latest last.</summary>
    private readonly List<(int Index, DomainCounters Counters)> _open = new(Open);
    private readonly PackedCounters _packed = new();
    private int _latestIndex = -1;
    private DomainCounters? _latest;

    /// <summary>Counters of an interval, not to be changed; empty ones when the domain was not seen in it. Safe from several threads while none changes any.</summary>
    internal DomainCounters Peek(int index)
    {
        int place = PlaceOf(index);
        if (place >= 0)
            return _open[place].Counters;
        var packed = new DomainCounters();
        _packed.AddTo(packed, index);
        return packed;
    }

    /// <summary>Counters of an interval, to be counted in until others are asked for <see cref="Open"/> times; the first interval's when there is no room for one more.</summary>
    internal DomainCounters At(int index) => index == _latestIndex ? _latest! : Take(index);

    /// <summary>Adds an interval, the last one, to the one before it.</summary>
    internal void Fold(int index)
    {
        PackAll();
        At(index - 1).Add(Peek(index));
        _packed.Remove(index);
    }

    internal void Clear()
    {
        PackAll();
        _packed.Clear();
    }

    /// <summary>Adds what another part of the reading counted for the same domain.</summary>
    internal void Add(DomainIntervals other)
    {
        other.PackAll();
        for (int i = 0; i < other._packed.Count; i++)
        {
            int index = other._packed.IndexOf(i);
            if (other._packed.Has(index))
                other._packed.AddTo(At(index), index);
        }
    }

    internal DomainCounters Whole()
    {
        PackAll();
        var whole = new DomainCounters();
        for (int i = 0; i < _packed.Count; i++)
            _packed.AddTo(whole, _packed.IndexOf(i));
        return whole;
    }

    private DomainCounters Take(int index)
    {
        int place = PlaceOf(index);
        if (place < 0 && index > 0 && !_packed.Has(index) && !clock.TryTakeCell())
            return At(0);
        DomainCounters counters = place < 0 ? Unpack(index) : _open[place].Counters;
        if (place >= 0)
            _open.RemoveAt(place);
        _open.Add((index, counters));
        (_latestIndex, _latest) = (index, counters);
        return counters;
    }

    /// <summary>Where an interval is among those that can be counted in; -1 when it is not.</summary>
    private int PlaceOf(int index)
    {
        int place = _open.Count - 1;
        while (place >= 0 && _open[place].Index != index)
            place--;
        return place;
    }

    private DomainCounters Unpack(int index)
    {
        DomainCounters? counters = null;
        if (_open.Count == Open)
        {
            counters = _open[0].Counters;
            _packed.Put(_open[0].Index, counters);
            _open.RemoveAt(0);
            counters.All.Clear();
        }

        counters ??= new DomainCounters();
        _packed.AddTo(counters, index);
        _packed.Remove(index);
        return counters;
    }

    private void PackAll()
    {
        foreach ((int index, DomainCounters counters) in _open)
            _packed.Put(index, counters);
        _open.Clear();
        (_latestIndex, _latest) = (-1, null);
    }
}
