using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace;

/// <summary>Assigns headers to what metrics do with them.</summary>
internal static class RecordActions
{
    /// <param name="header">Header word of a record with a valid class.</param>
    internal static RecordAction Of(uint header)
    {
        uint id = header & 0x0fffffff;
        int words = (int)(header >> 28) & 7;
        return (id >> 12) switch
        {
            0x21 => OfRunState(id, words),
            0x28 or 0x2f => OfVerboseSched(id),
            0x10f when id is EventIds.GrantMap or EventIds.GrantUnmap or EventIds.GrantTransfer && words == 1 => RecordAction.Grant,
            0x201 or 0x202 or 0x20f => OfPv(id, words),
            0x81 when (id & ~EventIds.Nested) is EventIds.VmExit or EventIds.VmExit64 or EventIds.SvmExit or EventIds.SvmExit64 && words >= 1 => RecordAction.VmExit,
            0x82 when id == EventIds.VmmCall && words >= 1 => RecordAction.VmmCall,
            0x1f when id == EventIds.LostRecords => words == 4 ? RecordAction.Lost : RecordAction.BadLost,
            0x1f when id == EventIds.WrapBuffer => RecordAction.Wrap,
            _ => RecordAction.Count,
        };
    }

    private static RecordAction OfRunState(uint id, int words)
    {
        bool isChange = (id & EventIds.RunstateMask) == EventIds.RunstateChange && (id & 0xcc0) == 0;

        // One word; five in builds that add two 64-bit performance counters.
        if (words is not (1 or 5))
            return RecordAction.BadRunState;
        if (id == EventIds.ContinueRunning || isChange && ((id >> 4) & 3) == (uint)RunState.Running)
            return RecordAction.Running;
        return isChange ? RecordAction.StateChange : RecordAction.Count;
    }

    private static RecordAction OfVerboseSched(uint id) => (id & 0xfff) == EventIds.SchedSwitch ? RecordAction.Switch
        : (id & 0xff) is EventIds.SchedInfPrev or EventIds.SchedInfNext ? RecordAction.SwitchInfo
        : (id & 0xfff) is EventIds.SchedSleep or EventIds.SchedWake or EventIds.SchedBlock ? RecordAction.SleepOrWake
        : RecordAction.Count;

    private static RecordAction OfPv(uint id, int words)
    {
        if (id is EventIds.HypercallV2 or EventIds.HypercallSubcall && words > 0)
            return words == 1 ? RecordAction.Hypercall : RecordAction.HypercallWithArguments;
        return (id & 0xeff) == EventIds.PvHypercallV1 && words > 1 ? RecordAction.OldHypercall : RecordAction.Count;
    }
}
