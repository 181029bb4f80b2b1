using Colocate.Simulate.Machine;

namespace Colocate.Tests.Simulate.Machine;

/// <summary>
/// A process that works a while and then sleeps a while, or never sleeps. It can also be given work from outside, as an interrupt handler,
/// a softirq or a process.
/// </summary>
internal sealed class TestKernel(long workNs, long sleepNs = 0, long upcallNs = 0, long tickNs = 0) : Kernel(upcallNs, tickNs)
{
    private const int Piece = FirstOwnPiece;
    private readonly Queue<long>[] _given = [.. Enum.GetValues<WorkLevel>().Select(_ => new Queue<long>())];
    private bool _asleep;

    /// <summary>Naps left before it stays asleep for good.</summary>
    public int Naps { get; set; } = int.MaxValue;

    /// <summary>Pieces begun of the process's own work.</summary>
    public int Begun { get; private set; }

    /// <summary>CPU time of all pieces that were completed, in ns.</summary>
    public long WorkedNs { get; private set; }

    /// <summary>What was completed, and when: the level of a piece, or "upcall".</summary>
    public List<(string What, long AtNs)> Log { get; } = [];

    /// <summary>Called when the process goes to sleep, with the time at which it wants to be woken.</summary>
    public Action<long> SetAlarm { get; set; } = _ => { };

    /// <summary>Whether it takes ticks while idle.</summary>
    public bool WantsTicks { get; set; }

    /// <summary>The process is due again; the caller tells the machine.</summary>
    public void WakeUp() => _asleep = false;

    /// <summary>Adds one piece of work on a level; the caller tells the machine.</summary>
    public void Give(WorkLevel level, long costNs) => _given[(int)level].Enqueue(costNs);

    protected internal override bool TicksWhileIdle(long nowNs) => WantsTicks;

    protected override void Interrupted(long nowNs) => Log.Add(("upcall", nowNs));

    protected override bool Begin(WorkLevel level, long nowNs)
    {
        if (_given[(int)level].TryDequeue(out long costNs))
            return Start(level, Piece + 1 + (int)level, costNs, costNs);
        if (level != WorkLevel.Process || _asleep || workNs == 0)
            return false;
        Begun++;
        return Start(level, Piece, workNs, workNs);
    }

    protected override void Complete(int kind, long payload, long nowNs)
    {
        WorkedNs += payload;
        if (kind != Piece)
        {
            Log.Add((((WorkLevel)(kind - Piece - 1)).ToString(), nowNs));
            return;
        }

        Log.Add(("own", nowNs));
        _asleep = sleepNs > 0;
        if (_asleep && --Naps > 0)
            SetAlarm(nowNs + sleepNs);
    }
}
