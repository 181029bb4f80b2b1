namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One line of a XenMon log: one domain on one physical cpu in one interval.</summary>
[Table("xenmon_samples", "One line of a XenMon log: one domain on one physical cpu in one interval.")]
public sealed record XenmonSampleRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name from the manifest; dom and its number for others, idle for the idle domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Id, "Domain id; -1 for the idle domain.")]
    public int Domid { get; init; }

    [Column(Unit.Index, "Physical cpu.")]
    public int Pcpu { get; init; }

    [Column(Unit.Seconds, "End of the interval since logging began.")]
    public double TimeS { get; init; }

    [Column(Unit.Fraction, "CPU time / interval.")]
    public double CpuFraction { get; init; }

    [Column(Unit.Microseconds, "CPU time an execution.")]
    public double CpuUsPerExecution { get; init; }

    [Column(Unit.Microseconds, "Slice allocated an execution.", NullMeans = "Xen 4.8 or later: XenMon reads another word")]
    public double? AllocatedUsPerExecution { get; init; }

    [Column(Unit.Fraction, "Blocked time / interval; may exceed 1.")]
    public double BlockFraction { get; init; }

    [Column(Unit.Microseconds, "Blocked time a page flip.")]
    public double BlockedUsPerPage { get; init; }

    [Column(Unit.Fraction, "Waiting time / interval; may exceed 1.", NullMeans = "Xen 4.8 or later: XenMon reads another word")]
    public double? WaitFraction { get; init; }

    [Column(Unit.Microseconds, "Waiting time an execution.", NullMeans = "Xen 4.8 or later: XenMon reads another word")]
    public double? WaitedUsPerExecution { get; init; }

    [Column(Unit.PerSecond, "Executions.")]
    public double ExecutionsPerS { get; init; }

    [Column(Unit.PerSecond, "Page flips; those of a guest are repeated for every physical cpu.")]
    public double PagesPerS { get; init; }

    [Column(Unit.PerExecution, "Page flips an execution.")]
    public double PagesPerExecution { get; init; }
}
