namespace Colocate.Simulate.Scenarios;

/// <summary>The tool whose readings of a host are shown.</summary>
public enum MonitorKind
{
    /// <summary>xentrace, read as measured traces are: times of every vcpu, pages of every kind.</summary>
    Xentrace,

    /// <summary>XenMon of Xen 3.4: means over its books (<see cref="Readout.XenMon"/>), exchanged pages only.</summary>
    XenMon,
}
