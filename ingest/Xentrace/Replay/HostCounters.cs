namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What the whole host did in one interval.</summary>
internal sealed class HostCounters
{
    internal long Events;
    internal long LostRecords;
    internal long LostTicks;

    /// <summary>SWITCH records, and those between two domains that are not idle.</summary>
    internal long SwitchRecords;
    internal long GuestSwitchRecords;

    /// <summary>The same counted from changes to running, for traces without SWITCH records.</summary>
    internal long ChangesToRunning;
    internal long GuestChanges;
    internal long EventChannelCalls;
    internal long Maps;
    internal long Unmaps;
    internal long Transfers;
    internal long Copies;

    internal void Add(HostCounters other)
    {
        Events += other.Events;
        LostRecords += other.LostRecords;
        Ticks.Add(ref LostTicks, (ulong)other.LostTicks);
        SwitchRecords += other.SwitchRecords;
        GuestSwitchRecords += other.GuestSwitchRecords;
        ChangesToRunning += other.ChangesToRunning;
        GuestChanges += other.GuestChanges;
        EventChannelCalls += other.EventChannelCalls;
        Unmaps += other.Unmaps;
        Maps += other.Maps;
        Transfers += other.Transfers;
        Copies += other.Copies;
    }
}
