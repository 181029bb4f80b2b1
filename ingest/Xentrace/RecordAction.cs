namespace Colocate.Ingest.Xentrace;

/// <summary>What a record means to the metrics, told once for each header (event id and length) and not again for each record.</summary>
internal enum RecordAction
{
    /// <summary>It only counts.</summary>
    Count,

    /// <summary>A V2 hypercall of which only the number was recorded.</summary>
    Hypercall,

    /// <summary>A V2 hypercall with arguments; the last that the scanner counts itself.</summary>
    HypercallWithArguments,

    /// <summary>A run-state change to another state than running.</summary>
    StateChange,

    /// <summary>SWITCH: one vcpu makes place for another.</summary>
    Switch,

    /// <summary>A grant map, unmap or transfer.</summary>
    Grant,

    /// <summary>A hypercall of an HVM or PVH guest; its number is the first word.</summary>
    VmmCall,

    /// <summary>A VM exit; its reason is the first word. The last that may be told later, see <see cref="IRecordSink.OnDeferred"/>.</summary>
    VmExit,

    /// <summary>A run-state change to running, or a continue-running record: what follows on the pcpu is that vcpu's.</summary>
    Running,

    /// <summary>SWITCH_INFPREV or SWITCH_INFNEXT: how long the one ran.</summary>
    SwitchInfo,

    /// <summary>SLEEP, WAKE or BLOCK, which only traces without run-state records are read for.</summary>
    SleepOrWake,

    /// <summary>A run-state record whose length no version of Xen writes.</summary>
    BadRunState,

    /// <summary>A hypercall of Xen 4.2 and older; its number is the last word.</summary>
    OldHypercall,

    /// <summary>Records were lost.</summary>
    Lost,

    /// <summary>A LOST_RECORDS record of a length that no version of Xen writes.</summary>
    BadLost,

    /// <summary>Filler at the end of Xen's ring; not an event.</summary>
    Wrap,
}
