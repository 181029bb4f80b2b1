namespace Colocate.Simulate.Engine;

/// <summary>
/// The future of a simulation: events ordered by time, those of one time in the order in which they were scheduled. A four-ary heap
/// (Johnson, 1975) in one array: half the depth of a binary one, and the children of a node share a cache line. Nothing is allocated unless
/// more events are pending than ever before.
/// </summary>
public sealed class EventCalendar
{
    private const int Arity = 4;
    private ScheduledEvent[] _heap;
    private int _count;
    private long _scheduled;

    /// <summary>Makes an empty calendar.</summary>
    /// <param name="capacity">Pending events for which there is room at first; at least 1.</param>
    public EventCalendar(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _heap = new ScheduledEvent[capacity];
    }

    /// <summary>Pending events.</summary>
    public int Count => _count;

    /// <summary>Time of the next event, in ns since the start; <see cref="long.MaxValue"/> when none is pending.</summary>
    public long NextNs => _count == 0 ? long.MaxValue : _heap[0].TimeNs;

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
        if (_count == 0)
            throw new InvalidOperationException("no event is pending");
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
}
