namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Names of the event ids of one trace. Xen gave a few ids a new meaning later on; what else stands in the trace, and how long the records
/// are, tells which one is meant (<c>xen/include/public/trace.h</c> of 3.2, 3.3, 3.4, 4.1 and 4.2).
/// </summary>
internal sealed class VersionedNames
{
    private readonly Dictionary<uint, string> _own = [];

    /// <param name="headers">Header words of the trace.</param>
    internal VersionedNames(IEnumerable<uint> headers)
    {
        uint[] all = [.. headers];
        uint[] ids = [.. all.Select(h => h & 0x0fffffff)];
        if (ids.Any(id => id >> 12 == EventIds.OldSchedBase >> 12))
            NameOldHvm();

        // Before 4.3 only credit2 logged events of its own, and without a scheduler's number in them; hypercalls tell the version.
        if (ids.Any(id => id >> 12 == EventIds.OldPvBase >> 12))
        {
            foreach (uint id in ids.Where(id => id >> 9 == 0x22000 >> 9))
                _own[id] = EventNames.Find(id | 0x200) ?? "";
        }

        // Idle states of 3.4 to 4.1 have two, four or six words; the interrupts that took their ids over have three.
        foreach (uint header in all.Where(h => (h >> 28 & 7) != 3))
        {
            uint id = header & 0x0fffffff;
            if (id is EventIds.IrqMoveCleanupDelay or EventIds.IrqMoveCleanup)
                _own[id] = id == EventIds.IrqMoveCleanupDelay ? "PM_IDLE_ENTRY" : "PM_IDLE_EXIT";
        }
    }

    /// <summary>True when an exit with the id that is AMD's since Xen 4.19 is a 64-bit guest's, of whichever maker.</summary>
    internal bool SvmExitIsAnyExit => _own.ContainsKey(EventIds.SvmExit);

    /// <summary>The name of an id; null when it is not in the tables.</summary>
    internal string? Find(uint eventId) => _own.TryGetValue(eventId, out string? own) ? own.Length > 0 ? own : null : EventNames.Find(eventId);

    /// <summary>Xen 3.2 had numbers of their own for 64-bit guests, 3.3 the flag that there is today.</summary>
    private void NameOldHvm() => (_own[EventIds.SvmExit], _own[0x82020]) = ("HVM_VMEXIT", "HVM_PF_XEN");
}
