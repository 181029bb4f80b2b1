using Colocate.Simulate.Clients;

namespace Colocate.Simulate.Guests;

/// <summary>
/// A prefork web server: a fixed number of workers, each with one connection at a time from accept to close, and an accept queue before them.
/// A worker keeps its connection until the client has closed it, as Apache does with keep-alive.
/// </summary>
internal sealed class HttpServer
{
    private readonly ConnectionTable _connections;
    private readonly int _queueLength, _mostHalfOpen;
    private readonly Queue<int> _accepting;
    private readonly Queue<int> _ready;
    private readonly Stack<int> _idle;
    private readonly int[] _connectionOf;
    private readonly WorkerPhase[] _phases;

    internal HttpServer(ConnectionTable connections, ServerSettings settings)
    {
        _connections = connections;
        (_mostHalfOpen, _queueLength) = (settings.MostHalfOpen ?? settings.Backlog, settings.Backlog + 1);
        _accepting = new Queue<int>(_queueLength);
        _ready = new Queue<int>(settings.Workers);
        _idle = new Stack<int>(Enumerable.Range(0, settings.Workers).Reverse());
        _connectionOf = new int[settings.Workers];
        _phases = new WorkerPhase[settings.Workers];
    }

    /// <summary>Handshakes under way.</summary>
    internal int HalfOpen { get; set; }

    /// <summary>True when no further connection can be accepted (sk_acceptq_is_full).</summary>
    internal bool IsFull => _accepting.Count >= _queueLength;

    /// <summary>True when no further handshake may begin: the accept queue is full, or too many are under way.</summary>
    internal bool RefusesSyns => IsFull || HalfOpen >= _mostHalfOpen;

    /// <summary>Workers that have work and wait for a vcpu.</summary>
    internal int ReadyWorkers => _ready.Count;

    /// <summary>A worker that has work; false when there is none.</summary>
    internal bool TryTakeReady(out int worker) => _ready.TryDequeue(out worker);

    internal WorkerPhase PhaseOf(int worker) => _phases[worker];

    internal int ConnectionOf(int worker) => _connectionOf[worker];

    /// <summary>A handshake is complete.</summary>
    internal void Accept(int slot)
    {
        _accepting.Enqueue(slot);
        if (_idle.TryPop(out int worker))
            TakeNext(worker);
    }

    /// <summary>A worker goes on with its connection.</summary>
    internal void Ready(int worker, WorkerPhase phase)
    {
        _phases[worker] = phase;
        _ready.Enqueue(worker);
    }

    /// <summary>A worker sleeps until something happens to its connection.</summary>
    internal void Sleep(int worker, WorkerPhase until) => _phases[worker] = until;

    /// <summary>A worker is done with its connection and takes the next one, or idles.</summary>
    internal void Release(int worker)
    {
        if (_accepting.Count > 0)
            TakeNext(worker);
        else
            _idle.Push(worker);
    }

    private void TakeNext(int worker)
    {
        int slot = _accepting.Dequeue();
        _connectionOf[worker] = slot;
        _connections[slot].Worker = worker;
        Ready(worker, WorkerPhase.Accept);
    }
}
