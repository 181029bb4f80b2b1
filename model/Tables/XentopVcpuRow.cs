namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One vcpu in one iteration of a log of xentop -v.</summary>
[Table("xentop_vcpus", "One vcpu in one iteration of a log of xentop -v.")]
public sealed record XentopVcpuRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name as xentop shows it.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Iteration of the log.")]
    public int SampleIndex { get; init; }

    [Column(Unit.Index, "Vcpu of the domain; offline ones are not printed.")]
    public int Vcpu { get; init; }

    [Column(Unit.Seconds, "Total CPU time, whole seconds (truncated by xentop).")]
    public double CpuS { get; init; }

    [Column(Unit.Index, "Number of the domain among those that show the same name in the iteration, in the order of the log: xentop cuts names.")]
    public int Occurrence { get; init; }
}
