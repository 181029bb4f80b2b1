using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Colocate.Simulate.Engine;

/// <summary>
/// The future of a simulation: events ordered by time, those of one time in the order in which they were scheduled. Most lie in a four-ary
/// heap (Johnson, 1975) in one array: half the depth of a binary one, and the children of a node lie side by side. Events that are moved or
/// called off more often than they happen, such as the end of a piece of work that may be interrupted, have a place of their own each, which
/// is cheap to overwrite; there should be few of those. Nothing is allocated unless more events are pending than ever before.
/// </summary>
public sealed class EventCalendar
{
    private const int ArityBits = 2, Arity = 1 << ArityBits;
    private static readonly ScheduledEvent s_never = new(long.MaxValue, long.MaxValue, 0, 0, 0);
    private readonly ScheduledEvent[] _places;

    // What lies beyond the last event never happens, so that a node always has four children to choose from.
    private ScheduledEvent[] _heap;
    private int _count, _firstPlace;
    private long _scheduled;

    // The first place may have another event or none by now: looked up before it is needed next.
    private bool _firstPlaceIsOld;

    // The top has been taken: the next event to be scheduled goes there, and only if another is wanted before does the last one.
    private bool _topIsTaken;

    /// <summary>Makes an empty calendar.</summary>
    /// <param name="capacity">Events in the heap for which there is room at first; at least 1.</param>
    /// <param name="places">Events with a place of their own.</param>
    public EventCalendar(int capacity = 256, int places = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _heap = new ScheduledEvent[capacity + Arity];
        // One place is never used, so that there is always a first one.
        _places = new ScheduledEvent[places + 1];
        Array.Fill(_heap, s_never);
        Array.Fill(_places, s_never);
    }

    /// <summary>Pending events.</summary>
    public int Count => _count - (_topIsTaken ? 1 : 0) + _places.Count(p => p.Order != s_never.Order);

    /// <summary>Time of the next event, in ns since the start; <see cref="long.MaxValue"/> when none is pending.</summary>
    public long NextNs
    {
        get
        {
            CloseTop();
            FindFirstPlace();
            return Math.Min(_heap[0].TimeNs, _places[_firstPlace].TimeNs);
        }
    }

    /// <summary>Schedules the event of a place, instead of the one that may be pending there.</summary>
    /// <param name="place">The place, counted from 0.</param>
    /// <param name="timeNs">When, in ns since the start; at least 0.</param>
    /// <param name="kind">What; the model says what the number means.</param>
    /// <param name="target">Whom it concerns.</param>
    public void Put(int place, long timeNs, int kind, int target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeNs);
        _places[place] = new ScheduledEvent(timeNs, _scheduled++, kind, target, 0);
        if (place == _firstPlace)
            _firstPlaceIsOld = true;
        else if (!_firstPlaceIsOld && _places[place].Before(_places[_firstPlace]))
            _firstPlace = place;
    }

    /// <summary>Calls the event of a place off, when one is pending there.</summary>
    public void CallOff(int place)
    {
        _places[place] = s_never;
        _firstPlaceIsOld |= place == _firstPlace;
    }

    /// <summary>Schedules an event.</summary>
    /// <param name="timeNs">When, in ns since the start; at least 0.</param>
    /// <param name="kind">What; the model says what the number means.</param>
    /// <param name="target">Whom it concerns.</param>
    /// <param name="payload">What else it carries.</param>
    public void Schedule(long timeNs, int kind, int target, long payload = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeNs);
        var added = new ScheduledEvent(timeNs, _scheduled++, kind, target, payload);
        if (_topIsTaken)
        {
            _topIsTaken = false;
            SiftDown(added);
        }
        else
        {
            SiftUp(added);
        }
    }

    /// <summary>Takes the next event off the calendar.</summary>
    /// <exception cref="InvalidOperationException">The calendar is empty.</exception>
    public ScheduledEvent Take() => TryTake(long.MaxValue, out ScheduledEvent first) ? first : throw new InvalidOperationException("no event is pending");

    /// <summary>Takes the next event off the calendar, unless there is none or it comes after a time.</summary>
    /// <param name="untilNs">That time, in ns since the start.</param>
    /// <param name="first">The event; of no meaning when none was taken.</param>
    public bool TryTake(long untilNs, out ScheduledEvent first)
    {
        CloseTop();
        FindFirstPlace();
        first = _heap[0];
        bool isPlaced = _places[_firstPlace].Before(first);
        if (isPlaced)
            first = _places[_firstPlace];
        if (first.TimeNs > untilNs || first.Order == s_never.Order)
            return false;
        if (isPlaced)
            CallOff(_firstPlace);
        else
            _topIsTaken = true;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CloseTop()
    {
        if (_topIsTaken)
            MoveLastToTop();
    }

    private void MoveLastToTop()
    {
        _topIsTaken = false;
        ScheduledEvent last = _heap[--_count];
        _heap[_count] = s_never;
        if (_count > 0)
            SiftDown(last);
    }

    private void SiftUp(in ScheduledEvent added)
    {
        if (_count + Arity >= _heap.Length)
            Grow();
        ScheduledEvent[] heap = _heap;
        int hole = _count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >>> ArityBits;
            if (!added.Before(heap[parent]))
                break;
            heap[hole] = heap[parent];
            hole = parent;
        }

        heap[hole] = added;
    }

    private void SiftDown(in ScheduledEvent added)
    {
        // Bounds checks and those for overflow would take a tenth of the time of an event. Neither is needed: a child below the count has its
        // three siblings within the array, for there is always room for four events more.
        unchecked
        {
            ref ScheduledEvent top = ref MemoryMarshal.GetArrayDataReference(_heap);
            nint hole = 0, count = _count;
            for (nint child = 1; child < count; child = (hole << ArityBits) + 1)
            {
                nint least = child + Least(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref top, child), Arity));
                ref ScheduledEvent first = ref Unsafe.Add(ref top, least);
                if (!first.Before(added))
                    break;
                Unsafe.Add(ref top, hole) = first;
                hole = least;
            }

            Unsafe.Add(ref top, hole) = added;
        }
    }

    /// <summary>
    /// Which of four events comes first: two pairs, then the first of each. No branch, for which child it is cannot be predicted; masks of all
    /// bits choose instead. Nothing overflows, for all numbers are at least 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Least(ReadOnlySpan<ScheduledEvent> four)
    {
        (long time, long order, long otherTime, long otherOrder) = (four[0].TimeNs, four[0].Order, four[2].TimeNs, four[2].Order);
        long isSecond = ScheduledEvent.BeforeMask(four[1].TimeNs, four[1].Order, time, order);
        long isFourth = ScheduledEvent.BeforeMask(four[3].TimeNs, four[3].Order, otherTime, otherOrder);
        unchecked
        {
            time += (four[1].TimeNs - time) & isSecond;
            order += (four[1].Order - order) & isSecond;
            otherTime += (four[3].TimeNs - otherTime) & isFourth;
            otherOrder += (four[3].Order - otherOrder) & isFourth;
            long isOther = ScheduledEvent.BeforeMask(otherTime, otherOrder, time, order);
            return (int)((1 & isSecond & ~isOther) | ((2 - isFourth) & isOther));
        }
    }

    private void Grow()
    {
        int length = _heap.Length;
        Array.Resize(ref _heap, length * 2);
        Array.Fill(_heap, s_never, length, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindFirstPlace()
    {
        if (_firstPlaceIsOld)
            SearchFirstPlace();
    }

    private void SearchFirstPlace()
    {
        _firstPlaceIsOld = false;
        int first = 0;
        for (int i = 1; i < _places.Length; i++)
        {
            if (_places[i].Before(_places[first]))
                first = i;
        }

        _firstPlace = first;
    }
}
