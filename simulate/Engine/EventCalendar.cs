namespace Colocate.Simulate.Engine;

/// <summary>
/// The future of a simulation: events ordered by time, those of one time in the order in which they were scheduled. Most lie in a four-ary
/// heap (Johnson, 1975) in one array: half the depth of a binary one, and the children of a node share a cache line. Events that are moved or
/// called off more often than they happen, such as the end of a piece of work that may be interrupted, have a place of their own each, which
/// is cheap to overwrite; there should be few of those. Nothing is allocated unless more events are pending than ever before.
/// </summary>
public sealed class EventCalendar
{
    private const int Arity = 4;
    private static readonly ScheduledEvent s_never = new(long.MaxValue, long.MaxValue, 0, 0, 0);
    private readonly ScheduledEvent[] _places;
    private ScheduledEvent[] _heap;
    private int _count, _firstPlace;
    private long _scheduled;

    /// <summary>Makes an empty calendar.</summary>
    /// <param name="capacity">Events in the heap for which there is room at first; at least 1.</param>
    /// <param name="places">Events with a place of their own.</param>
    public EventCalendar(int capacity = 256, int places = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _heap = new ScheduledEvent[capacity];
        // One place is never used, so that there is always a first one.
        _places = new ScheduledEvent[places + 1];
        Array.Fill(_places, s_never);
    }

    /// <summary>Pending events.</summary>
    public int Count => _count + _places.Count(p => p.Order != s_never.Order);

    /// <summary>Time of the next event, in ns since the start; <see cref="long.MaxValue"/> when none is pending.</summary>
    public long NextNs => _count == 0 ? _places[_firstPlace].TimeNs : Math.Min(_heap[0].TimeNs, _places[_firstPlace].TimeNs);

    /// <summary>Schedules the event of a place, instead of the one that may be pending there.</summary>
    /// <param name="place">The place, counted from 0.</param>
    /// <param name="timeNs">When, in ns since the start.</param>
    /// <param name="kind">What; the model says what the number means.</param>
    /// <param name="target">Whom it concerns.</param>
    public void Put(int place, long timeNs, int kind, int target)
    {
        _places[place] = new ScheduledEvent(timeNs, _scheduled++, kind, target, 0);
        if (place == _firstPlace)
            FindFirstPlace();
        else if (_places[place].Before(_places[_firstPlace]))
            _firstPlace = place;
    }

    /// <summary>Calls the event of a place off, when one is pending there.</summary>
    public void CallOff(int place)
    {
        _places[place] = s_never;
        if (place == _firstPlace)
            FindFirstPlace();
    }

    /// <summary>Schedules an event.</summary>
    /// <param name="timeNs">When, in ns since the start.</param>
    /// <param name="kind">What; the model says what the number means.</param>
    /// <param name="target">Whom it concerns.</param>
    /// <param name="payload">What else it carries.</param>
    public void Schedule(long timeNs, int kind, int target, long payload = 0)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _heap.Length * 2);
        var added = new ScheduledEvent(timeNs, _scheduled++, kind, target, payload);
        ScheduledEvent[] heap = _heap;
        int hole = _count++;
        while (hole > 0)
        {
            int parent = (hole - 1) / Arity;
            if (!added.Before(heap[parent]))
                break;
            heap[hole] = heap[parent];
            hole = parent;
        }

        heap[hole] = added;
    }

    /// <summary>Takes the next event off the calendar.</summary>
    /// <exception cref="InvalidOperationException">The calendar is empty.</exception>
    public ScheduledEvent Take()
    {
        ref readonly ScheduledEvent placed = ref _places[_firstPlace];
        if (_count == 0 || placed.Before(_heap[0]))
            return TakePlaced();
        ScheduledEvent[] heap = _heap;
        ScheduledEvent first = heap[0];
        ScheduledEvent last = heap[--_count];
        int hole = 0;
        while (true)
        {
            int child = (hole * Arity) + 1;
            if (child >= _count)
                break;
            int least = child, end = Math.Min(child + Arity, _count);
            for (int i = child + 1; i < end; i++)
            {
                if (heap[i].Before(heap[least]))
                    least = i;
            }

            if (!heap[least].Before(last))
                break;
            heap[hole] = heap[least];
            hole = least;
        }

        heap[hole] = last;
        return first;
    }
    private ScheduledEvent TakePlaced()
    {
        ScheduledEvent first = _places[_firstPlace];
        if (first.Order == s_never.Order)
            throw new InvalidOperationException("no event is pending");
        CallOff(_firstPlace);
        return first;
    }

    private void FindFirstPlace()
    {
        int first = 0;
        for (int i = 1; i < _places.Length; i++)
        {
            if (_places[i].Before(_places[first]))
                first = i;
        }

        _firstPlace = first;
    }
}
