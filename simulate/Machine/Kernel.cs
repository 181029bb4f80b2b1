namespace Colocate.Simulate.Machine;

/// <summary>
/// What runs inside a vcpu: pieces of work on levels of urgency, each with a CPU time and an effect at its end. A piece that is interrupted
/// or preempted keeps what is left of it.
/// </summary>
/// <param name="upcallNs">CPU time from an event to the interrupt handler of the domain, in ns.</param>
/// <param name="tickNs">CPU time of one timer tick, in ns.</param>
public abstract class Kernel(long upcallNs, long tickNs)
{
    private const int Levels = (int)WorkLevel.Idle + 1;

    /// <summary>
    /// Kinds of pieces that every kernel has; those of derived kernels count from <see cref="FirstOwnPiece"/>. Overhead and what the interrupt
    /// level does next are one piece while nothing comes between them.
    /// </summary>
    private const int None = 0, Overhead = 1, Upcall = 2, Idle = 3;

    /// <summary>The first kind of piece that a derived kernel may use.</summary>
    protected const int FirstOwnPiece = 8;

    private readonly int[] _kinds = new int[Levels];
    private readonly long[] _leftNs = new long[Levels];
    private readonly long[] _payloads = new long[Levels];
    private bool _eventPending;
    private bool _tickPending;
    private bool _worked;

    /// <summary>CPU time from the last work to the moment the vcpu blocks, in ns: an event that comes before goes on with the same execution.</summary>
    internal long IdleEntryNs { get; set; }

    /// <summary>CPU time that its caches take to fill again beyond <see cref="MachineCosts.ColdNs"/>, in ns.</summary>
    internal long FurtherColdNs { get; set; }

    /// <summary>CPU time left of the piece on a level, in ns.</summary>
    internal long LeftNs(int level) => _leftNs[level];

    /// <summary>The most urgent level that has a piece, which is begun when need be; -1 when there is nothing to do.</summary>
    internal int Select(long nowNs)
    {
        for (int level = 0; level < Levels; level++)
        {
            if (_kinds[level] != None || BeginAny(level, nowNs))
                return level;
        }

        return -1;
    }

    /// <summary>Takes used CPU time off a piece.</summary>
    internal void Use(int level, long usedNs) => _leftNs[level] = Math.Max(0, _leftNs[level] - usedNs);

    /// <summary>Ends a piece and lets it take effect.</summary>
    internal void Finish(int level, long nowNs)
    {
        int kind = _kinds[level];
        _kinds[level] = None;
        if (kind != Overhead && kind != Idle)
            _worked = IdleEntryNs > 0;
        if (kind == Upcall)
            Interrupted(nowNs);
        else if (kind != Overhead && kind != Idle)
            Complete(kind, _payloads[level], nowNs);
    }

    /// <summary>Adds overhead that the vcpu pays before anything else.</summary>
    internal void Charge(long costNs)
    {
        bool nothing = _kinds[0] == None;
        _leftNs[0] = (nothing ? 0 : _leftNs[0]) + costNs;
        if (nothing)
            _kinds[0] = Overhead;
    }

    /// <summary>Makes what is pending one piece with the overhead of getting the pcpu: nothing can come between the two.</summary>
    internal void JoinPending()
    {
        if (_kinds[0] != Overhead || _kinds[(int)WorkLevel.Interrupt] != None || (!_eventPending && !_tickPending))
            return;
        _leftNs[0] += TakePending(out bool isUpcall);
        _kinds[0] = isUpcall ? Upcall : Overhead;
    }

    /// <summary>An event is pending for the domain; several before the handler runs are one.</summary>
    internal void Raise() => _eventPending = true;

    /// <summary>A timer tick is pending; several before the handler runs are one.</summary>
    internal void RaiseTick() => _tickPending = true;

    /// <summary>Whether the idle kernel takes its next timer tick all the same; Linux stops the tick when nothing is due within it (NO_HZ_IDLE).</summary>
    protected internal virtual bool TicksWhileIdle(long nowNs) => false;

    /// <summary>Whether a level has a piece in hand.</summary>
    protected bool HasPiece(WorkLevel level) => _kinds[(int)level] != None;

    /// <summary>Begins the next piece of a level with <see cref="Start"/>; false when that level has nothing to do.</summary>
    protected abstract bool Begin(WorkLevel level, long nowNs);

    /// <summary>A piece is done: its effect.</summary>
    protected abstract void Complete(int kind, long payload, long nowNs);

    /// <summary>The interrupt handler ran: what it found is handed to softirqs, threads and processes.</summary>
    protected abstract void Interrupted(long nowNs);

    /// <summary>Begins a piece.</summary>
    /// <param name="level">Its level, which has none.</param>
    /// <param name="kind">What it is; at least <see cref="FirstOwnPiece"/> in derived kernels.</param>
    /// <param name="costNs">CPU time, in ns.</param>
    /// <param name="payload">What else it carries.</param>
    protected bool Start(WorkLevel level, int kind, long costNs, long payload = 0)
    {
        _kinds[(int)level] = kind;
        _leftNs[(int)level] = costNs;
        _payloads[(int)level] = payload;
        return true;
    }

    /// <summary>Every time that work was done, the kernel goes to sleep anew.</summary>
    private bool BeginIdle()
    {
        if (!_worked)
            return false;
        _worked = false;
        return Start(WorkLevel.Idle, Idle, IdleEntryNs);
    }

    private bool BeginAny(int level, long nowNs)
    {
        if (level == (int)WorkLevel.Idle)
            return BeginIdle();
        if (level > (int)WorkLevel.Interrupt)
            return Begin((WorkLevel)level, nowNs);
        if (level < (int)WorkLevel.Interrupt || (!_eventPending && !_tickPending))
            return false;
        long costNs = TakePending(out bool isUpcall);
        return Start(WorkLevel.Interrupt, isUpcall ? Upcall : Overhead, costNs);
    }

    private long TakePending(out bool isUpcall)
    {
        isUpcall = _eventPending;
        long costNs = (_eventPending ? upcallNs : 0) + (_tickPending ? tickNs : 0);
        _eventPending = _tickPending = false;
        return costNs;
    }
}
