using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What one domain did in one interval. The whole window is the sum over its intervals, so that both always agree.</summary>
internal sealed class DomainCounters
{
    internal PerState StateTicks;

    /// <summary>Runnable time by <see cref="WaitCause"/>; its sum is that of the state.</summary>
    internal PerCause WaitTicks;
    internal long DomainWaitTicks;
    internal long DomainBlockTicks;
    internal long Executions;
    internal long Wakes;
    internal long Events;
    internal long EventChannelCalls;

    /// <summary>Pages of this domain that another one mapped, and that were flipped to it.</summary>
    internal long MapsFor;
    internal long UnmapsFor;
    internal long TransfersFor;

    /// <summary>Pages that this domain mapped, flipped or copied while it had the pcpu.</summary>
    internal long MapsBy;
    internal long UnmapsBy;
    internal long TransfersBy;
    internal long CopiesBy;

    internal void Add(DomainCounters other)
    {
        for (int i = 0; i <= (int)RunState.Lost; i++)
            Ticks.Add(ref StateTicks[i], (ulong)other.StateTicks[i]);
        for (int i = 0; i <= (int)WaitCause.Other; i++)
            Ticks.Add(ref WaitTicks[i], (ulong)other.WaitTicks[i]);
        Ticks.Add(ref DomainWaitTicks, (ulong)other.DomainWaitTicks);
        Ticks.Add(ref DomainBlockTicks, (ulong)other.DomainBlockTicks);
        Executions += other.Executions;
        Wakes += other.Wakes;
        Events += other.Events;
        EventChannelCalls += other.EventChannelCalls;
        UnmapsFor += other.UnmapsFor;
        UnmapsBy += other.UnmapsBy;
        MapsFor += other.MapsFor;
        TransfersFor += other.TransfersFor;
        MapsBy += other.MapsBy;
        TransfersBy += other.TransfersBy;
        CopiesBy += other.CopiesBy;
    }

    /// <summary>A figure for each state that time is counted in. In place: a long trace has hundreds of thousands of these counters.</summary>
    [InlineArray((int)RunState.Lost + 1)]
    internal struct PerState
    {
        private long _first;
    }

    /// <summary>A figure for each cause of waiting.</summary>
    [InlineArray((int)WaitCause.Other + 1)]
    internal struct PerCause
    {
        private long _first;
    }
}
