using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What one domain did in one interval. The whole window is the sum over its intervals, so that both always agree.</summary>
internal sealed class DomainCounters
{
    private const int States = (int)RunState.Lost + 1, Waits = States + (int)WaitCause.Other + 1;

    /// <summary>Figures that there are.</summary>
    internal const int Count = Waits + 13;

    private Figures _all;

    /// <summary>All figures, in an order of their own; none is negative.</summary>
    internal Span<long> All => _all;

    internal ref long DomainWaitTicks => ref _all[Waits];

    internal ref long DomainBlockTicks => ref _all[Waits + 1];

    internal ref long Executions => ref _all[Waits + 2];

    internal ref long Wakes => ref _all[Waits + 3];

    internal ref long Events => ref _all[Waits + 4];

    internal ref long EventChannelCalls => ref _all[Waits + 5];

    /// <summary>Pages of this domain that another one mapped.</summary>
    internal ref long MapsFor => ref _all[Waits + 6];

    internal ref long UnmapsFor => ref _all[Waits + 7];

    /// <summary>Pages flipped to this domain.</summary>
    internal ref long TransfersFor => ref _all[Waits + 8];

    /// <summary>Pages that this domain mapped while it had the pcpu.</summary>
    internal ref long MapsBy => ref _all[Waits + 9];

    internal ref long UnmapsBy => ref _all[Waits + 10];

    internal ref long TransfersBy => ref _all[Waits + 11];

    internal ref long CopiesBy => ref _all[Waits + 12];

    /// <summary>Time in a run state.</summary>
    internal ref long StateTicks(RunState state) => ref _all[(int)state];

    /// <summary>Runnable time by its cause; the sum over causes is that of the state.</summary>
    internal ref long WaitTicks(WaitCause cause) => ref _all[States + (int)cause];

    internal void Add(DomainCounters other)
    {
        for (int i = 0; i < Count; i++)
            Ticks.Add(ref _all[i], (ulong)other._all[i]);
    }

    [InlineArray(Count)]
    private struct Figures
    {
        private long _first;
    }
}
