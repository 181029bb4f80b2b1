namespace Colocate.Ingest.Inputs;

/// <summary>
/// Takes things from one thread to another, in order, and never more than so many at a time. Whoever has to wait sleeps: the threads that work
/// together are often more than the processors, where one that spins takes its time from the one it waits for.
/// </summary>
/// <param name="capacity">Things that may wait, at least 1.</param>
internal sealed class Handover<T>(int capacity)
{
    private readonly Queue<T> _waiting = new(capacity);
    private bool _isClosed;

    /// <summary>Hands a thing over once there is room for it; false when nobody takes any more.</summary>
    internal bool TryAdd(T thing)
    {
        lock (_waiting)
        {
            while (_waiting.Count == capacity && !_isClosed)
                Monitor.Wait(_waiting);
            if (_isClosed)
                return false;
            _waiting.Enqueue(thing);
            Monitor.Pulse(_waiting);
            return true;
        }
    }

    /// <summary>Takes the next thing once there is one; false when there will be none any more.</summary>
    internal bool TryTake(out T thing)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_isClosed)
                Monitor.Wait(_waiting);
            bool got = _waiting.TryDequeue(out T? next);
            thing = next!;
            Monitor.Pulse(_waiting);
            return got;
        }
    }

    /// <summary>True when taking does not wait: something is there, or nothing will be any more.</summary>
    internal bool IsReady
    {
        get
        {
            lock (_waiting)
                return _waiting.Count > 0 || _isClosed;
        }
    }

    /// <summary>From now on nothing is added; what waits can still be taken. May be called more than once, from either side.</summary>
    internal void Close()
    {
        lock (_waiting)
        {
            _isClosed = true;
            Monitor.PulseAll(_waiting);
        }
    }
}
